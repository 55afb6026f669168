package org.palimpsest.format.coco;

import java.util.List;
import java.util.Optional;
import org.palimpsest.format.Carriage;
import org.palimpsest.format.Content;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.DatasetReader;
import org.palimpsest.format.DatasetWriter;
import org.palimpsest.format.FormatSetting;

/// LVIS: COCO instances with what was looked for in each image and not found, or not marked exhaustively
/// (lvis-dataset/lvis-api lvis/lvis.py and lvis/eval.py, 7d7f07d).
///
/// Label names have `_` for blanks there. Reading makes a blank of every `_`; writing makes a `_` of every blank, and says
/// where a label has a `_` of its own, which comes back as a blank. Descriptions of labels are `def`, aliases `synonyms`.
///
/// `image_count`, `instance_count` and from them `frequency` (r up to 10 images, c up to 100, f above) are those of the
/// training images, or of all images where none is for training; they are computed and not read. There is no `synset`.
/// Crowds have no place in LVIS and are left out.
public final class LvisFormat implements DatasetFormat {
    @Override
    public String id() {
        return "lvis";
    }

    @Override
    public String title() {
        return "LVIS";
    }

    @Override
    public Carriage carriage() {
        return Carriage.of(
                        Content.BOXES,
                        Content.POLYGONS,
                        Content.SEVERAL_PARTS,
                        Content.MASKS,
                        Content.ATTRIBUTES,
                        Content.LABEL_CHECKS,
                        Content.SPLITS,
                        Content.EMPTY_IMAGES)
                .replacing(Content.HOLES, "become pixel masks")
                .replacing(Content.LABEL_DETAILS, "keep descriptions and aliases only");
    }

    @Override
    public List<FormatSetting> settings() {
        return List.of(RegionWriter.SETTING);
    }

    @Override
    public Optional<DatasetReader> reader() {
        return Optional.of(new LvisReader(title()));
    }

    @Override
    public Optional<DatasetWriter> writer() {
        return Optional.of(new LvisWriter());
    }
}

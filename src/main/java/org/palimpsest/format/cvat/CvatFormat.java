package org.palimpsest.format.cvat;

import java.util.Optional;
import org.palimpsest.format.Carriage;
import org.palimpsest.format.Content;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.DatasetReader;
import org.palimpsest.format.DatasetWriter;

/// CVAT for images 1.1 (opencv/cvat, site/content/en/docs/manual/advanced/xml_format.md and
/// cvat/apps/dataset_manager/formats/cvat.py). Texts are tags of the image with the text as an attribute.
public final class CvatFormat implements DatasetFormat {
    static final String TITLE = "CVAT for images";

    /// Attributes of the tag that holds a text.
    static final String CAPTION = "caption";

    static final String PROMPT = "prompt";

    @Override
    public String id() {
        return "cvat";
    }

    @Override
    public String title() {
        return TITLE;
    }

    @Override
    public Carriage carriage() {
        return Carriage.of(
                        Content.BOXES,
                        Content.POLYGONS,
                        Content.MASKS,
                        Content.ATTRIBUTES,
                        Content.CAPTIONS,
                        Content.QUESTIONS,
                        Content.OTHER_TEXTS,
                        Content.SPLITS,
                        Content.EMPTY_IMAGES)
                .replacing(Content.HOLES, "become pixel masks")
                .replacing(Content.SEVERAL_PARTS, "become pixel masks")
                .replacing(Content.CROWDS, "become ordinary objects")
                .replacing(Content.PROVENANCE, "becomes manual, auto or semi-auto");
    }

    @Override
    public Optional<DatasetReader> reader() {
        return Optional.of(new CvatReader());
    }

    @Override
    public Optional<DatasetWriter> writer() {
        return Optional.of(new CvatWriter());
    }
}

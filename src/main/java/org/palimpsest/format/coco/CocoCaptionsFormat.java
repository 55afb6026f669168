package org.palimpsest.format.coco;

import java.util.List;
import java.util.Optional;
import org.palimpsest.format.Carriage;
import org.palimpsest.format.Content;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.DatasetReader;
import org.palimpsest.format.DatasetWriter;
import org.palimpsest.format.FormatSetting;

/// COCO captions: each caption is one annotation, several of an image are several.
///
/// COCO knows English captions only. A caption of another prompt than `caption en` carries that in the key `prompt`,
/// which other readers do not look at; reading also understands `language` with a code such as `de`.
public final class CocoCaptionsFormat implements DatasetFormat {
    @Override
    public String id() {
        return "coco-captions";
    }

    @Override
    public String title() {
        return "COCO captions";
    }

    @Override
    public Carriage carriage() {
        return Carriage.of(
                Content.CAPTIONS, Content.ATTRIBUTES, Content.SPLITS, Content.EMPTY_IMAGES);
    }

    @Override
    public List<FormatSetting> settings() {
        return List.of(CaptionsWriter.LANGUAGE);
    }

    @Override
    public Optional<DatasetReader> reader() {
        return Optional.of(new CaptionsReader(title()));
    }

    @Override
    public Optional<DatasetWriter> writer() {
        return Optional.of(new CaptionsWriter());
    }
}

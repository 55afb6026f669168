package org.palimpsest.format.labelme;

import java.util.Optional;
import org.palimpsest.format.Carriage;
import org.palimpsest.format.Content;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.DatasetReader;
import org.palimpsest.format.DatasetWriter;

/// labelme's files as its version 7 reads them (wkentaro/labelme, labelme/_label_file.py). It keeps keys that it does not
/// know, so scores, attributes and crowd flags ride along.
public final class LabelmeFormat implements DatasetFormat {
    static final String TITLE = "labelme";

    @Override
    public String id() {
        return "labelme";
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
                        Content.SEVERAL_PARTS,
                        Content.MASKS,
                        Content.CROWDS,
                        Content.SCORES,
                        Content.ATTRIBUTES,
                        Content.TAGS_AND_NOTES,
                        Content.EMPTY_IMAGES)
                .replacing(Content.HOLES, "become pixel masks");
    }

    @Override
    public Optional<DatasetReader> reader() {
        return Optional.of(new LabelmeReader());
    }

    @Override
    public Optional<DatasetWriter> writer() {
        return Optional.of(new LabelmeWriter());
    }
}

package org.palimpsest.format.maskpng;

import java.util.List;
import java.util.Optional;
import org.palimpsest.format.Carriage;
import org.palimpsest.format.Content;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.DatasetReader;
import org.palimpsest.format.DatasetWriter;
import org.palimpsest.format.FormatSetting;

/// Masks as PNG files of the image's size: `masks/<label>/<image>-<number>.png` in black and white for each object, or
/// `masks/<image>.png` with the number of the class in each pixel. `classes.txt` has the classes from 0, the
/// background, on; `classes.json` has numbers, names, colours and folders.
public final class MaskPngFormat implements DatasetFormat {
    static final String TITLE = "Mask PNG";
    static final String MASKS = "masks";
    static final String BACKGROUND = "background";

    @Override
    public String id() {
        return "mask-png";
    }

    @Override
    public String title() {
        return TITLE;
    }

    @Override
    public Carriage carriage() {
        String masks = "become pixel masks";
        return Carriage.of(Content.MASKS, Content.EMPTY_IMAGES)
                .replacing(Content.BOXES, masks)
                .replacing(Content.POLYGONS, masks)
                .replacing(Content.HOLES, masks)
                .replacing(Content.SEVERAL_PARTS, masks)
                .replacing(Content.CROWDS, "become ordinary objects");
    }

    @Override
    public List<FormatSetting> settings() {
        return List.of(
                new FormatSetting(
                        "layout",
                        "a PNG for each object, or one for each image that names the class of every"
                                + " pixel",
                        "objects",
                        List.of("objects", "index")));
    }

    @Override
    public Optional<DatasetReader> reader() {
        return Optional.of(new MaskPngReader());
    }

    @Override
    public Optional<DatasetWriter> writer() {
        return Optional.of(new MaskPngWriter());
    }
}

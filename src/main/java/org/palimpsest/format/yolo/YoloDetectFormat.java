package org.palimpsest.format.yolo;

import java.util.Optional;
import org.palimpsest.format.Carriage;
import org.palimpsest.format.Content;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.DatasetReader;
import org.palimpsest.format.DatasetWriter;

/// YOLO with a box for each object: `class centre-x centre-y width height`, as parts of the image's size
/// (ultralytics/ultralytics, ultralytics/data/utils.py).
public final class YoloDetectFormat implements DatasetFormat {
    @Override
    public String id() {
        return "yolo-detect";
    }

    @Override
    public String title() {
        return "YOLO detection";
    }

    @Override
    public Carriage carriage() {
        String boxes = "become boxes";
        return Carriage.of(Content.BOXES, Content.SPLITS, Content.EMPTY_IMAGES)
                .replacing(Content.POLYGONS, boxes)
                .replacing(Content.HOLES, "become boxes, without the holes")
                .replacing(Content.SEVERAL_PARTS, "become one box around all parts")
                .replacing(Content.MASKS, boxes);
    }

    @Override
    public Optional<DatasetReader> reader() {
        return Optional.of(new YoloReader(title()));
    }

    @Override
    public Optional<DatasetWriter> writer() {
        return Optional.of(new YoloWriter(title(), new BoxLines()));
    }
}

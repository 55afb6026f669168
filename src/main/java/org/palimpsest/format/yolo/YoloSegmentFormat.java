package org.palimpsest.format.yolo;

import java.util.Optional;
import org.palimpsest.format.Carriage;
import org.palimpsest.format.Content;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.DatasetReader;
import org.palimpsest.format.DatasetWriter;

/// YOLO with an outline for each object: `class x1 y1 x2 y2 …`, as parts of the image's size
/// (ultralytics/ultralytics, ultralytics/data/utils.py). A line cannot hold holes or several parts.
public final class YoloSegmentFormat implements DatasetFormat {
    @Override
    public String id() {
        return "yolo-segment";
    }

    @Override
    public String title() {
        return "YOLO segmentation";
    }

    @Override
    public Carriage carriage() {
        return Carriage.of(Content.POLYGONS, Content.SPLITS, Content.EMPTY_IMAGES)
                .replacing(Content.BOXES, "become outlines of four corners")
                .replacing(Content.HOLES, "are filled")
                .replacing(Content.SEVERAL_PARTS, "become an object for each part")
                .replacing(
                        Content.MASKS,
                        "become outlines, with holes filled and an object for each part");
    }

    @Override
    public Optional<DatasetReader> reader() {
        return Optional.of(new YoloReader(title()));
    }

    @Override
    public Optional<DatasetWriter> writer() {
        return Optional.of(new YoloWriter(title(), new OutlineLines()));
    }
}

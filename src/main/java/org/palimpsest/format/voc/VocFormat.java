package org.palimpsest.format.voc;

import java.util.List;
import java.util.Optional;
import org.palimpsest.format.Carriage;
import org.palimpsest.format.Content;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.DatasetReader;
import org.palimpsest.format.DatasetWriter;
import org.palimpsest.format.FormatSetting;

/// Pascal VOC boxes.
///
/// Readers disagree about the numbers: the development kit counts pixels from 1 and includes the last one, datumaro, CVAT
/// and Label Studio take corners from 0 (cvat-ai/datumaro, voc_format; roboflow/supervision, pascal_voc.py). Files
/// written here say in `<source>` which it is.
public final class VocFormat implements DatasetFormat {
    static final String TITLE = "Pascal VOC";

    @Override
    public String id() {
        return "voc";
    }

    @Override
    public String title() {
        return TITLE;
    }

    @Override
    public Carriage carriage() {
        String boxes = "become boxes";
        return Carriage.of(Content.BOXES, Content.ATTRIBUTES, Content.SPLITS, Content.EMPTY_IMAGES)
                .replacing(Content.POLYGONS, boxes)
                .replacing(Content.HOLES, "become boxes, without the holes")
                .replacing(Content.SEVERAL_PARTS, "become one box around all parts")
                .replacing(Content.MASKS, boxes)
                .replacing(Content.CROWDS, "become boxes that are marked as difficult");
    }

    @Override
    public List<FormatSetting> settings() {
        return List.of(
                new FormatSetting(
                        "convention",
                        "whether boxes are whole pixels counted from 1, the last included, or"
                                + " corners counted from 0",
                        "devkit",
                        List.of("devkit", "zero-based")));
    }

    @Override
    public Optional<DatasetReader> reader() {
        return Optional.of(new VocReader());
    }

    @Override
    public Optional<DatasetWriter> writer() {
        return Optional.of(new VocWriter());
    }
}

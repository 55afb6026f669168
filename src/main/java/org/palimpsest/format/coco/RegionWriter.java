package org.palimpsest.format.coco;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.format.DatasetExport;
import org.palimpsest.format.FormatSetting;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.MultiPolygon;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;

/// Writes regions as COCO's `bbox`, `area` and `segmentation`.
final class RegionWriter {
    static final FormatSetting SETTING =
            new FormatSetting(
                    "segmentation",
                    "How outlines and masks are written: each as it is (auto), all as outlines"
                            + " with holes filled (polygon), or all as run lengths (rle)",
                    "auto",
                    List.of("auto", "polygon", "rle"));

    private final DatasetExport data;
    private final Style style;
    private final boolean boxesHaveOutlines;
    private long plainBoxes;
    private long crowdOutlines;

    /// How outlines and masks are written.
    enum Style {
        AUTO,
        POLYGON,
        RLE;

        static Style of(DatasetExport data) {
            return valueOf(data.setting(SETTING.name()).toUpperCase(Locale.ROOT));
        }
    }

    /// What is written of one region.
    record Shape(Box box, double area, Drawing drawing) {}

    /// The value of `segmentation`.
    sealed interface Drawing {
        record None() implements Drawing {}

        record Rings(List<List<Point>> rings) implements Drawing {}

        record Pixels(Mask mask) implements Drawing {}
    }

    /// @param boxesHaveOutlines whether a box is written with its four corners as outline, for formats whose readers need
    ///     one
    RegionWriter(DatasetExport data, Style style, boolean boxesHaveOutlines) {
        this.data = data;
        this.style = style;
        this.boxesHaveOutlines = boxesHaveOutlines;
        data.convention("bbox", "x, y, width, height in pixels");
        data.convention("segmentation", style.name().toLowerCase(Locale.ROOT));
    }

    /// What to write of an object; empty, with a finding, where nothing of it is inside of the image.
    Optional<Shape> shape(AnnotatedImage image, ObjectAnnotation object) {
        String place = place(image, object);
        Size size = image.image().size();
        return switch (object.region()) {
            case Box box -> box(place, box, size);
            case Polygon polygon -> outline(place, object, List.of(polygon), size);
            case MultiPolygon(var parts) -> outline(place, object, parts, size);
            case Mask mask -> mask(place, mask, size);
        };
    }

    static String place(AnnotatedImage image, ObjectAnnotation object) {
        return image.image().file().getFileName() + ": " + object.label();
    }

    private Optional<Shape> box(String place, Box box, Size size) {
        var inside = box.intersection(size.toBox());
        if (inside.isEmpty()) {
            data.findings()
                    .error(place, "the box is empty or outside of the image, it is left out");
            return Optional.empty();
        }
        Box cut = inside.get();
        if (!cut.equals(box)) {
            data.findings()
                    .warning(place, "the box reaches over the image's edge and is cut there");
        }
        if (boxesHaveOutlines) {
            var corners =
                    List.of(
                            new Point(cut.xMin(), cut.yMin()),
                            new Point(cut.xMax(), cut.yMin()),
                            new Point(cut.xMax(), cut.yMax()),
                            new Point(cut.xMin(), cut.yMax()));
            return Optional.of(new Shape(cut, cut.area(), new Drawing.Rings(List.of(corners))));
        }
        plainBoxes++;
        return Optional.of(new Shape(cut, cut.area(), new Drawing.None()));
    }

    private Optional<Shape> outline(
            String place, ObjectAnnotation object, List<Polygon> parts, Size size) {
        Region region = object.region();
        boolean holes = parts.stream().anyMatch(part -> !part.holes().isEmpty());
        if (style == Style.RLE || style == Style.AUTO && (holes || object.crowd())) {
            if (object.crowd() && !holes) {
                crowdOutlines++;
            }
            return pixels(place, Mask.fromRegion(region, size));
        }
        var seen = region.bounds().intersection(size.toBox());
        if (seen.isEmpty()) {
            data.findings()
                    .error(place, "the outline is empty or outside of the image, it is left out");
            return Optional.empty();
        }
        var filled = new MultiPolygon(parts.stream().map(RegionWriter::filled).toList());
        if (holes) {
            data.findings().warning(place, "holes are filled");
        }
        boolean cut = !seen.get().equals(region.bounds());
        if (cut) {
            data.findings()
                    .warning(
                            place,
                            "the outline reaches over the image's edge; its box is cut there");
        }
        double area =
                cut || overlap(filled.polygons())
                        ? Mask.fromRegion(filled, size).area()
                        : filled.area();
        var rings = filled.polygons().stream().map(Polygon::exterior).toList();
        return Optional.of(new Shape(seen.get(), area, new Drawing.Rings(rings)));
    }

    private static Polygon filled(Polygon polygon) {
        return new Polygon(polygon.exterior());
    }

    /// Whether boxes of parts overlap, so that the parts may.
    private static boolean overlap(List<Polygon> parts) {
        for (int i = 0; i < parts.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (parts.get(i).bounds().intersection(parts.get(j).bounds()).isPresent()) {
                    return true;
                }
            }
        }
        return false;
    }

    private Optional<Shape> mask(String place, Mask mask, Size size) {
        if (!mask.size().equals(size)) {
            data.findings()
                    .error(place, "the mask has " + mask.size() + " pixels, the image " + size);
            return Optional.empty();
        }
        if (style != Style.POLYGON || mask.isEmpty()) {
            return pixels(place, mask);
        }
        var parts = mask.outline().polygons();
        if (parts.stream().anyMatch(part -> !part.holes().isEmpty())) {
            data.findings().warning(place, "holes are filled");
        }
        var filled = new MultiPolygon(parts.stream().map(RegionWriter::filled).toList());
        var rings = filled.polygons().stream().map(Polygon::exterior).toList();
        return Optional.of(
                new Shape(
                        mask.bounds(),
                        Mask.fromRegion(filled, size).area(),
                        new Drawing.Rings(rings)));
    }

    private Optional<Shape> pixels(String place, Mask mask) {
        if (mask.isEmpty()) {
            data.findings().error(place, "the region covers no pixel of the image, it is left out");
            return Optional.empty();
        }
        return Optional.of(new Shape(mask.bounds(), mask.area(), new Drawing.Pixels(mask)));
    }

    /// Writes the three keys.
    void write(JsonGenerator json, Shape shape, boolean crowd) throws IOException {
        writeBox(json, shape.box());
        json.writeNumberField("area", shape.area());
        json.writeFieldName("segmentation");
        switch (shape.drawing()) {
            case Drawing.None _ -> {
                json.writeStartArray();
                json.writeEndArray();
            }
            case Drawing.Rings(var rings) -> {
                json.writeStartArray();
                for (var ring : rings) {
                    json.writeStartArray();
                    for (var point : ring) {
                        writeCoordinate(json, point.x());
                        writeCoordinate(json, point.y());
                    }
                    json.writeEndArray();
                }
                json.writeEndArray();
            }
            case Drawing.Pixels(var mask) -> writeMask(json, mask, crowd);
        }
    }

    static void writeBox(JsonGenerator json, Box box) throws IOException {
        json.writeArrayFieldStart("bbox");
        json.writeNumber(box.xMin());
        json.writeNumber(box.yMin());
        json.writeNumber(box.width());
        json.writeNumber(box.height());
        json.writeEndArray();
    }

    /// Most are whole numbers, and there are many.
    private static void writeCoordinate(JsonGenerator json, double value) throws IOException {
        if (value == Math.rint(value) && Math.abs(value) < 1e9) {
            json.writeNumber((long) value);
        } else {
            json.writeNumber(value);
        }
    }

    /// @param listed as COCO writes crowds: run lengths as numbers
    static void writeMask(JsonGenerator json, Mask mask, boolean listed) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("size");
        json.writeNumber(mask.height());
        json.writeNumber(mask.width());
        json.writeEndArray();
        json.writeFieldName("counts");
        if (listed) {
            int[] counts = mask.cocoRunLengths();
            json.writeArray(counts, 0, counts.length);
        } else {
            json.writeString(mask.cocoCompressed());
        }
        json.writeEndObject();
    }

    /// Says at the end what concerned many objects.
    void noteChanges() {
        if (plainBoxes > 0) {
            data.findings()
                    .warning(
                            "boxes",
                            plainBoxes
                                    + " objects are plain boxes: their segmentation is empty, and"
                                    + " evaluation by masks stops at them");
        }
        if (crowdOutlines > 0) {
            data.findings()
                    .warning(
                            "crowds",
                            crowdOutlines
                                    + " outlines of crowds become pixel masks, as COCO has them");
        }
    }
}

package org.palimpsest.format.yolo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.format.FindingList;
import org.palimpsest.format.Frame;
import org.palimpsest.format.shape.Decimals;
import org.palimpsest.format.shape.Shapes;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;

/// Makes objects of the lines of one label file.
final class YoloLines {
    private static final int BOX = 5;
    private static final int SHORTEST_OUTLINE = 7;

    /// How far beyond 0 to 1 ultralytics accepts a number (ultralytics/data/utils.py, verify_image_label).
    private static final double TOLERANCE = 0.01;

    private static final int MOST_OBJECTS = 100_000;

    private final String title;
    private final String file;
    private final Map<Integer, String> names;
    private final ImageEntry image;
    private final Frame frame;
    private final FindingList findings;
    private boolean boxes;
    private boolean outlines;

    YoloLines(
            String title,
            String file,
            Map<Integer, String> names,
            ImageEntry image,
            Frame frame,
            FindingList findings) {
        this.title = title;
        this.file = file;
        this.names = names;
        this.image = image;
        this.frame = frame;
        this.findings = findings;
    }

    List<ObjectAnnotation> read(String text) {
        var objects = new ArrayList<ObjectAnnotation>();
        int number = 0;
        for (var line : text.split("\\R", -1)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            String place = file + " line " + number;
            if (objects.size() == MOST_OBJECTS) {
                findings.error(place, "the rest of the file is left out: too many objects");
                break;
            }
            var object = object(place, line.strip().split("\\s+"));
            if (object != null) {
                objects.add(object);
            }
        }
        if (boxes && outlines) {
            findings.warning(
                    file, "boxes and outlines are mixed; ultralytics takes all for outlines");
        }
        return objects;
    }

    private @Nullable ObjectAnnotation object(String place, String[] columns) {
        double number = Decimals.parse(columns[0]);
        if (!(number >= 0 && number <= 1_000_000 && number == Math.rint(number))) {
            findings.error(place, "the first column is no class number: " + columns[0]);
            return null;
        }
        boolean box = columns.length == BOX;
        if (!box && (columns.length < SHORTEST_OUTLINE || columns.length % 2 == 0)) {
            findings.error(
                    place,
                    columns.length + " columns are neither a box (5) nor an outline (7, 9, 11, …)");
            return null;
        }
        var values = values(place, columns);
        var size = frame.size(image);
        var region = values == null ? null : box ? box(values, size, place) : outline(values, size);
        if (region == null) {
            return null;
        }
        if (region.bounds().isEmpty()) {
            findings.error(place, "the object is empty");
            return null;
        }
        boxes |= box;
        outlines |= !box;
        return ObjectAnnotation.of(
                label((int) number, place),
                frame.upright(image, region),
                new Provenance.Imported(title, file.substring(file.lastIndexOf('/') + 1)));
    }

    private String label(int number, String place) {
        var name = names.get(number);
        if (name == null) {
            findings.warning(place, "class " + number + " has no name");
            return "category " + number;
        }
        return name;
    }

    private double @Nullable [] values(String place, String[] columns) {
        var values = new double[columns.length - 1];
        boolean pressed = false;
        for (int i = 0; i < values.length; i++) {
            double value = Decimals.parse(columns[i + 1]);
            if (Double.isNaN(value)) {
                findings.error(place, "not a number: " + columns[i + 1]);
                return null;
            }
            if (value < -TOLERANCE || value > 1 + TOLERANCE) {
                findings.error(place, "not between 0 and 1: " + columns[i + 1]);
                return null;
            }
            pressed |= value < 0 || value > 1;
            values[i] = Math.clamp(value, 0, 1);
        }
        if (pressed) {
            findings.warning(place, "a number a little beyond 0 to 1 is taken as the edge");
        }
        return values;
    }

    private @Nullable Region box(double[] values, Size size, String place) {
        double x = values[0] * size.width();
        double y = values[1] * size.height();
        double halfWidth = values[2] * size.width() / 2;
        double halfHeight = values[3] * size.height() / 2;
        var box = new Box(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight);
        return Shapes.clip(box, size, place, findings).orElse(null);
    }

    private static Region outline(double[] values, Size size) {
        var points = new ArrayList<Point>(values.length / 2);
        for (int i = 0; i < values.length; i += 2) {
            points.add(new Point(values[i] * size.width(), values[i + 1] * size.height()));
        }
        return new Polygon(points);
    }
}

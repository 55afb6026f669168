package org.palimpsest.format.labelme;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.format.FindingList;
import org.palimpsest.format.Frame;
import org.palimpsest.format.shape.JsonParts;
import org.palimpsest.format.shape.Names;
import org.palimpsest.format.shape.Shapes;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.MultiPolygon;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;
import org.palimpsest.imaging.SampleImage;

/// Makes annotations of the shapes of one file. Shapes of one label and group are parts of one object
/// (labelme, examples/instance_segmentation/labelme2coco.py).
final class LabelmeShapes {
    /// Keys with a meaning here; all others become attributes.
    private static final Set<String> KNOWN =
            Set.of(
                    "label",
                    "points",
                    "group_id",
                    "shape_type",
                    "flags",
                    "mask",
                    "score",
                    "crowd",
                    "provenance",
                    "attributes");

    private final String place;
    private final String fileName;
    private final ImageEntry image;
    private final Frame frame;
    private final Size size;
    private final FindingList findings;

    LabelmeShapes(
            String place, String fileName, ImageEntry image, Frame frame, FindingList findings) {
        this.place = place;
        this.fileName = fileName;
        this.image = image;
        this.frame = frame;
        this.size = frame.size(image);
        this.findings = findings;
    }

    List<ObjectAnnotation> of(List<JsonNode> shapes) {
        var objects = new ArrayList<ObjectAnnotation>();
        var groups = new HashMap<String, Integer>();
        for (int i = 0; i < shapes.size(); i++) {
            var shape = shapes.get(i);
            var object = object(place + " shape " + (i + 1), shape);
            if (object == null) {
                continue;
            }
            var group = shape.path("group_id");
            if (group.isNull() || group.isMissingNode()) {
                objects.add(object);
                continue;
            }
            var known = groups.putIfAbsent(group + " " + object.label(), objects.size());
            if (known == null) {
                objects.add(object);
            } else {
                objects.set(known, joined(objects.get(known), object));
            }
        }
        return objects;
    }

    private ObjectAnnotation joined(ObjectAnnotation first, ObjectAnnotation second) {
        var attributes = new TreeMap<>(first.attributes());
        second.attributes().forEach(attributes::putIfAbsent);
        Region region;
        if (first.region() instanceof Mask || second.region() instanceof Mask) {
            region =
                    Mask.fromRegion(first.region(), image.size())
                            .union(Mask.fromRegion(second.region(), image.size()));
        } else {
            var parts = new ArrayList<>(Shapes.polygons(first.region()));
            parts.addAll(Shapes.polygons(second.region()));
            region = new MultiPolygon(parts);
        }
        return first.withRegion(region).withAttributes(attributes);
    }

    private @Nullable ObjectAnnotation object(String where, JsonNode shape) {
        if (!shape.isObject()) {
            findings.error(where, "this is no shape");
            return null;
        }
        var label = Names.label(shape.path("label").asText(""));
        if (label.isEmpty()) {
            findings.error(where, "the shape has no usable label");
            return null;
        }
        var points = JsonParts.points(shape.get("points"));
        if (points.isEmpty() || points.get().isEmpty()) {
            findings.error(where, "the points are no pairs of numbers");
            return null;
        }
        var region = region(where, shape, points.get());
        if (region == null) {
            return null;
        }
        return ObjectAnnotation.of(
                        label.get(),
                        frame.upright(image, region),
                        new Provenance.Imported(LabelmeFormat.TITLE, fileName, score(where, shape)))
                .withCrowd(shape.path("crowd").asBoolean(false))
                .withAttributes(attributes(shape));
    }

    private OptionalDouble score(String where, JsonNode shape) {
        var score = JsonParts.number(shape.get("score"));
        if (score.isPresent() && !(score.getAsDouble() >= 0 && score.getAsDouble() <= 1)) {
            findings.warning(where, "the score is not between 0 and 1 and is left out");
            return OptionalDouble.empty();
        }
        return score;
    }

    private static Map<String, String> attributes(JsonNode shape) {
        var attributes = new TreeMap<String, String>();
        for (var entry : shape.path("attributes").properties()) {
            JsonParts.keep(attributes, entry.getKey(), entry.getValue());
        }
        for (var flag : shape.path("flags").properties()) {
            if (flag.getValue().asBoolean(false)) {
                Names.put(attributes, flag.getKey(), "true");
            }
        }
        for (var entry : shape.properties()) {
            if (!KNOWN.contains(entry.getKey())) {
                JsonParts.keep(attributes, entry.getKey(), entry.getValue());
            }
        }
        return attributes;
    }

    private @Nullable Region region(String where, JsonNode shape, List<Point> points) {
        String type = shape.path("shape_type").asText("polygon"); // absent before version 4
        return switch (type) {
            case "rectangle" ->
                    hasCount(where, type, points, 2)
                            ? Shapes.clip(
                                            Box.between(points.get(0), points.get(1)),
                                            size,
                                            where,
                                            findings)
                                    .orElse(null)
                            : null;
            case "polygon", "" -> polygon(where, points);
            case "oriented_rectangle", "rotation" ->
                    hasCount(where, type, points, 4) ? polygon(where, points) : null;
            case "circle" -> hasCount(where, type, points, 2) ? circle(where, points) : null;
            case "mask" -> hasCount(where, type, points, 2) ? mask(where, shape, points) : null;
            default -> {
                findings.error(where, "a " + type + " has no area");
                yield null;
            }
        };
    }

    private boolean hasCount(String where, String type, List<Point> points, int count) {
        if (points.size() != count) {
            findings.error(
                    where, "a %s has %d points, not %d".formatted(type, count, points.size()));
        }
        return points.size() == count;
    }

    private @Nullable Region polygon(String where, List<Point> points) {
        if (points.size() < 3) {
            findings.error(where, "a polygon has 3 points or more, not " + points.size());
            return null;
        }
        return new Polygon(points);
    }

    /// The second point lies on the circle.
    private @Nullable Region circle(String where, List<Point> points) {
        var center = points.get(0);
        double radius = Math.hypot(points.get(1).x() - center.x(), points.get(1).y() - center.y());
        if (!(radius > 0 && radius < 1e9)) {
            findings.error(where, "the circle is empty");
            return null;
        }
        findings.warning(where, "the circle becomes an outline");
        return Shapes.ellipse(center, radius, radius);
    }

    /// The first point is the first pixel; the size is the PNG's, as the second point is sometimes one off.
    private @Nullable Region mask(String where, JsonNode shape, List<Point> points) {
        double left = Math.rint(points.get(0).x());
        double top = Math.rint(points.get(0).y());
        SampleImage samples;
        try {
            byte[] png = Base64.getMimeDecoder().decode(shape.path("mask").asText(""));
            samples = SampleImage.read(png, size);
        } catch (IOException | IllegalArgumentException e) {
            findings.error(where, "the mask cannot be read: " + e.getMessage());
            return null;
        }
        if (Math.abs(left) > 1e8 || Math.abs(top) > 1e8) {
            findings.error(where, "the mask lies outside of the image");
            return null;
        }
        double width = points.get(1).x() - left + 1;
        double height = points.get(1).y() - top + 1;
        if (Math.abs(width - samples.size().width()) > 1
                || Math.abs(height - samples.size().height()) > 1) {
            findings.warning(
                    where,
                    "the mask is %s, its points say %.0fx%.0f"
                            .formatted(samples.size(), width, height));
        }
        var crop =
                Mask.of(
                        samples.size().width(),
                        samples.size().height(),
                        (x, y) -> samples.get(x, y) != 0);
        var placed = Shapes.place(crop, (int) left, (int) top, size);
        if (placed.isEmpty()) {
            findings.error(where, "the mask has no pixel in the image");
            return null;
        }
        if (placed.pixelCount() != crop.pixelCount()) {
            findings.warning(where, "the mask reaches over the edge of the image and is cut");
        }
        return placed;
    }
}

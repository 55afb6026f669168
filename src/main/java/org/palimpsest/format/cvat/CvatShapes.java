package org.palimpsest.format.cvat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.format.FindingList;
import org.palimpsest.format.Frame;
import org.palimpsest.format.shape.Decimals;
import org.palimpsest.format.shape.Names;
import org.palimpsest.format.shape.Shapes;
import org.palimpsest.format.shape.XmlElement;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;

/// Makes annotations of what stands in one `image` element.
final class CvatShapes {
    /// XML attributes with a meaning here; all others become attributes.
    private static final Set<String> KNOWN =
            Set.of(
                    "label",
                    "source",
                    "xtl",
                    "ytl",
                    "xbr",
                    "ybr",
                    "rotation",
                    "points",
                    "rle",
                    "left",
                    "top",
                    "width",
                    "height",
                    "cx",
                    "cy",
                    "rx",
                    "ry");

    private final ImageEntry image;
    private final Frame frame;
    private final Size size;
    private final FindingList findings;
    private final Provenance provenance;
    private final Set<String> tags = new TreeSet<>();

    CvatShapes(String fileName, ImageEntry image, Frame frame, FindingList findings) {
        this.image = image;
        this.frame = frame;
        this.size = frame.size(image);
        this.findings = findings;
        this.provenance = new Provenance.Imported(CvatFormat.TITLE, fileName);
    }

    /// Tags of the image that came with [#text] and hold no text.
    Set<String> tags() {
        return tags;
    }

    Optional<ObjectAnnotation> object(XmlElement element) {
        String place = "line " + element.line();
        var region =
                switch (element.name()) {
                    case "box" -> box(place, element);
                    case "polygon" -> polygon(place, element);
                    case "ellipse" -> ellipse(place, element);
                    case "mask" -> mask(place, element);
                    case "tag" -> null;
                    default -> {
                        findings.error(place, "a " + element.name() + " has no area");
                        yield null;
                    }
                };
        if (region == null) {
            return Optional.empty();
        }
        var label = Names.label(element.attribute("label"));
        if (label.isEmpty()) {
            findings.error(place, "the shape has no usable label");
            return Optional.empty();
        }
        return Optional.of(
                ObjectAnnotation.of(label.get(), frame.upright(image, region), provenance)
                        .withReview(review(element))
                        .withAttributes(attributes(element)));
    }

    /// The text that a tag holds; a tag without one names the image.
    Optional<TextAnnotation> text(XmlElement tag) {
        var values = new TreeMap<String, String>();
        tag.children("attribute")
                .forEach(one -> Names.put(values, one.attribute("name"), one.text()));
        String text = values.getOrDefault(CvatFormat.CAPTION, "");
        if (text.isBlank()) {
            Names.label(tag.attribute("label"))
                    .filter(_ -> tags.size() < 1000)
                    .ifPresent(tags::add);
            return Optional.empty();
        }
        String prompt = values.getOrDefault(CvatFormat.PROMPT, "caption en");
        return Optional.of(TextAnnotation.of(prompt, text, provenance).withReview(review(tag)));
    }

    /// What a model made and nobody changed has not been looked at.
    private static ReviewState review(XmlElement element) {
        return element.attribute("source").equals("auto")
                ? ReviewState.UNREVIEWED
                : ReviewState.ACCEPTED;
    }

    private static Map<String, String> attributes(XmlElement element) {
        var attributes = new TreeMap<String, String>();
        element.children("attribute")
                .forEach(one -> Names.put(attributes, one.attribute("name"), one.text()));
        for (var entry : new TreeMap<>(element.attributes()).entrySet()) {
            String value = entry.getValue();
            if (entry.getKey().equals("occluded")) {
                if (value.equals("1")) {
                    Names.put(attributes, "occluded", "true");
                }
            } else if (!KNOWN.contains(entry.getKey())
                    && !(entry.getKey().equals("z_order") && value.equals("0"))) {
                Names.put(attributes, entry.getKey(), value);
            }
        }
        return attributes;
    }

    private @Nullable Region box(String place, XmlElement element) {
        double left = Decimals.parse(element.attribute("xtl"));
        double top = Decimals.parse(element.attribute("ytl"));
        double right = Decimals.parse(element.attribute("xbr"));
        double bottom = Decimals.parse(element.attribute("ybr"));
        if (Double.isNaN(left + top + right + bottom) || left > right || top > bottom) {
            findings.error(place, "the corners of a box are missing or in the wrong order");
            return null;
        }
        var box = new Box(left, top, right, bottom);
        double rotation = rotation(element);
        if (rotation == 0) {
            return Shapes.clip(box, size, place, findings).orElse(null);
        }
        findings.warning(place, "the turned box becomes an outline");
        return checked(place, Shapes.turned(box, box.center(), rotation));
    }

    private static double rotation(XmlElement element) {
        double rotation = Decimals.parse(element.attribute("rotation"));
        return Double.isNaN(rotation) ? 0 : rotation % 360;
    }

    private @Nullable Region checked(String place, Polygon polygon) {
        if (polygon.bounds().isEmpty()) {
            findings.error(place, "the shape is empty");
            return null;
        }
        return polygon;
    }

    private @Nullable Region polygon(String place, XmlElement element) {
        var points = new ArrayList<Point>();
        for (var pair : element.attribute("points").split(";")) {
            int comma = pair.indexOf(',');
            double x = Decimals.parse(pair.substring(0, Math.max(0, comma)));
            double y = Decimals.parse(pair.substring(comma + 1));
            if (Double.isNaN(x + y)) {
                findings.error(place, "a point is no pair of numbers: " + pair);
                return null;
            }
            points.add(new Point(x, y));
        }
        if (points.size() < 3) {
            findings.error(place, "a polygon has 3 points or more, not " + points.size());
            return null;
        }
        return new Polygon(points);
    }

    private @Nullable Region ellipse(String place, XmlElement element) {
        double x = Decimals.parse(element.attribute("cx"));
        double y = Decimals.parse(element.attribute("cy"));
        double radiusX = Decimals.parse(element.attribute("rx"));
        double radiusY = Decimals.parse(element.attribute("ry"));
        if (Double.isNaN(x + y) || !(radiusX > 0 && radiusY > 0)) {
            findings.error(place, "the numbers of an ellipse are missing or not positive");
            return null;
        }
        findings.warning(place, "the ellipse becomes an outline");
        var center = new Point(x, y);
        var upright = Shapes.ellipse(center, radiusX, radiusY);
        return checked(place, Shapes.turned(upright, center, rotation(element)));
    }

    /// Run lengths row by row inside of the box (opencv/cvat, cvat/apps/dataset_manager/formats/transformations.py,
    /// MaskConverter).
    private @Nullable Region mask(String place, XmlElement element) {
        double left = Decimals.parse(element.attribute("left"));
        double top = Decimals.parse(element.attribute("top"));
        double width = Decimals.parse(element.attribute("width"));
        double height = Decimals.parse(element.attribute("height"));
        if (!(width >= 1 && width <= size.width() && height >= 1 && height <= size.height())
                || !(Math.abs(left) < 1e8 && Math.abs(top) < 1e8)) {
            findings.error(place, "the box of a mask is missing or larger than the image");
            return null;
        }
        int[] counts = counts(element.attribute("rle"), (long) width * (long) height);
        Mask crop;
        try {
            crop = Mask.fromRowMajorRunLengths((int) width, (int) height, counts);
        } catch (IllegalArgumentException e) {
            findings.error(place, "the run lengths of a mask do not fill its box");
            return null;
        }
        var placed = Shapes.place(crop, (int) Math.rint(left), (int) Math.rint(top), size);
        if (placed.isEmpty()) {
            findings.error(place, "a mask has no pixel in the image");
            return null;
        }
        if (placed.pixelCount() != crop.pixelCount()) {
            findings.warning(place, "a mask reaches over the edge of the image and is cut");
        }
        return placed;
    }

    /// The numbers of the text, or none where it is damaged or they are more than pixels.
    private static int[] counts(String text, long pixels) {
        int[] counts = new int[16];
        int used = 0;
        long covered = 0;
        for (var number : text.split(",")) {
            String digits = number.strip();
            if (!digits.matches("[0-9]{1,9}")) {
                return new int[0];
            }
            int count = Integer.parseInt(digits);
            covered += count;
            if (covered > pixels) {
                return new int[0];
            }
            if (used == counts.length) {
                counts = Arrays.copyOf(counts, used * 2);
            }
            counts[used++] = count;
        }
        return Arrays.copyOf(counts, used);
    }
}

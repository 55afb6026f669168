package org.palimpsest.format.coco;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.palimpsest.format.FindingList;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.MultiPolygon;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;

/// Makes regions of COCO's boxes and segmentations.
///
/// Several outlines are one region, their union: an outline inside of another is no hole but is filled
/// (ppwwyyxx/cocoapi PythonAPI/pycocotools/coco.py, annToRLE: the parts are merged).
final class RegionReader {
    /// How far a box may reach over the edge by rounding.
    private static final double ROUNDING = 0.01;

    /// A group of five bits is one character, and a run length needs at most seven.
    private static final int CHARACTERS_PER_RUN = 7;

    private final FindingList findings;

    RegionReader(FindingList findings) {
        this.findings = findings;
    }

    /// The box as it stands there; empty where there is none, or with a finding where it is not usable.
    Optional<Box> box(JsonItem item) {
        JsonNode node = item.get("bbox");
        if (node == null || node.isNull() || node.isArray() && node.isEmpty()) {
            return Optional.empty();
        }
        var box = boxOf(item);
        if (box.isEmpty()) {
            findings.warning(item.place(), "the bbox " + faultOfBox(node));
        }
        return box;
    }

    /// The box where it is usable.
    static Optional<Box> boxOf(JsonItem item) {
        JsonNode node = item.get("bbox");
        if (node == null || !faultOfBox(node).isEmpty()) {
            return Optional.empty();
        }
        double x = node.get(0).doubleValue();
        double y = node.get(1).doubleValue();
        return Optional.of(
                new Box(x, y, x + node.get(2).doubleValue(), y + node.get(3).doubleValue()));
    }

    private static String faultOfBox(JsonNode node) {
        if (!node.isArray() || node.size() != 4) {
            return "is no list of four numbers";
        }
        for (var one : node) {
            if (!one.isNumber() || !Double.isFinite(one.doubleValue())) {
                return "holds " + one + ", which is no finite number";
            }
        }
        double width = node.get(2).doubleValue();
        double height = node.get(3).doubleValue();
        if (!(width > 0 && height > 0)) {
            return "has no area: " + node;
        }
        return Double.isFinite(node.get(0).doubleValue() + width)
                        && Double.isFinite(node.get(1).doubleValue() + height)
                ? ""
                : "ends beyond every number";
    }

    /// The part of a box inside of the image; empty, with a finding, where there is none.
    Optional<Box> inside(JsonItem item, Box box, Size image) {
        var inside = box.intersection(image.toBox());
        if (inside.isEmpty()) {
            findings.error(item.place(), "the box lies outside of the image");
            return Optional.empty();
        }
        Box cut = inside.get();
        if (cut.xMin() - box.xMin() > ROUNDING
                || cut.yMin() - box.yMin() > ROUNDING
                || box.xMax() - cut.xMax() > ROUNDING
                || box.yMax() - cut.yMax() > ROUNDING) {
            findings.warning(
                    item.place(), "the box reaches over the image's edge and is cut there");
        }
        return inside;
    }

    /// What a segmentation draws; empty where there is none, or with a finding where it is not usable.
    Optional<Region> segmentation(JsonItem item, Size image) {
        return switch (item.segmentation()) {
            case RawSegmentation.None _ -> Optional.empty();
            case RawSegmentation.Unusable(var reason) -> {
                findings.warning(item.place(), "the segmentation " + reason);
                yield Optional.empty();
            }
            case RawSegmentation.Rings(var rings, boolean nested) -> {
                if (!nested) {
                    findings.warning(
                            item.place(),
                            "the segmentation is one flat list, taken as one outline");
                }
                yield outlines(item, rings, image);
            }
            case RawSegmentation.Runs(int height, int width, var counts) ->
                    mask(item, new Size(width, height), image)
                            ? drawn(item, () -> Mask.fromRunLengths(width, height, counts))
                            : Optional.empty();
            case RawSegmentation.Compressed(int height, int width, var counts) -> {
                if (!mask(item, new Size(width, height), image)) {
                    yield Optional.empty();
                }
                if (counts.length() > CHARACTERS_PER_RUN * (image.pixelCount() + 2)) {
                    findings.warning(item.place(), "the segmentation has more runs than pixels");
                    yield Optional.empty();
                }
                yield drawn(item, () -> Mask.fromCocoCompressed(image, counts));
            }
        };
    }

    /// Whether a mask has the size of its image, which is bounded; nothing is drawn before that is known.
    private boolean mask(JsonItem item, Size size, Size image) {
        if (!size.equals(image)) {
            findings.warning(
                    item.place(),
                    "the segmentation is for %s pixels, the picture has %s".formatted(size, image));
            return false;
        }
        return true;
    }

    @FunctionalInterface
    private interface Drawing {
        Mask draw();
    }

    private Optional<Region> drawn(JsonItem item, Drawing drawing) {
        Mask mask;
        try {
            mask = drawing.draw();
        } catch (IllegalArgumentException e) {
            findings.warning(item.place(), "the segmentation is damaged: " + e.getMessage());
            return Optional.empty();
        }
        if (mask.isEmpty()) {
            findings.warning(item.place(), "the segmentation covers no pixel");
            return Optional.empty();
        }
        return Optional.of(mask);
    }

    private Optional<Region> outlines(JsonItem item, List<double[]> rings, Size image) {
        var parts = new ArrayList<Polygon>();
        int left = 0;
        for (double[] ring : rings) {
            var fault = faultOf(ring);
            if (fault.isPresent()) {
                findings.warning(item.place(), fault.get());
                left++;
            } else {
                parts.add(polygon(ring));
            }
        }
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        if (left > 0) {
            findings.warning(item.place(), left + " outlines of " + rings.size() + " are left out");
        }
        Region region = parts.size() == 1 ? parts.getFirst() : new MultiPolygon(parts);
        if (region.bounds().isEmpty() || region.bounds().intersection(image.toBox()).isEmpty()) {
            findings.warning(item.place(), "the outline covers nothing of the image");
            return Optional.empty();
        }
        if (InnerRings.any(parts)) {
            findings.warning(
                    item.place(), "an outline inside of another is no hole in COCO: it is filled");
        }
        return Optional.of(region);
    }

    private static Optional<String> faultOf(double[] ring) {
        if (ring.length % 2 != 0) {
            return Optional.of("an outline has an odd number of values: " + ring.length);
        }
        if (ring.length < 6) {
            return Optional.of("an outline has fewer than three points");
        }
        for (double value : ring) {
            if (!Double.isFinite(value)) {
                return Optional.of("an outline holds " + value);
            }
        }
        return Optional.empty();
    }

    private static Polygon polygon(double[] ring) {
        var points = new ArrayList<Point>(ring.length / 2);
        for (int i = 0; i < ring.length; i += 2) {
            points.add(new Point(ring[i], ring[i + 1]));
        }
        return new Polygon(points);
    }
}

package org.palimpsest.evaluation.detection;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.CocoPolygonRaster;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;

/// Feeds an evaluation with COCO's files.
final class CocoFiles {
    private CocoFiles() {}

    static CocoEvaluation evaluate(OverlapKind kind, JsonNode truth, JsonNode detections) {
        var sizes = new HashMap<Long, Size>();
        for (var image : truth.path("images")) {
            sizes.put(
                    image.path("id").asLong(),
                    new Size(image.path("width").asInt(), image.path("height").asInt()));
        }
        Map<Long, List<GroundTruth>> truthByImage = new HashMap<>();
        for (var object : truth.path("annotations")) {
            long image = object.path("image_id").asLong();
            truthByImage
                    .computeIfAbsent(image, _ -> new ArrayList<>())
                    .add(
                            new GroundTruth(
                                    object.path("category_id").asText(),
                                    region(kind, object, sizes.get(image)),
                                    object.path("area").asDouble(),
                                    object.path("iscrowd").asInt() == 1));
        }
        Map<Long, List<Detection>> detectionsByImage = new HashMap<>();
        for (var detection : detections) {
            long image = detection.path("image_id").asLong();
            detectionsByImage
                    .computeIfAbsent(image, _ -> new ArrayList<>())
                    .add(
                            new Detection(
                                    detection.path("category_id").asText(),
                                    region(kind, detection, sizes.get(image)),
                                    detection.path("score").asDouble()));
        }
        var evaluation = new CocoEvaluation(kind);
        for (long image : sizes.keySet()) { // in no order
            evaluation.add(
                    image,
                    truthByImage.getOrDefault(image, List.of()),
                    detectionsByImage.getOrDefault(image, List.of()));
        }
        return evaluation;
    }

    private static Region region(OverlapKind kind, JsonNode object, Size size) {
        return switch (kind) {
            case BOXES -> box(object.path("bbox"));
            case MASKS -> mask(object.path("segmentation"), size);
        };
    }

    static Box box(JsonNode values) {
        double x = values.get(0).asDouble();
        double y = values.get(1).asDouble();
        return new Box(x, y, x + values.get(2).asDouble(), y + values.get(3).asDouble());
    }

    static Mask mask(JsonNode segmentation, Size size) {
        if (segmentation.isArray()) {
            return CocoPolygonRaster.draw(
                    StreamSupport.stream(segmentation.spliterator(), false)
                            .map(CocoFiles::ring)
                            .toList(),
                    size);
        }
        var counts = segmentation.path("counts");
        return counts.isTextual()
                ? Mask.fromCocoCompressed(size, counts.textValue())
                : Mask.fromRunLengths(
                        size.width(),
                        size.height(),
                        StreamSupport.stream(counts.spliterator(), false)
                                .mapToInt(JsonNode::asInt)
                                .toArray());
    }

    static List<Point> ring(JsonNode values) {
        return IntStream.range(0, values.size() / 2)
                .mapToObj(i ->
                        new Point(values.get(2 * i).asDouble(), values.get(2 * i + 1).asDouble()))
                .toList();
    }
}

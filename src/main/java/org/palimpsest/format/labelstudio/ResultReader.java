package org.palimpsest.format.labelstudio;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.format.FindingList;
import org.palimpsest.format.Frame;
import org.palimpsest.format.shape.JsonParts;
import org.palimpsest.format.shape.Names;
import org.palimpsest.format.shape.Shapes;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;

/// Makes annotations of the results of one task.
final class ResultReader {
    private static final int MOST_TEXT = 1_000_000;
    private static final List<String> LABEL_KEYS =
            List.of("rectanglelabels", "polygonlabels", "brushlabels", "ellipselabels", "labels");

    private final DatasetImport data;
    private final FindingList findings;
    private final String fileName;
    private final ImageEntry image;
    private final List<ObjectAnnotation> objects = new ArrayList<>();
    private final List<TextAnnotation> texts = new ArrayList<>();
    private final Set<String> tags = new TreeSet<>();

    ResultReader(DatasetImport data, String fileName, ImageEntry image) {
        this.data = data;
        this.findings = data.findings();
        this.fileName = fileName;
        this.image = image;
    }

    List<ObjectAnnotation> objects() {
        return objects;
    }

    List<TextAnnotation> texts() {
        return texts;
    }

    /// What was chosen for the image as a whole.
    Set<String> tags() {
        return tags;
    }

    void read(String task, JsonNode results, ReviewState review) {
        for (var result : results) {
            String place = task + " region " + result.path("id").asText("?");
            var value = result.path("value");
            switch (result.path("type").asText("")) {
                case "textarea" -> addTexts(result, review);
                case "choices" -> {
                    for (var choice : value.path("choices")) {
                        Names.label(choice.asText("")).ifPresent(tags::add);
                    }
                }
                case "relation" -> findings.error(place, "relations are left out");
                default -> addObject(place, result, value, review);
            }
        }
    }

    private Provenance provenance(OptionalDouble score) {
        return new Provenance.Imported(LabelStudioFormat.TITLE, fileName, score);
    }

    private void addTexts(JsonNode result, ReviewState review) {
        var found = result.path("value").path("text");
        String prompt = TextNames.prompt(result.path("from_name").asText(""));
        Iterable<JsonNode> all = found.isTextual() ? List.of(found) : found;
        for (var text : all) {
            if (text.isTextual() && text.textValue().length() <= MOST_TEXT) {
                texts.add(
                        TextAnnotation.of(
                                        prompt,
                                        text.textValue(),
                                        provenance(OptionalDouble.empty()))
                                .withReview(review));
            }
        }
    }

    private void addObject(String place, JsonNode result, JsonNode value, ReviewState review) {
        var label = label(place, value);
        if (label.isEmpty()) {
            findings.error(place, "the region has no usable label");
            return;
        }
        var stated = size(result);
        var frame = Frame.of(image, stated, data.options().frame().orElse(Frame.UPRIGHT));
        var size = frame.size(image);
        if (stated.isPresent() && !stated.get().equals(size)) {
            findings.warning(
                    place, "the task says the image is %s, it is %s".formatted(stated.get(), size));
        }
        if (result.path("image_rotation").asDouble(0) != 0) {
            findings.error(place, "the region was drawn on a turned image");
            return;
        }
        var region = region(place, value, size);
        if (region == null) {
            return;
        }
        var attributes = new TreeMap<String, String>();
        if (result.has("meta")) {
            JsonParts.keep(attributes, "meta", result.get("meta"));
        }
        objects.add(
                ObjectAnnotation.of(
                                label.get(),
                                frame.upright(image, region),
                                provenance(score(place, result)))
                        .withReview(review)
                        .withAttributes(attributes));
    }

    private Optional<String> label(String place, JsonNode value) {
        for (var key : LABEL_KEYS) {
            var labels = value.path(key);
            if (labels.size() > 1) {
                findings.warning(place, "of several labels the first is taken");
            }
            if (labels.size() > 0) {
                return Names.label(labels.get(0).asText(""));
            }
        }
        return Optional.empty();
    }

    private OptionalDouble score(String place, JsonNode result) {
        var score = JsonParts.number(result.get("score"));
        if (score.isPresent() && !(score.getAsDouble() >= 0 && score.getAsDouble() <= 1)) {
            findings.warning(place, "the score is not between 0 and 1 and is left out");
            return OptionalDouble.empty();
        }
        return score;
    }

    private static Optional<Size> size(JsonNode result) {
        int width = result.path("original_width").asInt(0);
        int height = result.path("original_height").asInt(0);
        return width > 0 && height > 0 ? Optional.of(new Size(width, height)) : Optional.empty();
    }

    private @Nullable Region region(String place, JsonNode value, Size size) {
        if (value.has("rle")) {
            return brush(place, value.get("rle"), size);
        }
        if (value.has("points")) {
            return polygon(place, value.get("points"), size);
        }
        if (value.has("radiusX")) {
            return ellipse(place, value, size);
        }
        if (value.has("width") && value.has("height")) {
            return rectangle(place, value, size);
        }
        findings.error(place, "the region has no area");
        return null;
    }

    private @Nullable Region brush(String place, JsonNode rle, Size size) {
        byte[] packed = new byte[rle.size()];
        int used = 0;
        for (var octet : rle) {
            packed[used++] = (byte) octet.asInt(0);
        }
        try {
            var mask = BrushRuns.decode(packed, size);
            if (mask.isEmpty()) {
                findings.error(place, "the mask has no pixel");
                return null;
            }
            return mask;
        } catch (IOException e) {
            findings.error(place, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private @Nullable Region polygon(String place, JsonNode value, Size size) {
        var points = JsonParts.points(value);
        if (points.isEmpty() || points.get().size() < 3) {
            findings.error(place, "the outline is not three pairs of numbers or more");
            return null;
        }
        return new Polygon(
                points.get().stream()
                        .map(point -> point.scale(size.width() / 100.0, size.height() / 100.0))
                        .toList());
    }

    private @Nullable Region ellipse(String place, JsonNode value, Size size) {
        double x = number(value, "x") * size.width() / 100;
        double y = number(value, "y") * size.height() / 100;
        double radiusX = number(value, "radiusX") * size.width() / 100;
        double radiusY = number(value, "radiusY") * size.height() / 100;
        if (!Double.isFinite(x + y) || !(radiusX > 0 && radiusY > 0 && radiusX + radiusY < 1e12)) {
            findings.error(place, "the ellipse is empty");
            return null;
        }
        findings.warning(place, "the ellipse becomes an outline");
        var center = new Point(x, y);
        return Shapes.turned(Shapes.ellipse(center, radiusX, radiusY), center, rotation(value));
    }

    private @Nullable Region rectangle(String place, JsonNode value, Size size) {
        double x = number(value, "x") * size.width() / 100;
        double y = number(value, "y") * size.height() / 100;
        double width = number(value, "width") * size.width() / 100;
        double height = number(value, "height") * size.height() / 100;
        if (!(width > 0 && height > 0) || !Double.isFinite(x + y + width + height)) {
            findings.error(place, "the width or height of a rectangle is not positive");
            return null;
        }
        var box = new Box(x, y, x + width, y + height);
        double rotation = rotation(value);
        if (rotation == 0) {
            return Shapes.clip(box, size, place, findings).orElse(null);
        }
        // Turned about its upper left corner (label-studio-sdk, converter/utils.py).
        findings.warning(place, "the turned rectangle becomes an outline");
        return Shapes.turned(box, new Point(x, y), rotation);
    }

    private static double rotation(JsonNode value) {
        return JsonParts.number(value.get("rotation")).orElse(0) % 360;
    }

    private static double number(JsonNode value, String key) {
        return JsonParts.number(value.get(key)).orElse(Double.NaN);
    }
}

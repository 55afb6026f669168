package org.palimpsest.project;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// The figures of an evaluation as a project keeps them, and as they are written into a file.
///
/// @param model the model's name
/// @param checkpoint hash of its weights
/// @param images how many were asked about
/// @param skipped images of which nobody has said what is true
/// @param questions how many prompts were answered
/// @param effort what it takes to correct the answers, by name
public record EvaluationFigures(
        String model,
        String checkpoint,
        long images,
        long skipped,
        long questions,
        List<Figure> metrics,
        List<LabelFigures> labels,
        Map<String, Double> effort) {
    /// The name under which [#effort] has the edits that an image takes on average.
    public static final String ACTIONS_PER_IMAGE = "actions_per_image";

    /// The name under which [#effort] has how many edits fewer that is than drawing everything.
    public static final String ACTIONS_SAVED = "actions_saved_per_image";

    private static final ObjectMapper JSON = new ObjectMapper();

    public EvaluationFigures {
        metrics = List.copyOf(metrics);
        labels = List.copyOf(labels);
        effort = Collections.unmodifiableMap(new LinkedHashMap<>(effort));
    }

    /// One figure.
    ///
    /// @param task what was asked, such as `detect` or `caption en`
    /// @param name its usual name, such as `AP50`
    /// @param count of how many objects, texts or answers
    public record Figure(
            String task, String name, double value, long count, Optional<Range> interval) {
        /// Whether the other figure means the same.
        public boolean isLike(Figure other) {
            return task.equals(other.task) && name.equals(other.name);
        }
    }

    /// Where a figure would lie for most other samples of images.
    ///
    /// @param level the share of samples for which it does
    public record Range(double low, double high, double level) {}

    /// How well one label is found; NaN where a figure is not known.
    ///
    /// @param objects how many there are
    /// @param predicted how many were claimed
    /// @param ap average precision over the overlaps 0.5 to 0.95
    /// @param ap50 at an overlap of 0.5
    /// @param precision at an overlap of 0.5, as are the following
    /// @param meanIou mean overlap of what was found
    public record LabelFigures(
            String label,
            long objects,
            long predicted,
            double ap,
            double ap50,
            double precision,
            double recall,
            double f1,
            double meanIou) {}

    /// The figure of this task and name.
    public OptionalDouble value(String task, String name) {
        return metrics.stream()
                .filter(one -> one.task().equals(task) && one.name().equals(name))
                .mapToDouble(Figure::value)
                .findFirst();
    }

    /// The figures of a label.
    public Optional<LabelFigures> label(String name) {
        return labels.stream().filter(one -> one.label().equals(name)).findFirst();
    }

    /// As one JSON object.
    public String toJson() {
        var root = JSON.createObjectNode();
        root.put("model", model);
        root.put("checkpoint", checkpoint);
        root.put("images", images);
        root.put("skipped", skipped);
        root.put("questions", questions);
        var all = root.putArray("metrics");
        for (var metric : metrics) {
            var one = all.addObject();
            one.put("task", metric.task());
            one.put("name", metric.name());
            putFinite(one, "value", metric.value());
            one.put("count", metric.count());
            metric.interval()
                    .ifPresent(range -> {
                        one.putArray("interval").add(range.low()).add(range.high());
                        one.put("level", range.level());
                    });
        }
        var rows = root.putArray("labels");
        labels.forEach(label -> put(rows.addObject(), label));
        var work = root.putObject("effort");
        effort.forEach((name, value) -> putNumber(work, name, value));
        try {
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Figures are always JSON", e);
        }
    }

    private static void put(ObjectNode one, LabelFigures label) {
        one.put("label", label.label());
        one.put("objects", label.objects());
        one.put("predicted", label.predicted());
        putFinite(one, "ap", label.ap());
        putFinite(one, "ap50", label.ap50());
        putFinite(one, "precision", label.precision());
        putFinite(one, "recall", label.recall());
        putFinite(one, "f1", label.f1());
        putFinite(one, "mean_iou", label.meanIou());
    }

    /// Counts are written as whole numbers.
    private static void putNumber(ObjectNode node, String name, double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1L << 53 && !name.contains("_per_")) {
            node.put(name, (long) value);
        } else {
            putFinite(node, name, value);
        }
    }

    /// JSON has no NaN.
    private static void putFinite(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        }
    }

    /// Reads what [#toJson] wrote, also what an earlier version did; empty where it is no such thing.
    public static Optional<EvaluationFigures> parse(String json) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
        if (!root.isObject() || !root.path("metrics").isArray()) {
            return Optional.empty();
        }
        var metrics = new ArrayList<Figure>();
        for (var one : root.path("metrics")) {
            metrics.add(figure(one));
        }
        var labels = new ArrayList<LabelFigures>();
        for (var one : root.path("labels")) {
            labels.add(label(one));
        }
        var effort = new LinkedHashMap<String, Double>();
        root.path("effort")
                .properties()
                .forEach(entry -> effort.put(entry.getKey(), entry.getValue().asDouble()));
        return Optional.of(
                new EvaluationFigures(
                        root.path("model").asText(),
                        root.path("checkpoint").asText(),
                        root.path("images").asLong(),
                        root.path("skipped").asLong(),
                        root.path("questions").asLong(),
                        metrics,
                        labels,
                        effort));
    }

    private static Figure figure(JsonNode one) {
        var bounds = one.path("interval");
        return new Figure(
                one.path("task").asText(),
                one.path("name").asText(),
                number(one, "value"),
                one.path("count").asLong(),
                bounds.size() == 2
                        ? Optional.of(
                                new Range(
                                        bounds.get(0).asDouble(),
                                        bounds.get(1).asDouble(),
                                        one.path("level").asDouble()))
                        : Optional.empty());
    }

    /// An earlier version kept neither F1 nor the mean overlap; the first follows from what it kept.
    private static LabelFigures label(JsonNode one) {
        double precision = number(one, "precision");
        double recall = number(one, "recall");
        double sum = precision + recall;
        double f1 = sum == 0 ? 0 : 2 * precision * recall / sum;
        return new LabelFigures(
                one.path("label").asText(),
                one.path("objects").asLong(),
                one.path("predicted").asLong(),
                number(one, "ap"),
                number(one, "ap50"),
                precision,
                recall,
                one.has("f1") ? number(one, "f1") : f1,
                number(one, "mean_iou"));
    }

    private static double number(JsonNode node, String name) {
        return node.path(name).asDouble(Double.NaN);
    }
}

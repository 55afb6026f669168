package org.palimpsest.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.palimpsest.batch.EvaluationReport;
import org.palimpsest.batch.Metric;
import org.palimpsest.batch.PublishedFigures;
import org.palimpsest.evaluation.effort.CorrectionEffort;
import org.palimpsest.project.ProjectEvaluations;

/// Writes an evaluation as a table and as JSON.
///
/// @param model the model's name
/// @param checkpoint hash of its weights
record EvaluationPrinter(String model, String checkpoint, EvaluationReport report) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// @param before the evaluation that this one is held against, or none
    void print(PrintStream out, List<ProjectEvaluations.Entry> before)
            throws JsonProcessingException {
        out.printf(
                "%s (%s): %d images, %d questions%s%n%n",
                model,
                checkpoint,
                report.images(),
                report.questions(),
                report.skipped() == 0
                        ? ""
                        : ", "
                                + report.skipped()
                                + " images left out because nobody has said what is true");
        var earlier = before.isEmpty() ? Map.<String, Double>of() : values(before.getFirst());
        for (var metric : report.metrics()) {
            out.printf(
                    Locale.ROOT,
                    "%-14s %-22s %8.3f%s%s%n",
                    metric.task(),
                    metric.name(),
                    metric.value(),
                    metric.interval()
                            .map(range ->
                                    String.format(
                                            Locale.ROOT,
                                            "  [%.3f, %.3f]",
                                            range.low(),
                                            range.high()))
                            .orElse(""),
                    difference(earlier.get(key(metric)), metric.value()));
        }
        printLabels(out);
        printEffort(out);
        printPublished(out);
        if (!before.isEmpty()) {
            out.printf(
                    "%nDifferences are to %s of %s.%n",
                    before.getFirst().model(), before.getFirst().at());
        }
    }

    private static String difference(@Nullable Double before, double now) {
        return before == null ? "" : String.format(Locale.ROOT, "  %+.3f", now - before);
    }

    private void printLabels(PrintStream out) {
        if (report.labels().isEmpty()) {
            return;
        }
        out.printf(
                "%n%-20s %8s %8s %8s %9s %8s%n",
                "label", "objects", "AP", "AP50", "precision", "recall");
        for (var label : report.labels()) {
            out.printf(
                    Locale.ROOT,
                    "%-20s %8d %8.3f %8.3f %9.3f %8.3f%n",
                    label.label(),
                    label.objects(),
                    label.ap(),
                    label.ap50(),
                    label.precision(),
                    label.recall());
        }
    }

    private void printEffort(PrintStream out) {
        CorrectionEffort correcting = report.effort().correcting();
        out.printf(
                Locale.ROOT,
                "%nCorrecting takes %.2f actions an image (%d objects to add, %d to remove, %d to"
                        + " rename, %d to move or reshape; %d texts to write, %d to change), %.2f from"
                        + " nothing: the model saves %.2f.%n",
                correcting.actionsPerImage(),
                correcting.objectsAdded(),
                correcting.objectsRemoved(),
                correcting.objectsRelabelled(),
                correcting.boxesMoved() + correcting.masksReshaped(),
                correcting.textsAdded(),
                correcting.textsChanged(),
                report.effort().drawing().actionsPerImage(),
                report.effort().actionsSavedPerImage());
    }

    private void printPublished(PrintStream out) {
        var figures = PublishedFigures.of(report);
        if (figures.isEmpty()) {
            return;
        }
        out.println();
        out.println(
                "Published for fine-tuned PaliGemma 3B at 224, 448, 896 pixels, on other images:");
        for (var figure : figures) {
            out.printf(
                    "%-14s %-22s %s  %s%n",
                    figure.task(),
                    figure.name(),
                    figure.values().stream()
                            .map(value -> String.format(Locale.ROOT, "%.3f", value))
                            .collect(Collectors.joining(", ")),
                    figure.data());
        }
    }

    private static String key(Metric metric) {
        return metric.task() + "\n" + metric.name();
    }

    private static Map<String, Double> values(ProjectEvaluations.Entry entry)
            throws JsonProcessingException {
        var values = new HashMap<String, Double>();
        for (JsonNode metric : JSON.readTree(entry.result()).path("metrics")) {
            values.put(
                    metric.path("task").asText() + "\n" + metric.path("name").asText(),
                    metric.path("value").asDouble());
        }
        return values;
    }

    String toJson() throws JsonProcessingException {
        ObjectNode root = JSON.createObjectNode();
        root.put("model", model);
        root.put("checkpoint", checkpoint);
        root.put("images", report.images());
        root.put("skipped", report.skipped());
        root.put("questions", report.questions());
        var metrics = root.putArray("metrics");
        for (var metric : report.metrics()) {
            var one = metrics.addObject();
            one.put("task", metric.task());
            one.put("name", metric.name());
            one.put("value", metric.value());
            one.put("count", metric.count());
            metric.interval()
                    .ifPresent(range -> {
                        var bounds = one.putArray("interval");
                        bounds.add(range.low());
                        bounds.add(range.high());
                        one.put("level", range.level());
                    });
        }
        var labels = root.putArray("labels");
        for (var label : report.labels()) {
            var one = labels.addObject();
            one.put("label", label.label());
            one.put("objects", label.objects());
            putFinite(one, "ap", label.ap());
            putFinite(one, "ap50", label.ap50());
            one.put("precision", label.precision());
            one.put("recall", label.recall());
        }
        var effort = root.putObject("effort");
        var correcting = report.effort().correcting();
        effort.put("actions_per_image", correcting.actionsPerImage());
        effort.put("actions_from_nothing", report.effort().drawing().actionsPerImage());
        effort.put("actions_saved_per_image", report.effort().actionsSavedPerImage());
        effort.put("objects_added", correcting.objectsAdded());
        effort.put("objects_removed", correcting.objectsRemoved());
        effort.put("objects_relabelled", correcting.objectsRelabelled());
        effort.put("boxes_moved", correcting.boxesMoved());
        effort.put("masks_reshaped", correcting.masksReshaped());
        effort.put("mean_changed_iou", correcting.meanChangedIou());
        effort.put("texts_added", correcting.textsAdded());
        effort.put("texts_removed", correcting.textsRemoved());
        effort.put("texts_changed", correcting.textsChanged());
        effort.put("characters_typed", correcting.charactersTyped());
        return JSON.writeValueAsString(root);
    }

    /// JSON has no NaN.
    private static void putFinite(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        }
    }
}

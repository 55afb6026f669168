package org.palimpsest.cli;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.palimpsest.batch.Evaluation;
import org.palimpsest.batch.Metric;
import org.palimpsest.batch.PublishedFigures;
import org.palimpsest.evaluation.effort.CorrectionEffort;
import org.palimpsest.project.EvaluationFigures;
import org.palimpsest.project.ProjectEvaluations;

/// Writes an evaluation as a table.
record EvaluationPrinter(Evaluation evaluation) {

    /// @param before the evaluation that this one is held against, or none
    void print(PrintStream out, List<ProjectEvaluations.Entry> before) {
        var report = evaluation.report();
        out.printf(
                "%s (%s): %d images, %d questions%s%n%n",
                evaluation.model(),
                evaluation.checkpoint(),
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
        var report = evaluation.report();
        if (report.labels().isEmpty()) {
            return;
        }
        out.printf(
                "%n%-20s %8s %8s %8s %9s %8s %8s %8s%n",
                "label", "objects", "AP", "AP50", "precision", "recall", "F1", "mIoU");
        for (var label : report.labels()) {
            out.printf(
                    Locale.ROOT,
                    "%-20s %8d %8.3f %8.3f %9.3f %8.3f %8.3f %8.3f%n",
                    label.label(),
                    label.objects(),
                    label.ap(),
                    label.ap50(),
                    label.precision(),
                    label.recall(),
                    label.f1(),
                    label.meanIou());
        }
    }

    private void printEffort(PrintStream out) {
        var report = evaluation.report();
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
        var figures = PublishedFigures.of(evaluation.report());
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

    private static Map<String, Double> values(ProjectEvaluations.Entry entry) {
        var values = new HashMap<String, Double>();
        EvaluationFigures.parse(entry.result()).stream()
                .flatMap(figures -> figures.metrics().stream())
                .forEach(
                        figure -> values.put(figure.task() + "\n" + figure.name(), figure.value()));
        return values;
    }
}

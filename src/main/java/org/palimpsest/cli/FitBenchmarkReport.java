package org.palimpsest.cli;

import java.io.PrintStream;
import java.util.Locale;
import org.palimpsest.benchmark.fit.FitExperiment;
import org.palimpsest.benchmark.fit.FitScores;

/// Prints what the experiments of fine-tuning found, as a table for docs/performance.md.
final class FitBenchmarkReport {
    private final PrintStream out;

    FitBenchmarkReport(PrintStream out) {
        this.out = out;
    }

    void print(FitExperiment.Report report) {
        String fresh = String.join(", ", report.newLabels());
        out.printf(
                "New: %s; new colours: %s. Edits: in brackets, boxes that overlap by %s are left"
                        + " alone.%n%n",
                fresh, String.join(", ", report.newColors()), FitScores.CLOSE_ENOUGH);
        out.printf(
                "| corrected images | examples | F1@0.5 of %s | F1@0.5, all labels | edits per image | fewer edits |"
                        + " new colour named | old scenes: F1@0.5 | old scenes: edits per image | steps | steps/s |"
                        + " peak memory |%n",
                fresh);
        out.println("|" + " ---: |".repeat(12));
        var before = report.rows().getFirst();
        for (var row : report.rows()) {
            double edits = row.held().effort().actionsPerImage();
            double patient = row.held().patientEffort().actionsPerImage();
            out.printf(
                    Locale.ROOT,
                    "| %s | %d | %.3f | %.3f | %.2f (%.2f) | %s | %.2f | %.3f%s | %.2f (%.2f) | %d | %s | %s |%n",
                    row.scenes() == 0 ? "none" : Integer.toString(row.scenes()),
                    row.examples(),
                    report.newLabels().stream()
                            .mapToDouble(row.held()::f1)
                            .average()
                            .orElse(Double.NaN),
                    row.held().f1(),
                    edits,
                    patient,
                    row.scenes() == 0
                            ? "–"
                            : fewer(before.held().effort().actionsPerImage(), edits)
                                    + " ("
                                    + fewer(
                                            before.held().patientEffort().actionsPerImage(),
                                            patient)
                                    + ")",
                    row.held().newColor().share(),
                    row.known().f1(),
                    row.scenes() == 0
                            ? ""
                            : String.format(
                                    Locale.ROOT,
                                    " (%+.3f)",
                                    row.known().f1() - before.known().f1()),
                    row.known().effort().actionsPerImage(),
                    row.known().patientEffort().actionsPerImage(),
                    row.steps(),
                    row.seconds() > 0
                            ? String.format(Locale.ROOT, "%.2f", row.steps() / row.seconds())
                            : "–",
                    row.peakBytes().isPresent()
                            ? String.format(
                                    Locale.ROOT,
                                    "%.2f GiB",
                                    row.peakBytes().getAsLong() / (double) (1L << 30))
                            : "–");
        }
        out.printf("%n%,d numbers are trained.%n", report.rows().getLast().trainedValues());
        out.flush();
    }

    private static String fewer(double before, double now) {
        return before == 0
                ? "–"
                : String.format(Locale.ROOT, "%.0f %%", 100 * (before - now) / before);
    }
}

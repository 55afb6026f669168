package org.palimpsest.cli;

import java.io.PrintStream;
import java.util.Locale;
import org.palimpsest.benchmark.fit.FitCost;

/// Prints what steps of fine-tuning cost, line by line, as a table for docs/performance.md.
final class FitCostReport {
    private static final double MEBIBYTE = 1 << 20;

    private final PrintStream out;
    private boolean begun;

    FitCostReport(PrintStream out) {
        this.out = out;
    }

    void print(FitCost.Row row) {
        if (!begun) {
            begun = true;
            out.println(
                    "| trained | numbers | text tokens | micro-batch | layers | ms/step | processor ms | steps/s | examples/s |"
                            + " matrix products | memory | estimated |");
            out.println("| --- |" + " ---: |".repeat(3) + " --- |" + " ---: |".repeat(7));
        }
        var measured = row.measured();
        out.printf(
                Locale.ROOT,
                "| %s | %,d | %d | %d | %s | %.0f | %.0f | %.3f | %.3f | %.0f %% | %s | %s |%n",
                measured.trained().words(),
                row.trainedValues(),
                measured.text(),
                measured.examples(),
                measured.recompute() ? "recomputed" : "kept",
                1000 * row.seconds(),
                1000 * row.processorSeconds(),
                1 / row.seconds(),
                row.examplesPerSecond(),
                100 * row.productShare(),
                row.memory().isPresent() ? megabytes(row.memory().getAsLong()) : "–",
                megabytes(row.estimatedMemory()));
        out.flush();
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%,.0f MiB", bytes / MEBIBYTE);
    }
}

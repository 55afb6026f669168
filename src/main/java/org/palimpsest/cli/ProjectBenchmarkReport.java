package org.palimpsest.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.palimpsest.benchmark.ProjectBenchmark;
import org.palimpsest.benchmark.ProjectBenchmark.Timing;

/// Prints how a large project behaves, as a table.
final class ProjectBenchmarkReport {
    private final PrintStream output;

    ProjectBenchmarkReport(PrintStream output) {
        this.output = output;
    }

    void print(ProjectBenchmark.Report report) {
        line(
                "%,d images with %,d annotations: made in %.0f s, %.0f MB",
                report.images(),
                report.annotations(),
                report.createSeconds(),
                report.fileBytes() / 1e6);
        line("%-62s %9s %9s %9s", "milliseconds", "median", "high", "images");
        table(List.of(report.open()));
        line("Filters, first page of 200 and number of images; high is the worst of 5");
        table(report.filters());
        line("Edits, forced to the disk; high is the 99th percentile of 500");
        table(report.edits());
        line(
                "All images read: %,.0f images/s, heap at most %.0f MB",
                report.imagesPerSecond(), report.heapBytes() / 1e6);
    }

    private void table(List<Timing> timings) {
        for (var timing : timings) {
            line(
                    "%-62s %9.2f %9.2f %9s",
                    timing.name(),
                    timing.median(),
                    timing.high(),
                    timing.count() < 0 ? "" : String.valueOf(timing.count()));
        }
    }

    private void line(String format, Object... values) {
        output.println(String.format(Locale.ROOT, format, values).stripTrailing());
    }
}

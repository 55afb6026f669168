package org.palimpsest.ui.exchange;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.ExportOptions;
import org.palimpsest.format.ExportPreview;
import org.palimpsest.format.Exporter;
import org.palimpsest.format.Finding;
import org.palimpsest.format.jsonl.PaliGemmaFormat;
import org.palimpsest.format.lint.LintOptions;
import org.palimpsest.format.lint.LintReport;
import org.palimpsest.format.lint.LintTarget;
import org.palimpsest.format.lint.Linter;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.ui.support.Texts;

/// Writes an export and says in words what came of it. A trainer's files are checked as its reader would see them.
final class ExportRun {
    private static final int MOST_LINES = 200;

    private ExportRun() {}

    /// @return empty where it was cancelled; then nothing was written
    static Optional<Report> run(
            DatasetFormat format,
            Dataset data,
            Path target,
            ExportOptions options,
            Progress progress)
            throws ProblemException {
        try {
            var done =
                    Exporter.export(
                            format, TrainerData.of(format, data), target, options, progress);
            var lines = new ArrayList<String>();
            done.preview().losses().stream().map(ExportPreview.Loss::toString).forEach(lines::add);
            addFindings(lines, done.report().findings(), done.report().moreFindings());
            if (format instanceof PaliGemmaFormat trainer) {
                var lint =
                        Linter.lint(
                                target,
                                LintTarget.of(trainer.flavor()),
                                LintOptions.DEFAULT,
                                progress);
                lint.groups().stream().map(ExportRun::words).forEach(lines::add);
            }
            return Optional.of(
                    new Report(
                            Texts.get("exchange.done", done.report().examples(), target),
                            lines,
                            target));
        } catch (ProblemException e) {
            if (progress.isCancelled()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    static void addFindings(List<String> lines, List<Finding> findings, long more) {
        findings.stream().limit(MOST_LINES).map(Finding::toString).forEach(lines::add);
        long left = Math.max(0, findings.size() - MOST_LINES) + more;
        if (left > 0) {
            lines.add(Texts.get("exchange.moreFindings", left));
        }
    }

    private static String words(LintReport.Group group) {
        var first = group.first().isEmpty() ? "" : ": " + group.first().getFirst();
        return Texts.get("exchange.lint", group.count(), group.severity().name()) + first;
    }
}

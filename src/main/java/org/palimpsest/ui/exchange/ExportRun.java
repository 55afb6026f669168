package org.palimpsest.ui.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.format.Exporter;
import org.palimpsest.format.Finding;
import org.palimpsest.format.ImagesMode;
import org.palimpsest.format.StagedExport;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.Project;
import org.palimpsest.ui.support.Texts;

/// Checks an export and writes it, and says in words what came of it.
///
/// All of it is written into a hidden folder beside the target and looked at there; only then it gets its name.
final class ExportRun {
    private static final int MOST_LINES = 200;

    private ExportRun() {}

    /// How far an export goes.
    enum Aim {
        /// Looks and writes nothing.
        CHECK,
        /// Writes where the check finds no errors.
        WRITE,
        /// Writes whatever the check found before.
        WRITE_ANYWAY
    }

    /// What came of it.
    ///
    /// @param check what was found; empty where nobody looked or it was cancelled
    /// @param report what was written; empty where nothing was
    record Outcome(Optional<ExportCheck> check, Optional<Report> report) {
        static final Outcome CANCELLED = new Outcome(Optional.empty(), Optional.empty());
    }

    /// @return nothing where it was cancelled; then nothing was written
    static Outcome run(ExportOrder order, Project project, Path target, Aim aim, Progress progress)
            throws ProblemException {
        var checked = new AtomicReference<@Nullable ExportCheck>();
        StagedExport.Inspection inspection =
                staged -> {
                    if (aim == Aim.WRITE_ANYWAY) {
                        return true;
                    }
                    var check = ExportCheck.of(order, staged, progress);
                    checked.set(check);
                    return aim == Aim.WRITE && !check.hasErrors();
                };
        var options = order.options();
        if (aim == Aim.CHECK && options.images() == ImagesMode.COPY) {
            options = options.withImages(ImagesMode.LINK);
        }
        try {
            Dataset data = TrainerData.of(order.format(), order.data(project));
            var written =
                    Exporter.export(order.format(), data, target, options, inspection, progress);
            var report = written.isPresent() ? report(written.get(), target) : null;
            return new Outcome(Optional.ofNullable(checked.get()), Optional.ofNullable(report));
        } catch (ProblemException e) {
            if (progress.isCancelled()) {
                return Outcome.CANCELLED;
            }
            throw e;
        }
    }

    private static Report report(Exporter.Exported done, Path target) throws ProblemException {
        var lines = done.preview().losses().stream().map(Losses::words).toList();
        long entries = done.report().examples();
        return new Report(
                Texts.get("exchange.done", entries, target),
                totals(target, entries),
                lines,
                target);
    }

    private static String totals(Path folder, long entries) throws ProblemException {
        try (var files = Files.walk(folder)) {
            long count = 0;
            long bytes = 0;
            for (var file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                count++;
                bytes += Files.size(file);
            }
            return Texts.get("exchange.totals", count, entries, Sizes.words(bytes));
        } catch (IOException | UncheckedIOException e) {
            throw new ProblemException(
                    new Problem(
                            Texts.get("exchange.unreadable"), folder + ": " + e.getMessage(), ""),
                    e);
        }
    }

    static void addFindings(List<String> lines, List<Finding> findings, long more) {
        findings.stream().limit(MOST_LINES).map(Finding::toString).forEach(lines::add);
        long left = Math.max(0, findings.size() - MOST_LINES) + more;
        if (left > 0) {
            lines.add(Texts.get("exchange.moreFindings", left));
        }
    }
}

package org.palimpsest.ui.exchange;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.format.DatasetReader;
import org.palimpsest.format.Finding;
import org.palimpsest.format.ImportOptions;
import org.palimpsest.format.ImportReport;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.Project;
import org.palimpsest.ui.support.Texts;

/// Reads annotations into a project, all of them or nothing, and says in words what came of it.
final class ImportRun {
    private ImportRun() {}

    /// @param step what undoing it is called
    /// @param images those that something was read about
    record Imported(String step, Report report, Set<ImageId> images) {}

    /// @throws ProblemException if there is nothing at that place
    static DatasetReader reader(DatasetFormat format, Path source) throws ProblemException {
        if (!Files.exists(source)) {
            throw new ProblemException(
                    Texts.get("exchange.noSource"),
                    source.toString(),
                    Texts.get("exchange.noSource.remedy"));
        }
        return format.reader()
                .orElseThrow(() -> new IllegalArgumentException(format.id() + " cannot be read"));
    }

    /// Readers of a single file name the line alone.
    static List<Finding> located(List<Finding> findings, Path source) {
        return findings.stream()
                .map(one ->
                        one.place().startsWith("line ")
                                ? new Finding(
                                        one.severity(),
                                        source.getFileName() + " " + one.place(),
                                        one.message(),
                                        one.image())
                                : one)
                .toList();
    }

    /// @param names what labels are to be called; an empty name leaves the objects out
    /// @return empty where it was cancelled; then nothing was read
    static Optional<Imported> run(
            DatasetFormat format,
            Project project,
            Path source,
            ImportOptions options,
            Map<String, String> names,
            Progress progress)
            throws ProblemException {
        DatasetReader reader = reader(format, source);
        var touched = new LinkedHashSet<ImageId>();
        var step = Texts.get("exchange.step.import", source.getFileName());
        try {
            ImportReport read =
                    project.importData(
                            step,
                            sink -> {
                                var data =
                                        new DatasetImport(
                                                source,
                                                options,
                                                new LabelMapping(sink, names, touched),
                                                progress);
                                reader.read(data);
                                data.throwIfCancelled();
                                return data.report();
                            });
            var lines = new ArrayList<String>();
            ExportRun.addFindings(lines, located(read.findings(), source), read.moreFindings());
            return Optional.of(
                    new Imported(
                            step,
                            new Report(
                                    Texts.get("exchange.imported", read.examples(), touched.size()),
                                    "",
                                    lines,
                                    source),
                            touched));
        } catch (ProblemException e) {
            if (progress.isCancelled()) {
                return Optional.empty();
            }
            throw e;
        }
    }
}

package org.palimpsest.ui.exchange;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.DatasetSink;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.Label;
import org.palimpsest.format.DatasetFormat;
import org.palimpsest.format.DatasetImport;
import org.palimpsest.format.DatasetReader;
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

    /// @return empty where it was cancelled; then nothing was read
    static Optional<Imported> run(
            DatasetFormat format,
            Project project,
            Path source,
            ImportOptions options,
            Progress progress)
            throws ProblemException {
        DatasetReader reader =
                format.reader()
                        .orElseThrow(() ->
                                new IllegalArgumentException(format.id() + " cannot be read"));
        if (!Files.exists(source)) {
            throw new ProblemException(
                    Texts.get("exchange.noSource"),
                    source.toString(),
                    Texts.get("exchange.noSource.remedy"));
        }
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
                                                new Listening(sink, touched),
                                                progress);
                                reader.read(data);
                                data.throwIfCancelled();
                                return data.report();
                            });
            var lines = new ArrayList<String>();
            ExportRun.addFindings(lines, read.findings(), read.moreFindings());
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

    /// Remembers which images are read about.
    private record Listening(DatasetSink to, Set<ImageId> touched) implements DatasetSink {
        @Override
        public ImageEntry image(Path file) throws ProblemException {
            var entry = to.image(file);
            touched.add(entry.id());
            return entry;
        }

        @Override
        public void details(ImageId image, ImageDetails details) throws ProblemException {
            to.details(image, details);
        }

        @Override
        public void annotations(ImageId image, List<? extends Annotation> annotations)
                throws ProblemException {
            to.annotations(image, annotations);
        }

        @Override
        public void label(Label label) throws ProblemException {
            to.label(label);
        }
    }
}

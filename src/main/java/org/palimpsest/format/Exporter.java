package org.palimpsest.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.storage.Folders;

/// Exports a data set to a folder that appears as a whole or not at all, with a manifest of what is in it.
public final class Exporter {
    private Exporter() {}

    /// What an export was to write, and what came of it.
    public record Exported(ExportPreview preview, ExportReport report) {}

    /// What an export would write and lose; nothing is written.
    public static ExportPreview preview(DatasetFormat format, Dataset data, ExportOptions options)
            throws ProblemException {
        Settings.resolve(format, options.settings());
        return ExportPreview.of(format, exported(data, options));
    }

    /// What an export with these options would hold: the data set without what was rejected or is not accepted, with a
    /// label for every object.
    public static Dataset exported(Dataset data, ExportOptions options) throws ProblemException {
        return ExportedData.of(data, options.acceptedOnly());
    }

    /// Exports a data set. Images and annotations that a person rejected are left out.
    ///
    /// @param target the folder to make; must not exist, or be empty
    /// @throws ProblemException if the format cannot be written, the target is in the way, or writing fails; then there
    ///     is no target folder
    public static Exported export(
            DatasetFormat format,
            Dataset data,
            Path target,
            ExportOptions options,
            Progress progress)
            throws ProblemException {
        return export(format, data, target, options, StagedExport.Inspection.NONE, progress)
                .orElseThrow();
    }

    /// Exports a data set that somebody looks at before it gets its place.
    ///
    /// @param inspection sees the whole export in a folder of its own
    /// @return empty where the inspection did not accept it; then there is no target folder
    public static Optional<Exported> export(
            DatasetFormat format,
            Dataset data,
            Path target,
            ExportOptions options,
            StagedExport.Inspection inspection,
            Progress progress)
            throws ProblemException {
        var writer =
                format.writer()
                        .orElseThrow(() ->
                                new ProblemException(
                                        format.title() + " can only be read",
                                        "",
                                        "Choose another"));
        Settings.resolve(format, options.settings());
        requireFree(target);
        var exported = exported(data, options);
        var preview = ExportPreview.of(format, exported);
        Path staging =
                target.resolveSibling(
                        "." + target.getFileName() + "." + UUID.randomUUID() + ".part");
        boolean done = false;
        try {
            Files.createDirectory(staging);
            var export = new DatasetExport(format, exported, staging, target, options, progress);
            writer.write(export);
            progress.throwIfCancelled("The export was cancelled");
            Manifest.write(format, export, preview);
            var report = new ExportReport(export.examples(), export.findings());
            if (!inspection.accepts(
                    StagedExport.of(staging, preview, report, export.placedImages()))) {
                return Optional.empty();
            }
            progress.throwIfCancelled("The export was cancelled");
            moveIntoPlace(staging, target);
            done = true;
            return Optional.of(new Exported(preview, report));
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "The export cannot be written",
                            target + ": " + e.getMessage(),
                            "Choose a folder that you may write to, on a disk with room"),
                    e);
        } finally {
            if (!done) {
                discard(staging);
            }
        }
    }

    private static void requireFree(Path target) throws ProblemException {
        Path parent = target.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new ProblemException(
                    "There is no folder to export to",
                    String.valueOf(parent),
                    "Make it, or choose another");
        }
        try {
            if (Files.exists(target) && (!Files.isDirectory(target) || !Folders.isEmpty(target))) {
                throw new ProblemException(
                        "The export's folder exists already",
                        target.toString(),
                        "Choose another name, or remove it first");
            }
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem("The folder cannot be read", target + ": " + e.getMessage(), ""),
                    e);
        }
    }

    private static void moveIntoPlace(Path staging, Path target) throws IOException {
        Files.deleteIfExists(target); // an empty folder
        Files.move(staging, target);
    }

    private static void discard(Path staging) throws ProblemException {
        try {
            Folders.delete(staging);
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "An unfinished export could not be removed",
                            staging + ": " + e.getMessage(),
                            "Delete that folder"),
                    e);
        }
    }
}

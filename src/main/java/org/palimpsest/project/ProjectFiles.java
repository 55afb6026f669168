package org.palimpsest.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// The files that SQLite keeps beside a project while it is open.
final class ProjectFiles {
    private static final List<String> SUFFIXES = List.of("", "-wal", "-shm");

    private ProjectFiles() {}

    /// Deletes a project that could not be made whole.
    static void delete(Path file) throws ProblemException {
        try {
            for (var suffix : SUFFIXES) {
                Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
            }
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "An unfinished project could not be removed",
                            file + ": " + e.getMessage(),
                            "Delete it"),
                    e);
        }
    }

    /// SQLite itself would open a read-only file for reading, and fail at the first edit.
    static void requireWritable(Path file) throws ProblemException {
        Path folder = file.toAbsolutePath().getParent();
        if (!Files.isWritable(file) || folder == null || !Files.isWritable(folder)) {
            throw new ProblemException(
                    "The project cannot be written",
                    file + " or its folder is read-only",
                    "Copy it to a folder that you may write to");
        }
    }
}

package org.palimpsest.project;

import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

import java.io.IOException;
import java.nio.file.Files;
import java.util.OptionalLong;

/// Makes a project file as small as its contents.
public final class ProjectCompaction {
    private ProjectCompaction() {}

    /// @param bytesBefore the file's length before
    /// @param stepsForgotten how many steps can no longer be undone or redone
    public record Report(long bytesBefore, long bytesAfter, long stepsForgotten) {}

    /// Gives unused room in the file back. The history stays, unless it is to be trimmed.
    ///
    /// @param keptSteps how many steps are kept, where the history is to be trimmed; undone ones are forgotten then
    public static Report compact(Project project, OptionalLong keptSteps) throws ProblemException {
        long before = length(project);
        long steps = project.reading(() -> project.journal().stepCount());
        if (keptSteps.isPresent()) {
            project.writing(() -> {
                project.journal().trim(keptSteps.getAsLong());
                return keptSteps;
            });
        }
        long left =
                project.reading(() -> {
                    var database = project.database();
                    database.execute("INSERT INTO text_search(text_search) VALUES ('optimize')");
                    database.execute("VACUUM");
                    database.execute("ANALYZE");
                    database.forEach(_ -> {}, "PRAGMA wal_checkpoint(TRUNCATE)");
                    return project.journal().stepCount();
                });
        return new Report(before, length(project), steps - left);
    }

    private static long length(Project project) throws ProblemException {
        try {
            return Files.size(project.file());
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "The project cannot be read",
                            project.file() + ": " + e.getMessage(),
                            ""),
                    e);
        }
    }
}

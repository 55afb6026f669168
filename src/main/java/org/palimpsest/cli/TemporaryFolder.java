package org.palimpsest.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.storage.Folders;

/// A folder for the time of a command; closing it deletes it with all that is in it.
record TemporaryFolder(Path path) implements AutoCloseable {

    /// @param purpose for its name, such as `benchmark`
    static TemporaryFolder make(String purpose) throws ProblemException {
        try {
            return new TemporaryFolder(Files.createTempDirectory("palimpsest-" + purpose));
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "There is no room for temporary files",
                            String.valueOf(e.getMessage()),
                            "Name another folder with PALIMPSEST_JAVA_OPTIONS=-Djava.io.tmpdir=DIR"),
                    e);
        }
    }

    @Override
    public void close() throws ProblemException {
        try {
            Folders.delete(path);
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "Temporary files could not be deleted",
                            path + ": " + e.getMessage(),
                            "Delete the folder"),
                    e);
        }
    }
}

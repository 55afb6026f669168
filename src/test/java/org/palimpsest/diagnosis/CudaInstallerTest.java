package org.palimpsest.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;

/// Runs Maven on an archive that the build itself has already fetched.
class CudaInstallerTest {
    private static final String SMALL_ARTIFACT = "info.picocli:picocli:4.7.7:jar";

    @TempDir Path folder;

    @Test
    void theNamedFilesAndNothingElseLieInTheFolder() throws ProblemException, IOException {
        var installer =
                new CudaInstaller(
                        SMALL_ARTIFACT, List.of("AutoComplete.class", "CommandLine.class"), 1);
        installer.install(folder, Progress.NONE);
        try (var files = Files.list(folder)) {
            assertEquals(
                    List.of("AutoComplete.class", "CommandLine.class"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
        assertTrue(Files.size(folder.resolve("CommandLine.class")) > 10_000);
    }

    @Test
    void aFileThatTheArchiveDoesNotHaveIsNamed() throws IOException {
        var installer = new CudaInstaller(SMALL_ARTIFACT, List.of("libcudart.so.12"), 1);
        var problem =
                assertThrows(
                        ProblemException.class, () -> installer.install(folder, Progress.NONE));
        assertTrue(problem.problem().detail().contains("libcudart.so.12"), problem.toString());
        try (var files = Files.list(folder)) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    void aDiskThatIsTooSmallIsSaidBeforeAnythingIsFetched() {
        var installer = new CudaInstaller(SMALL_ARTIFACT, List.of("CommandLine.class"), 1L << 60);
        var problem =
                assertThrows(
                        ProblemException.class, () -> installer.install(folder, Progress.NONE));
        assertTrue(problem.problem().summary().contains("room"), problem.toString());
    }
}

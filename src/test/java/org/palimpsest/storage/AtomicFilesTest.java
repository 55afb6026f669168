package org.palimpsest.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.problem.ProblemException;

class AtomicFilesTest {
    @TempDir Path folder;

    @Test
    void theNewContentReplacesTheOld() throws Exception {
        Path file = folder.resolve("a.txt");
        AtomicFiles.write(file, "old and long".getBytes());
        AtomicFiles.write(file, stream -> stream.write("new".getBytes()));
        assertThat(file).hasContent("new");
        assertNothingElse("a.txt");
    }

    @Test
    void aFailureOnTheWayLeavesTheOldFile() throws Exception {
        Path file = folder.resolve("a.txt");
        AtomicFiles.write(file, "old".getBytes());
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() ->
                        AtomicFiles.write(
                                file,
                                stream -> {
                                    stream.write(new byte[100_000]);
                                    throw new IOException("No space left on device");
                                }))
                .withMessageContaining("No space left on device")
                .withMessageContaining("a.txt");
        assertThat(file).hasContent("old");
        assertNothingElse("a.txt");
    }

    @Test
    void aMistakeInTheCodeThatWritesLeavesNoRubbish() throws Exception {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() ->
                        AtomicFiles.write(
                                folder.resolve("a.txt"),
                                stream -> {
                                    throw new IllegalStateException("bug");
                                }));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aMissingFolderAndAFolderInTheWayAreSaid() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> AtomicFiles.write(folder.resolve("no/a.txt"), new byte[0]))
                .withMessageContaining("its folder does not exist");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> AtomicFiles.write(folder, new byte[0]))
                .withMessageContaining("A folder is in the way");
    }

    @Test
    void aLinkIsWrittenThrough() throws Exception {
        Path real = folder.resolve("real.txt");
        Files.writeString(real, "old");
        Path link = Files.createSymbolicLink(folder.resolve("link.txt"), real);
        AtomicFiles.write(link, "new".getBytes());
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(real).hasContent("new");
    }

    @Test
    void permissionsOfTheReplacedFileStay() throws Exception {
        Assumptions.assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
        Path file = folder.resolve("a.txt");
        Files.writeString(file, "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
        AtomicFiles.write(file, "new".getBytes());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-rw-r--");
    }

    private void assertNothingElse(String name) throws IOException {
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly(name);
        }
    }
}

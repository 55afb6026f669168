package org.palimpsest.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// Writes a file beside its name, flushes it to the disk and then gives it its name: afterwards there is the whole new file or
/// the old one, whatever happens in between.
final class AtomicFile {

    /// Writes the content.
    interface Content {
        void writeTo(FileChannel channel) throws IOException, ProblemException;
    }

    private AtomicFile() {}

    static void write(Path file, Content content) throws ProblemException {
        var folder = folderOf(file);
        @Nullable Path temporary = null;
        try {
            Files.createDirectories(folder);
            // Not createTempFile, whose files only their owner may read.
            temporary =
                    folder.resolve("." + file.getFileName() + "." + UUID.randomUUID() + ".part");
            try (var channel =
                    FileChannel.open(
                            temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
                content.writeTo(channel);
                channel.force(true);
            }
            move(temporary, file);
            temporary = null;
            flushFolder(folder);
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "The file cannot be written",
                            file + ": " + e.getMessage(),
                            "Check that the folder is writable and the disk has room"),
                    e);
        } finally {
            if (temporary != null) {
                deleteQuietly(temporary);
            }
        }
    }

    /// The folder that a file lies in.
    static Path folderOf(Path file) {
        var folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IllegalArgumentException("Not a file: " + file);
        }
        return folder;
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(
                    from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// Makes the new name durable; where folders cannot be opened (Windows) the system does so by itself.
    private static void flushFolder(Path folder) {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // The file itself is whole and flushed.
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // A left-over temporary file must not hide why writing failed.
        }
    }
}

package org.palimpsest.storage;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes a file beside its place, forces it to the disk, then moves it there in one step.
///
/// Whoever opens the path sees the whole old file or the whole new one, also after a power cut. When writing
/// fails, the old file stays as it was and the unfinished one is deleted.
///
/// Thread-safe; of two threads that write the same path, one wins.
public final class AtomicFiles {
    private static final Logger LOG = LoggerFactory.getLogger(AtomicFiles.class);
    private static final int BUFFER = 1 << 16;

    private AtomicFiles() {}

    /// Writes the file by the given code. The stream is buffered and closed here.
    ///
    /// @throws ProblemException if the folder or the disk does not allow it, or the code says so itself
    public static void write(Path file, IoConsumer<OutputStream> writer) throws ProblemException {
        writeChannel(
                file,
                channel -> {
                    var stream =
                            new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
                    writer.accept(stream);
                    stream.flush();
                });
    }

    /// As [#write(Path, IoConsumer)], for code that writes native memory; the channel is closed here.
    public static void writeChannel(Path file, IoConsumer<FileChannel> writer)
            throws ProblemException {
        write(file, writer, true);
    }

    /// Writes a file that can be made again, such as one of a cache: whole or not at all, but without waiting for the disk.
    /// After a power cut it may be damaged, so its reader has to check it.
    public static void writeReplaceable(Path file, byte[] bytes) throws ProblemException {
        write(file, channel -> Channels.newOutputStream(channel).write(bytes), false);
    }

    private static void write(Path file, IoConsumer<FileChannel> writer, boolean forced)
            throws ProblemException {
        Path unfinished = null;
        try {
            // A link is written through, not replaced by a file.
            Path target = Files.isSymbolicLink(file) ? file.toRealPath() : file.toAbsolutePath();
            Path folder = target.getParent();
            if (folder == null || Files.isDirectory(target)) {
                throw new ProblemException(
                        "A folder is in the way of the file",
                        file.toString(),
                        "Choose another file name");
            }
            // Not a system temporary file: those are readable by their owner only.
            unfinished =
                    folder.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
            try (var channel =
                    FileChannel.open(
                            unfinished, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
                writer.accept(channel);
                if (forced) {
                    channel.force(true);
                }
            }
            keepPermissions(target, unfinished);
            move(unfinished, target);
            unfinished = null;
            if (forced) {
                forceFolder(folder);
            }
        } catch (IOException e) {
            throw new ProblemException(problem(file, e), e);
        } finally {
            discard(unfinished);
        }
    }

    /// Writes these bytes.
    public static void write(Path file, byte[] bytes) throws ProblemException {
        write(file, stream -> stream.write(bytes));
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// A file that is replaced stays as open or closed to others as it was.
    private static void keepPermissions(Path target, Path unfinished) throws IOException {
        if (Files.exists(target)
                && Files.getFileStore(target)
                        .supportsFileAttributeView(PosixFileAttributeView.class)) {
            Files.setPosixFilePermissions(unfinished, Files.getPosixFilePermissions(target));
        }
    }

    /// Makes the new name itself outlive a power cut, where the system lets a folder be opened.
    private static void forceFolder(Path folder) {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            LOG.debug("Folder {} cannot be forced to disk", folder, e); // Windows opens no folder
        }
    }

    private static void discard(@Nullable Path unfinished) {
        if (unfinished == null) {
            return;
        }
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            LOG.warn("The unfinished file {} cannot be deleted", unfinished, e);
        }
    }

    private static Problem problem(Path file, IOException e) {
        String summary = "The file cannot be written";
        return switch (e) {
            case NoSuchFileException _ ->
                    new Problem(
                            summary,
                            file + ": its folder does not exist",
                            "Make the folder or choose another one");
            case AccessDeniedException _ ->
                    new Problem(
                            summary,
                            file + ": access denied",
                            "Choose a folder that you may write to");
            default ->
                    new Problem(
                            summary,
                            file + ": " + e.getMessage(),
                            "Check that the disk has room and is writable");
        };
    }
}

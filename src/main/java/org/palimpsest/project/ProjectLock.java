package org.palimpsest.project;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a second window off a project. The system gives the lock up when the program ends, however it ends.
///
/// Commands that work on the same project for a moment need no lock: SQLite keeps them apart.
public final class ProjectLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProjectLock.class);
    private static final String SUFFIX = "-window";

    private final Path file;
    private final Optional<FileChannel> channel;

    private ProjectLock(Path file, Optional<FileChannel> channel) {
        this.file = file;
        this.channel = channel;
    }

    /// Takes the lock of a project; empty where another window has it.
    ///
    /// A file system that knows no locks keeps nobody off.
    public static Optional<ProjectLock> take(Path project) {
        var file = project.resolveSibling(project.getFileName() + SUFFIX);
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new ProjectLock(file, Optional.of(channel)));
            }
            channel.close();
            return Optional.empty();
        } catch (OverlappingFileLockException e) {
            close(channel);
            return Optional.empty();
        } catch (IOException e) {
            LOG.info("No lock on {}: {}", file, e.toString());
            close(channel);
            return Optional.of(new ProjectLock(file, Optional.empty()));
        }
    }

    private static void close(@Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.info("Lock file not closed: {}", e.toString());
            }
        }
    }

    @Override
    public void close() {
        if (channel.isPresent()) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.info("{} stays: {}", file, e.toString());
            }
            close(channel.get());
        }
    }
}

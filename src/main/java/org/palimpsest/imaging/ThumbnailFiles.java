package org.palimpsest.imaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.storage.AtomicFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives thumbnails, and keeps them in a folder so that each is made once.
///
/// A kept thumbnail is one of the image's path. It is made anew when the image file has another length or time, or when
/// it is damaged itself. While the image file is away, such as on a drive that is not connected, what was kept is shown
/// still. When the folder outgrows its bound, those that were not asked for longest are deleted. Where the folder
/// cannot be written, thumbnails are made each time.
///
/// The small picture that cameras put into a file is not used: many programs that turn, crop or retouch a photo leave
/// the old one in it, and to see that it is the same picture the large one has to be decoded, which is the whole cost.
///
/// Thread-safe; several programs may use the same folder.
public final class ThumbnailFiles implements ThumbnailSource {
    /// The longer side in pixels.
    public static final int SIDE = 256;

    /// Room for some 80,000 thumbnails.
    public static final long USUAL_BYTES = 1L << 30;

    private static final Logger LOG = LoggerFactory.getLogger(ThumbnailFiles.class);
    private static final long LARGEST_FILE = 1 << 20;
    private static final Duration USE_NOTED_EACH = Duration.ofHours(1);
    private static final long UNKNOWN = -1;

    private final Path folder;
    private final long maxBytes;
    private final InstantSource clock;
    private final ReentrantLock deleting = new ReentrantLock();
    private long bytes = UNKNOWN; // guarded by deleting

    private record Kept(Path file, long bytes, FileTime used) {}

    /// @param folder made when the first thumbnail is kept
    /// @param maxBytes how large the folder may become
    public ThumbnailFiles(Path folder, long maxBytes, InstantSource clock) {
        if (maxBytes <= 0) {
            throw new IllegalArgumentException("No room for thumbnails: " + maxBytes);
        }
        this.folder = folder;
        this.maxBytes = maxBytes;
        this.clock = clock;
    }

    @Override
    public Thumbnail get(Path image) throws ProblemException {
        Path kept = place(image);
        Optional<byte[]> content = read(kept);
        Optional<ThumbnailCodec.Stamp> made = content.flatMap(ThumbnailCodec::stamp);
        Optional<ThumbnailCodec.Stamp> now = stamp(image);
        if (made.isPresent() && (now.isEmpty() || now.equals(made))) {
            var picture = ThumbnailCodec.picture(content.orElseThrow(), SIDE);
            if (picture.isPresent()) {
                noteUse(kept);
                return new Thumbnail(picture.get(), now.isEmpty());
            }
        }
        if (now.isEmpty()) {
            throw ImageProblems.missing(image);
        }
        var picture = ImageFiles.thumbnail(image, SIDE);
        keep(kept, picture, now.get());
        return new Thumbnail(picture, false);
    }

    /// The name is a hash: paths may be longer than names may be, and have signs that names may not.
    private Path place(Path image) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(
                                    image.toAbsolutePath()
                                            .normalize()
                                            .toString()
                                            .getBytes(StandardCharsets.UTF_8));
            String name = HexFormat.of().formatHex(hash, 0, 16);
            return folder.resolve(name.substring(0, 2)).resolve(name + ".thumbnail");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static Optional<ThumbnailCodec.Stamp> stamp(Path image) {
        try {
            var attributes = Files.readAttributes(image, BasicFileAttributes.class);
            return attributes.isRegularFile()
                    ? Optional.of(
                            new ThumbnailCodec.Stamp(
                                    attributes.size(), attributes.lastModifiedTime().toMillis()))
                    : Optional.empty();
        } catch (IOException e) {
            LOG.debug("{} is not to be had: {}", image, e.toString());
            return Optional.empty();
        }
    }

    private static Optional<byte[]> read(Path kept) {
        try {
            return Files.size(kept) > LARGEST_FILE
                    ? Optional.empty()
                    : Optional.of(Files.readAllBytes(kept));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.debug("A kept thumbnail cannot be read: {}", e.toString());
            return Optional.empty();
        }
    }

    private void noteUse(Path kept) {
        try {
            var now = clock.instant();
            var before = now.minus(USE_NOTED_EACH);
            if (Files.getLastModifiedTime(kept).toInstant().isBefore(before)) {
                Files.setLastModifiedTime(kept, FileTime.from(now));
            }
        } catch (IOException e) {
            LOG.debug("The use of a thumbnail was not noted: {}", e.toString());
        }
    }

    private void keep(Path kept, Picture picture, ThumbnailCodec.Stamp stamp) {
        try {
            byte[] content = ThumbnailCodec.encode(picture, stamp);
            Files.createDirectories(kept.getParent());
            AtomicFiles.writeReplaceable(kept, content);
            Files.setLastModifiedTime(kept, FileTime.from(clock.instant()));
            account(content.length);
        } catch (IOException | ProblemException | UncheckedIOException e) {
            LOG.debug("A thumbnail was not kept: {}", e.toString());
        }
    }

    private void account(int added) throws IOException {
        deleting.lock();
        try {
            bytes = bytes == UNKNOWN ? total(list()) : bytes + added;
            if (bytes > maxBytes) {
                deleteOldest();
            }
        } finally {
            deleting.unlock();
        }
    }

    /// Leaves a tenth free, so that the folder is not read again for the next thumbnail.
    private void deleteOldest() throws IOException {
        var all = new ArrayList<>(list());
        all.sort(Comparator.comparing(Kept::used));
        bytes = total(all);
        long goal = maxBytes - maxBytes / 10;
        for (var one : all) {
            if (bytes <= goal) {
                return;
            }
            Files.deleteIfExists(one.file());
            bytes -= one.bytes();
        }
    }

    private static long total(List<Kept> all) {
        return all.stream().mapToLong(Kept::bytes).sum();
    }

    /// All files, so that what a killed program left unfinished goes, too.
    private List<Kept> list() throws IOException {
        var all = new ArrayList<Kept>();
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (attributes.isRegularFile()) {
                            all.add(
                                    new Kept(
                                            file,
                                            attributes.size(),
                                            attributes.lastModifiedTime()));
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e) {
                        return FileVisitResult.CONTINUE; // another program deleted it just now
                    }
                });
        return all;
    }
}

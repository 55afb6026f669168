package org.palimpsest.imaging;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The folder in which large pictures lie as tiles. All of them together stay within a bound: those that were not
/// looked at for the longest time are deleted first.
///
/// Thread-safe: its state is the folder. Several programs may use one folder.
public final class PyramidFolder {
    private static final Logger LOG = LoggerFactory.getLogger(PyramidFolder.class);
    private static final String ENDING = ".tiles";

    private final Path folder;
    private final long maxBytes;
    private final InstantSource clock;

    /// @param maxBytes of all files together
    public PyramidFolder(Path folder, long maxBytes, InstantSource clock) {
        this.folder = folder;
        this.maxBytes = maxBytes;
        this.clock = clock;
    }

    /// The tiles of an image file. Where [TilePyramid#isComplete] does not hold, [TilePyramid#build] makes them.
    public TilePyramid open(Path image) throws ProblemException {
        return open(image, ImageLimits.DEFAULT, TilePyramid.SIDE);
    }

    TilePyramid open(Path image, ImageLimits limits, int side) throws ProblemException {
        try (var decoder = ImageDecoder.open(image, limits)) {
            var grid = new TileGrid(decoder.storedSize(), decoder.tags().orientation(), side);
            var layout = new PyramidLayout(grid);
            Files.createDirectories(folder);
            Path file = folder.resolve(key(image) + ENDING);
            var known = openKnown(image, limits, layout, file);
            return known.isPresent() ? known.get() : begin(image, limits, layout, file);
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "The image could not be prepared for the screen",
                            folder + ": " + e,
                            "See that the folder may be written and the disk is not full"),
                    e);
        }
    }

    /// Another file, or the same one changed, has another name.
    private static String key(Path image) throws IOException {
        var text =
                image.toAbsolutePath().normalize()
                        + "\n"
                        + Files.size(image)
                        + "\n"
                        + Files.getLastModifiedTime(image).toMillis();
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private Optional<TilePyramid> openKnown(
            Path image, ImageLimits limits, PyramidLayout layout, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        var header = ByteBuffer.allocate(PyramidLayout.HEADER_BYTES);
        channel.read(header, 0);
        header.flip();
        var bytes = new byte[header.remaining()];
        header.get(bytes);
        boolean fits =
                Arrays.equals(bytes, layout.header(true)) && channel.size() == layout.fileBytes();
        if (!fits) {
            channel.close();
            return Optional.empty();
        }
        Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
        return Optional.of(
                new TilePyramid(
                        image,
                        limits,
                        layout,
                        new TilePyramid.TileFile(file, channel, clock),
                        true));
    }

    private TilePyramid begin(Path image, ImageLimits limits, PyramidLayout layout, Path file)
            throws IOException, ProblemException {
        makeRoom(image, layout.fileBytes());
        Files.deleteIfExists(file);
        var channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        channel.write(ByteBuffer.wrap(layout.header(false)), 0);
        Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
        return new TilePyramid(
                image, limits, layout, new TilePyramid.TileFile(file, channel, clock), false);
    }

    private record Entry(Path file, long bytes, FileTime used) {}

    private void makeRoom(Path image, long needed) throws IOException, ProblemException {
        var entries = entries();
        long total = entries.stream().mapToLong(Entry::bytes).sum();
        for (var entry : entries) {
            if (total + needed <= maxBytes) {
                break;
            }
            try {
                Files.deleteIfExists(entry.file());
                total -= entry.bytes();
            } catch (IOException e) {
                LOG.debug("{} is in use", entry.file(), e);
            }
        }
        long room = Files.getFileStore(folder).getUsableSpace();
        if (total + needed > maxBytes || needed > room) {
            throw new ProblemException(
                    "There is no room to prepare the image for the screen",
                    "%s needs %d MB in %s; there are %d, and the bound is %d"
                            .formatted(image, needed >> 20, folder, room >> 20, maxBytes >> 20),
                    "Make room on the disk, or make the image smaller");
        }
    }

    /// The files, least recently used first.
    private List<Entry> entries() throws IOException {
        var entries = new ArrayList<Entry>();
        try (var files = Files.newDirectoryStream(folder, "*" + ENDING)) {
            for (var file : files) {
                entries.add(new Entry(file, Files.size(file), Files.getLastModifiedTime(file)));
            }
        }
        entries.sort(Comparator.comparing(Entry::used));
        return entries;
    }
}

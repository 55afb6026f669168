package org.palimpsest.imaging;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A large picture as tiles in a file of the cache: memory is taken only for the tiles that somebody holds.
///
/// [PyramidFolder#open] gives it. Where the file has to be made first, [#build] does that, and tiles can be read while it
/// is at work. Thread-safe.
public final class TilePyramid implements TileSource {
    private static final Logger LOG = LoggerFactory.getLogger(TilePyramid.class);

    /// Of the tiles that are written.
    static final int SIDE = 512;

    private final Path image;
    private final ImageLimits limits;
    private final PyramidLayout layout;
    private final TileFile tiles;
    private final Overview growing;
    private final BitSet ready = new BitSet();
    private final int[] firstOfLevel;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private volatile boolean complete;
    private volatile @Nullable TilePixels overview;

    /// The open file in which the tiles lie, and the clock that tells when it was used last.
    record TileFile(Path path, FileChannel channel, InstantSource clock) {}

    /// @param tiles closed with this
    TilePyramid(
            Path image,
            ImageLimits limits,
            PyramidLayout layout,
            TileFile tiles,
            boolean complete) {
        this.image = image;
        this.limits = limits;
        this.layout = layout;
        this.tiles = tiles;
        this.complete = complete;
        this.growing = new Overview(layout.grid());
        this.firstOfLevel = new int[layout.grid().levels()];
        for (int level = 1; level < firstOfLevel.length; level++) {
            firstOfLevel[level] =
                    firstOfLevel[level - 1]
                            + layout.grid().columns(level - 1) * layout.grid().rows(level - 1);
        }
    }

    /// Whether all tiles are there.
    public boolean isComplete() {
        return complete;
    }

    /// Decodes the image once and writes its tiles. Takes about a second for every fifty megapixels.
    ///
    /// @param isCancelled asked from this thread, again and again
    /// @param grown called from this thread whenever there is more to be seen
    public void build(BooleanSupplier isCancelled, Runnable grown) throws ProblemException {
        if (complete) {
            return;
        }
        try (var decoder = ImageDecoder.open(image, limits);
                var arena = Arena.ofConfined()) {
            var mapped = tiles.channel().map(MapMode.READ_WRITE, 0, layout.fileBytes(), arena);
            var builder =
                    new PyramidBuilder(
                            layout,
                            mapped,
                            growing,
                            tile -> {
                                markReady(tile);
                                if (tile.column() == 0) {
                                    grown.run();
                                }
                            },
                            () -> !isCancelled.getAsBoolean() && tiles.channel().isOpen());
            decoder.decodeInto(builder);
            if (isCancelled.getAsBoolean()) {
                throw new ProblemException("Opening the image was cancelled", image.toString(), "");
            }
            if (!builder.isComplete()) {
                throw ImageProblems.unreadable(image, "the file ends too early", null);
            }
            tiles.channel().write(ByteBuffer.wrap(layout.header(true)), 0);
            Files.setLastModifiedTime(tiles.path(), FileTime.from(tiles.clock().instant()));
        } catch (IOException e) {
            throw unwritable(e);
        } catch (InternalError e) {
            // So a write to mapped memory fails when the disk is full.
            throw unwritable(e);
        }
        complete = true;
        grown.run();
    }

    private ProblemException unwritable(Throwable cause) {
        return new ProblemException(
                new Problem(
                        "The image could not be prepared for the screen",
                        tiles.path() + ": " + cause.getMessage(),
                        "See that the disk has room for "
                                + (layout.fileBytes() >> 20)
                                + " MB and that the folder may be written"),
                cause);
    }

    private void markReady(TileKey tile) {
        lock.writeLock().lock();
        try {
            ready.set(index(tile));
        } finally {
            lock.writeLock().unlock();
        }
    }

    private int index(TileKey tile) {
        return firstOfLevel[tile.level()]
                + tile.row() * layout.grid().columns(tile.level())
                + tile.column();
    }

    @Override
    public TileGrid grid() {
        return layout.grid();
    }

    @Override
    public boolean isReady(TileKey tile) {
        if (complete) {
            return true;
        }
        lock.readLock().lock();
        try {
            return ready.get(index(tile));
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public Optional<TilePixels> inMemory(TileKey tile) {
        return Optional.empty();
    }

    @Override
    public TilePixels read(TileKey tile) throws ProblemException {
        if (!isReady(tile)) {
            throw new IllegalStateException(tile + " is not ready");
        }
        var bytes = ByteBuffer.allocate(layout.bytes(tile));
        long place = layout.place(tile);
        try {
            while (bytes.hasRemaining()) {
                if (tiles.channel().read(bytes, place + bytes.position()) < 0) {
                    throw new EOFException("the file ends too early");
                }
            }
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "A part of the image cannot be read",
                            tiles.path() + ": " + e,
                            "Open the image again"),
                    e);
        }
        return layout.grid()
                .orientation()
                .apply(PyramidBuilder.pixels(layout.grid().pixels(tile), bytes.array()));
    }

    @Override
    public TilePixels overview() {
        var known = overview;
        if (known != null) {
            return known;
        }
        if (!complete) {
            return growing.pixels();
        }
        try {
            known = read(layout.grid().whole());
        } catch (ProblemException e) {
            LOG.warn("No overview of {}", image, e);
            known = growing.pixels();
        }
        overview = known;
        return known;
    }

    @Override
    public long bytes() {
        return Integer.BYTES * (long) SIDE * SIDE;
    }

    @Override
    public void close() {
        try {
            // A file that is not complete is recognised as such and made anew.
            tiles.channel().close();
        } catch (IOException e) {
            LOG.debug("{} did not close", tiles.path(), e);
        }
    }
}

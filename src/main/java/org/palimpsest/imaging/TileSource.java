package org.palimpsest.imaging;

import java.util.Optional;
import org.palimpsest.problem.ProblemException;

/// A picture in pieces of several sizes, so that a view reads only what it shows and no more finely than it shows it.
///
/// Thread-safe.
public interface TileSource extends AutoCloseable {

    /// Where the tiles lie.
    TileGrid grid();

    /// Whether the tile can be read now; those of a picture that is still being decoded become ready one by one.
    boolean isReady(TileKey tile);

    /// The tile at once, where it is in memory.
    Optional<TilePixels> inMemory(TileKey tile);

    /// The pixels of a tile that is ready. May read a file: not for the interface's thread.
    TilePixels read(TileKey tile) throws ProblemException;

    /// The whole picture, small: what there is of it now.
    TilePixels overview();

    /// How many bytes of memory it holds.
    long bytes();

    /// Gives back what it holds; what is read afterwards is a problem.
    @Override
    void close();
}

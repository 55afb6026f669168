package org.palimpsest.imaging;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Where the tiles of a picture lie in a file of tiles: behind a header, level after level, each tile's rows of red,
/// green and blue without gaps, so that every place follows from the picture's size.
record PyramidLayout(TileGrid grid) {
    static final int HEADER_BYTES = 64;

    private static final byte[] MAGIC = "PalTiles".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;

    /// Where the level begins; that of the level behind the last is the file's length.
    long start(int level) {
        long at = HEADER_BYTES;
        for (int finer = 0; finer < level; finer++) {
            at += Picture.CHANNELS * grid.levelSize(finer).pixelCount();
        }
        return at;
    }

    long fileBytes() {
        return start(grid.levels());
    }

    /// Where the tile begins.
    long place(TileKey tile) {
        long side = grid.side();
        long rowsAbove = tile.row() * side * grid.levelSize(tile.level()).width();
        long inRow = tile.column() * side * grid.pixels(tile).height();
        return start(tile.level()) + Picture.CHANNELS * (rowsAbove + inRow);
    }

    int bytes(TileKey tile) {
        return Math.toIntExact(Picture.CHANNELS * grid.pixels(tile).pixelCount());
    }

    /// @param complete whether all tiles are there
    byte[] header(boolean complete) {
        var bytes = ByteBuffer.allocate(HEADER_BYTES);
        bytes.put(MAGIC).putInt(VERSION);
        bytes.putInt(grid.stored().width()).putInt(grid.stored().height());
        bytes.putInt(grid.orientation().exifValue()).putInt(grid.side());
        bytes.put((byte) (complete ? 1 : 0));
        return bytes.array();
    }
}

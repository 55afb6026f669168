package org.palimpsest.imaging;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.palimpsest.geometry.Size;

/// Writes the tiles of all levels while an image is decoded. Takes pixels in any order; as soon as a row of tiles is
/// full, and the one that shares its pixels in the next level, that level's row is made of them.
///
/// Confined to the thread that decodes.
final class PyramidBuilder implements PixelSink {
    private final TileGrid grid;
    private final PyramidLayout layout;
    private final MemorySegment file;
    private final Overview overview;
    private final Consumer<TileKey> ready;
    private final BooleanSupplier goOn;
    private final long[] filled;
    private final boolean[][] rowDone;

    /// @param ready is told each tile as it becomes complete
    PyramidBuilder(
            PyramidLayout layout,
            MemorySegment file,
            Overview overview,
            Consumer<TileKey> ready,
            BooleanSupplier goOn) {
        this.layout = layout;
        this.grid = layout.grid();
        this.file = file;
        this.overview = overview;
        this.ready = ready;
        this.goOn = goOn;
        this.filled = new long[grid.rows(0)];
        this.rowDone = new boolean[grid.levels()][];
        for (int level = 0; level < rowDone.length; level++) {
            rowDone[level] = new boolean[grid.rows(level)];
        }
    }

    @Override
    public void begin() {
        Arrays.fill(filled, 0);
        for (var rows : rowDone) {
            Arrays.fill(rows, false);
        }
    }

    @Override
    public boolean put(int left, int top, int width, int height, byte[] rgb) {
        int side = grid.side();
        for (int y = 0; y < height; y++) {
            int row = (top + y) / side;
            for (int x = left; x < left + width; ) {
                var tile = new TileKey(0, x / side, row);
                Size size = grid.pixels(tile);
                int inTile = x - tile.column() * side;
                int count = Math.min(left + width - x, size.width() - inTile);
                long pixel = (long) (top + y - row * side) * size.width() + inTile;
                MemorySegment.copy(
                        rgb,
                        Picture.CHANNELS * (y * width + x - left),
                        file,
                        ValueLayout.JAVA_BYTE,
                        layout.place(tile) + Picture.CHANNELS * pixel,
                        Picture.CHANNELS * count);
                x += count;
            }
            overview.put(left, top + y, width, rgb, Picture.CHANNELS * y * width);
            fill(row, width);
        }
        return goOn.getAsBoolean();
    }

    private void fill(int row, int pixels) {
        filled[row] += pixels;
        long all = (long) grid.stored().width() * grid.pixels(new TileKey(0, 0, row)).height();
        if (filled[row] == all) {
            finish(0, row);
        }
    }

    /// Whether every pixel came.
    boolean isComplete() {
        return rowDone[grid.levels() - 1][0];
    }

    private void finish(int level, int row) {
        rowDone[level][row] = true;
        for (int column = 0; column < grid.columns(level); column++) {
            ready.accept(new TileKey(level, column, row));
        }
        int sibling = row ^ 1;
        boolean paired = sibling >= grid.rows(level) || rowDone[level][sibling];
        if (level + 1 < grid.levels() && paired) {
            for (int column = 0; column < grid.columns(level + 1); column++) {
                write(halved(new TileKey(level + 1, column, row / 2)), level + 1, column, row / 2);
            }
            finish(level + 1, row / 2);
        }
    }

    private int[] halved(TileKey tile) {
        Size size = grid.pixels(tile);
        var argb = new int[size.width() * size.height()];
        int finer = tile.level() - 1;
        for (int quarter = 0; quarter < 4; quarter++) {
            int column = 2 * tile.column() + quarter % 2;
            int row = 2 * tile.row() + quarter / 2;
            if (column < grid.columns(finer) && row < grid.rows(finer)) {
                Halving.into(
                        argb,
                        size.width(),
                        (quarter % 2) * grid.side() / 2,
                        (quarter / 2) * grid.side() / 2,
                        read(new TileKey(finer, column, row)));
            }
        }
        return argb;
    }

    private TilePixels read(TileKey tile) {
        var rgb = new byte[layout.bytes(tile)];
        MemorySegment.copy(file, ValueLayout.JAVA_BYTE, layout.place(tile), rgb, 0, rgb.length);
        return pixels(grid.pixels(tile), rgb);
    }

    static TilePixels pixels(Size size, byte[] rgb) {
        var argb = new int[rgb.length / Picture.CHANNELS];
        for (int i = 0; i < argb.length; i++) {
            argb[i] = Halving.argb(rgb, Picture.CHANNELS * i);
        }
        return new TilePixels(size.width(), size.height(), argb);
    }

    private void write(int[] argb, int level, int column, int row) {
        var rgb = new byte[Picture.CHANNELS * argb.length];
        for (int i = 0; i < argb.length; i++) {
            rgb[Picture.CHANNELS * i] = (byte) (argb[i] >> 16);
            rgb[Picture.CHANNELS * i + 1] = (byte) (argb[i] >> 8);
            rgb[Picture.CHANNELS * i + 2] = (byte) argb[i];
        }
        long place = layout.place(new TileKey(level, column, row));
        MemorySegment.copy(rgb, 0, file, ValueLayout.JAVA_BYTE, place, rgb.length);
    }
}

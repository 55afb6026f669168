package org.palimpsest.imaging;

import java.util.Optional;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Size;

/// A picture of ordinary size as tiles in memory. Thread-safe.
public final class MemoryTiles implements TileSource {
    /// Few tiles, so that few seams, yet none too large for a graphics card.
    private static final int SIDE = 1024;

    private final TileGrid grid;
    private final TilePixels[][] levels;

    private MemoryTiles(TileGrid grid, TilePixels[][] levels) {
        this.grid = grid;
        this.levels = levels;
    }

    /// Cuts a picture. Takes some milliseconds for every million pixels: not for the interface's thread.
    public static MemoryTiles of(Picture picture) {
        return of(picture, SIDE);
    }

    static MemoryTiles of(Picture picture, int side) {
        var grid = new TileGrid(picture.size(), Orientation.UPRIGHT, side);
        var levels = new TilePixels[grid.levels()][];
        levels[0] = cut(picture, grid);
        for (int level = 1; level < levels.length; level++) {
            levels[level] = halve(grid, level, levels[level - 1]);
        }
        return new MemoryTiles(grid, levels);
    }

    private static TilePixels[] cut(Picture picture, TileGrid grid) {
        var tiles = new TilePixels[grid.columns(0) * grid.rows(0)];
        byte[] rgb = picture.rgb();
        for (int i = 0; i < tiles.length; i++) {
            var key = new TileKey(0, i % grid.columns(0), i / grid.columns(0));
            Size size = grid.pixels(key);
            var argb = new int[size.width() * size.height()];
            int at = 0;
            for (int y = 0; y < size.height(); y++) {
                int row = key.row() * grid.side() + y;
                int source =
                        Picture.CHANNELS * (row * picture.width() + key.column() * grid.side());
                for (int x = 0; x < size.width(); x++, source += Picture.CHANNELS) {
                    argb[at++] = Halving.argb(rgb, source);
                }
            }
            tiles[i] = new TilePixels(size.width(), size.height(), argb);
        }
        return tiles;
    }

    private static TilePixels[] halve(TileGrid grid, int level, TilePixels[] finer) {
        int columns = grid.columns(level);
        int finerColumns = grid.columns(level - 1);
        int finerRows = grid.rows(level - 1);
        var tiles = new TilePixels[columns * grid.rows(level)];
        for (int i = 0; i < tiles.length; i++) {
            var key = new TileKey(level, i % columns, i / columns);
            Size size = grid.pixels(key);
            var argb = new int[size.width() * size.height()];
            for (int quarter = 0; quarter < 4; quarter++) {
                int column = 2 * key.column() + quarter % 2;
                int row = 2 * key.row() + quarter / 2;
                if (column < finerColumns && row < finerRows) {
                    Halving.into(
                            argb,
                            size.width(),
                            (quarter % 2) * grid.side() / 2,
                            (quarter / 2) * grid.side() / 2,
                            finer[row * finerColumns + column]);
                }
            }
            tiles[i] = new TilePixels(size.width(), size.height(), argb);
        }
        return tiles;
    }

    @Override
    public TileGrid grid() {
        return grid;
    }

    @Override
    public boolean isReady(TileKey tile) {
        return true;
    }

    @Override
    public Optional<TilePixels> inMemory(TileKey tile) {
        return Optional.of(read(tile));
    }

    @Override
    public TilePixels read(TileKey tile) {
        return levels[tile.level()][tile.row() * grid.columns(tile.level()) + tile.column()];
    }

    @Override
    public TilePixels overview() {
        return read(grid.whole());
    }

    @Override
    public long bytes() {
        long bytes = 0;
        for (var level : levels) {
            for (var tile : level) {
                bytes += (long) Integer.BYTES * tile.argb().length;
            }
        }
        return bytes;
    }

    /// The colour of a pixel of the picture as `0xRRGGBB`.
    public int rgb(int x, int y) {
        var area = new Box(x, y, x + 1, y + 1);
        var tile = grid.tiles(0, area).getFirst();
        var bounds = grid.bounds(tile);
        var pixels = read(tile);
        int index = (y - (int) bounds.yMin()) * pixels.width() + (x - (int) bounds.xMin());
        return pixels.argb()[index] & 0xFFFFFF;
    }

    @Override
    public void close() {
        // Memory is given back when nobody refers to it.
    }
}

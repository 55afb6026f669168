package org.palimpsest.ui.canvas;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.PixelColors;
import org.palimpsest.imaging.MemoryTiles;
import org.palimpsest.imaging.TilePixels;
import org.palimpsest.imaging.TileSource;

/// The colours of a picture that is in memory in full size. Remembers the tile of the last pixel, as the next one is
/// mostly beside it.
final class TileColors implements PixelColors {
    private final MemoryTiles tiles;
    private Box bounds = new Box(0, 0, 0, 0);
    private @Nullable TilePixels pixels;

    private TileColors(MemoryTiles tiles) {
        this.tiles = tiles;
    }

    /// Nothing where the picture is too large to be in memory as a whole.
    static Optional<PixelColors> of(@Nullable TileSource picture) {
        return picture instanceof MemoryTiles tiles
                ? Optional.of(new TileColors(tiles))
                : Optional.empty();
    }

    @Override
    public int rgb(int x, int y) {
        var tile = pixels;
        if (tile == null
                || x < bounds.xMin()
                || x >= bounds.xMax()
                || y < bounds.yMin()
                || y >= bounds.yMax()) {
            var key = tiles.grid().tiles(0, new Box(x, y, x + 1, y + 1)).getFirst();
            bounds = tiles.grid().bounds(key);
            tile = tiles.read(key);
            pixels = tile;
        }
        int index = (y - (int) bounds.yMin()) * tile.width() + (x - (int) bounds.xMin());
        return tile.argb()[index] & 0xFFFFFF;
    }
}

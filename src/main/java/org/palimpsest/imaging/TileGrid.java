package org.palimpsest.imaging;

import java.util.ArrayList;
import java.util.List;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Size;

/// How a picture is cut into square tiles on every level, each level half as wide and high as the one before, down to
/// one that is a single tile.
///
/// Tiles are cut in the orientation of the file and turned when they are shown, so the narrow ones at the end of a
/// row of a mirrored picture are shown at its beginning. Immutable.
public final class TileGrid {
    private final Size stored;
    private final Orientation orientation;
    private final int side;
    private final int levels;

    TileGrid(Size stored, Orientation orientation, int side) {
        if (stored.pixelCount() == 0 || side < 1) {
            throw new IllegalArgumentException("No tiles of " + side + " in " + stored);
        }
        this.stored = stored;
        this.orientation = orientation;
        this.side = side;
        int count = 1;
        while (Math.ceilDiv(Math.max(stored.width(), stored.height()), 1L << (count - 1)) > side) {
            count++;
        }
        this.levels = count;
    }

    /// The picture's size as shown.
    public Size size() {
        return orientation.shown(stored);
    }

    public int levels() {
        return levels;
    }

    /// The only tile of the smallest level.
    public TileKey whole() {
        return new TileKey(levels - 1, 0, 0);
    }

    /// The level with the fewest pixels that still has one for each of the screen.
    ///
    /// @param scale screen pixels per image pixel
    public int levelFor(double scale) {
        int level = 0;
        // A little blur is not seen; a hundredth spares the next level four times the work.
        while (level < levels - 1 && scale * (2L << level) <= 1.01) {
            level++;
        }
        return level;
    }

    /// The tiles of a level that touch an area of the picture as shown.
    public List<TileKey> tiles(int level, Box area) {
        var found = new ArrayList<TileKey>();
        var inside = area.intersection(size().toBox());
        if (inside.isEmpty()) {
            return found;
        }
        var box = (Box) orientation.inverse().shown(inside.get(), size());
        double edge = (double) side * (1L << level);
        int lastColumn = Math.min(columns(level), (int) Math.ceil(box.xMax() / edge));
        int lastRow = Math.min(rows(level), (int) Math.ceil(box.yMax() / edge));
        for (int row = (int) (box.yMin() / edge); row < lastRow; row++) {
            for (int column = (int) (box.xMin() / edge); column < lastColumn; column++) {
                found.add(new TileKey(level, column, row));
            }
        }
        return found;
    }

    /// What a tile covers of the picture as shown.
    public Box bounds(TileKey tile) {
        double edge = (double) side * (1L << tile.level());
        var box =
                new Box(
                        tile.column() * edge,
                        tile.row() * edge,
                        Math.min(stored.width(), (tile.column() + 1) * edge),
                        Math.min(stored.height(), (tile.row() + 1) * edge));
        return (Box) orientation.shown(box, stored);
    }

    Orientation orientation() {
        return orientation;
    }

    Size stored() {
        return stored;
    }

    int side() {
        return side;
    }

    Size levelSize(int level) {
        return new Size(
                Math.ceilDiv(stored.width(), 1 << level),
                Math.ceilDiv(stored.height(), 1 << level));
    }

    int columns(int level) {
        return Math.ceilDiv(levelSize(level).width(), side);
    }

    int rows(int level) {
        return Math.ceilDiv(levelSize(level).height(), side);
    }

    /// The size of a tile in its own pixels, as stored.
    Size pixels(TileKey tile) {
        var size = levelSize(tile.level());
        return new Size(
                Math.min(side, size.width() - tile.column() * side),
                Math.min(side, size.height() - tile.row() * side));
    }
}

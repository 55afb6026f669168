package org.palimpsest.inference.tile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Size;

/// How an image is cut.
///
/// @param side of a tile in pixels, at least 32
/// @param overlap the part of a side that neighbours have in common, 0 to 0.5: larger than the objects, best
/// @param whole whether the whole image is asked about as well, for objects larger than a tile
public record TileOptions(int side, double overlap, boolean whole) {
    /// An answer takes seconds; more would be a mistake.
    public static final int MOST_TILES = 2_000;

    public static final TileOptions DEFAULT = new TileOptions(640, 0.2, true);

    private static final int LEAST_SIDE = 32;
    private static final double MOST_OVERLAP = 0.5;

    public TileOptions {
        if (side < LEAST_SIDE || !(overlap >= 0 && overlap <= MOST_OVERLAP)) {
            throw new IllegalArgumentException("Tiles of " + side + ", overlap " + overlap);
        }
    }

    /// How many tiles an image is cut into, the whole image not counted.
    public long count(Size image) {
        return (long) starts(image.width()).length * starts(image.height()).length;
    }

    /// The tiles of an image, row by row, evenly spread so that the last one ends with the image; after them the whole
    /// image, where that is wanted and is not a tile itself.
    ///
    /// @throws IllegalArgumentException if there are more than [#MOST_TILES]
    public List<Box> tiles(Size image) {
        var columns = starts(image.width());
        var rows = starts(image.height());
        if ((long) columns.length * rows.length > MOST_TILES) {
            throw new IllegalArgumentException(
                    (long) columns.length * rows.length + " tiles of " + side + " in " + image);
        }
        var tiles = new ArrayList<Box>();
        for (int top : rows) {
            for (int left : columns) {
                tiles.add(
                        new Box(
                                left,
                                top,
                                Math.min(left + side, image.width()),
                                Math.min(top + side, image.height())));
            }
        }
        if (whole && tiles.size() > 1) {
            tiles.add(image.toBox());
        }
        return tiles;
    }

    private int[] starts(int length) {
        if (length <= side) {
            return new int[] {0};
        }
        double step = side * (1 - overlap);
        int count = 1 + (int) Math.ceil((length - side) / step);
        var starts = new int[count];
        for (int i = 0; i < count; i++) {
            starts[i] = (int) Math.round((double) i * (length - side) / (count - 1));
        }
        return starts;
    }

    /// What provenance says of it.
    public String settings() {
        return String.format(
                Locale.ROOT, "tiles=%d overlap=%s%s", side, overlap, whole ? " whole" : "");
    }
}

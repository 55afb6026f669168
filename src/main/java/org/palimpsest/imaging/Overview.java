package org.palimpsest.imaging;

import java.util.Arrays;
import org.palimpsest.geometry.Size;

/// A small picture of a large one that grows while that is decoded: single pixels of it, what is still missing grey.
///
/// Written by the thread that decodes, read by others, who may see a row half done.
final class Overview {
    private static final int LONGEST_SIDE = 1024;
    private static final int MISSING = 0xFF808080;

    private final Size stored;
    private final Orientation orientation;
    private final int step;
    private final int width;
    private final int[] argb;

    Overview(TileGrid grid) {
        this.stored = grid.stored();
        this.orientation = grid.orientation();
        this.step = Math.ceilDiv(Math.max(stored.width(), stored.height()), LONGEST_SIDE);
        this.width = Math.ceilDiv(stored.width(), step);
        this.argb = new int[width * Math.ceilDiv(stored.height(), step)];
        Arrays.fill(argb, MISSING);
    }

    /// Takes what it needs of a row.
    void put(int left, int y, int count, byte[] rgb, int offset) {
        if (y % step != 0) {
            return;
        }
        for (int x = Math.ceilDiv(left, step) * step; x < left + count; x += step) {
            argb[y / step * width + x / step] =
                    Halving.argb(rgb, offset + Picture.CHANNELS * (x - left));
        }
    }

    /// What there is now, upright.
    TilePixels pixels() {
        return orientation.apply(new TilePixels(width, argb.length / width, argb.clone()));
    }
}

package org.palimpsest.imaging;

/// Makes pictures half as wide and high: each pixel is the mean of four, or of those that there are at an odd edge.
final class Halving {
    private Halving() {}

    /// Three bytes as `0xFFRRGGBB`.
    static int argb(byte[] rgb, int at) {
        return 0xFF000000
                | (rgb[at] & 0xFF) << 16
                | (rgb[at + 1] & 0xFF) << 8
                | (rgb[at + 2] & 0xFF);
    }

    /// Puts half of a tile into a part of another.
    ///
    /// @param target whose rows are `stride` pixels long
    static void into(int[] target, int stride, int left, int top, TilePixels from) {
        int width = Math.ceilDiv(from.width(), 2);
        int height = Math.ceilDiv(from.height(), 2);
        int[] source = from.argb();
        for (int y = 0; y < height; y++) {
            int upper = 2 * y * from.width();
            int lower = 2 * y + 1 < from.height() ? upper + from.width() : upper;
            int at = (top + y) * stride + left;
            for (int x = 0; x < width; x++) {
                int first = 2 * x;
                int second = first + 1 < from.width() ? first + 1 : first;
                target[at + x] =
                        mean(
                                source[upper + first],
                                source[upper + second],
                                source[lower + first],
                                source[lower + second]);
            }
        }
    }

    /// The mean of four opaque pixels, rounded; red and blue are added up in one number.
    private static int mean(int a, int b, int c, int d) {
        int redBlue = (a & 0xFF00FF) + (b & 0xFF00FF) + (c & 0xFF00FF) + (d & 0xFF00FF) + 0x020002;
        int green = (a & 0xFF00) + (b & 0xFF00) + (c & 0xFF00) + (d & 0xFF00) + 0x0200;
        return 0xFF000000 | ((redBlue >> 2) & 0xFF00FF) | ((green >> 2) & 0xFF00);
    }
}

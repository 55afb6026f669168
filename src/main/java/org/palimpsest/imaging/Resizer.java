package org.palimpsest.imaging;

import java.util.Arrays;
import org.palimpsest.geometry.Size;

/// Resizes images exactly as Pillow's `resize` does, first across, then down.
///
/// For 8-bit pixels the weights are fixed-point numbers and the result of each pass is rounded to 8
/// bits, so every byte agrees with Pillow 12.3 (src/libImaging/Resample.c). Thread-safe.
public final class Resizer {
    private static final int HALF = 1 << (ResizeWeights.FRACTION_BITS - 1);

    private Resizer() {}

    /// The picture in a new size; the aspect ratio is not kept by itself.
    public static Picture resize(Picture picture, Size size, ResizeFilter filter) {
        if (size.width() <= 0 || size.height() <= 0) {
            throw new IllegalArgumentException("No size for a picture: " + size);
        }
        var rows = ResizeWeights.of(picture.height(), size.height(), filter);
        boolean changesHeight = size.height() != picture.height();
        Picture across = picture;
        int firstRow = 0;
        if (size.width() != picture.width()) {
            // Rows that no new row looks at are left out.
            firstRow = changesHeight ? rows.first()[0] : 0;
            int endRow = changesHeight ? rows.windowEnd(size.height() - 1) : picture.height();
            across = across(picture, firstRow, endRow, size.width(), filter);
        }
        return changesHeight ? down(across, firstRow, rows) : across;
    }

    private static Picture across(
            Picture picture, int firstRow, int endRow, int newWidth, ResizeFilter filter) {
        var columns = ResizeWeights.of(picture.width(), newWidth, filter);
        int[][] weights = columns.fixedPoint();
        int[] first = columns.first();
        int width = picture.width();
        int height = endRow - firstRow;
        byte[] from = picture.rgb();
        var to = new byte[Picture.CHANNELS * newWidth * height];
        var red = new int[width];
        var green = new int[width];
        var blue = new int[width];
        int target = 0;
        for (int y = 0; y < height; y++) {
            int source = Picture.CHANNELS * width * (firstRow + y);
            for (int x = 0; x < width; x++) {
                red[x] = from[source] & 0xFF;
                green[x] = from[source + 1] & 0xFF;
                blue[x] = from[source + 2] & 0xFF;
                source += Picture.CHANNELS;
            }
            for (int x = 0; x < newWidth; x++) {
                to[target++] = toByte(weightedSum(red, first[x], weights[x]));
                to[target++] = toByte(weightedSum(green, first[x], weights[x]));
                to[target++] = toByte(weightedSum(blue, first[x], weights[x]));
            }
        }
        return new Picture(newWidth, height, to);
    }

    private static int weightedSum(int[] samples, int first, int[] weights) {
        int sum = HALF;
        for (int i = 0; i < weights.length; i++) {
            sum += samples[first + i] * weights[i];
        }
        return sum;
    }

    private static Picture down(Picture picture, int firstRow, ResizeWeights rows) {
        int[][] weights = rows.fixedPoint();
        int newHeight = weights.length;
        int rowBytes = Picture.CHANNELS * picture.width();
        byte[] from = picture.rgb();
        var to = new byte[rowBytes * newHeight];
        var sums = new int[rowBytes];
        for (int y = 0; y < newHeight; y++) {
            Arrays.fill(sums, HALF);
            for (int i = 0; i < weights[y].length; i++) {
                addRow(from, (rows.first()[y] - firstRow + i) * rowBytes, weights[y][i], sums);
            }
            int target = y * rowBytes;
            for (int x = 0; x < rowBytes; x++) {
                to[target + x] = toByte(sums[x]);
            }
        }
        return new Picture(picture.width(), newHeight, to);
    }

    private static void addRow(byte[] from, int start, int weight, int[] sums) {
        for (int x = 0; x < sums.length; x++) {
            sums[x] += (from[start + x] & 0xFF) * weight;
        }
    }

    private static byte toByte(int sum) {
        return (byte) Math.clamp(sum >> ResizeWeights.FRACTION_BITS, 0, 255);
    }

    /// A plane of floats in a new size, as Pillow resizes images of mode `F`: weights and sums in
    /// double precision, rounded to float after each pass.
    ///
    /// @param plane row by row, `from.width() · from.height()` values
    public static float[] resize(float[] plane, Size from, Size to, ResizeFilter filter) {
        if (plane.length != from.pixelCount() || to.pixelCount() == 0) {
            throw new IllegalArgumentException(
                    plane.length + " values are no plane of " + from + " to make " + to + " of");
        }
        float[] across = plane;
        if (to.width() != from.width()) {
            var columns = ResizeWeights.of(from.width(), to.width(), filter);
            across = new float[to.width() * from.height()];
            for (int y = 0; y < from.height(); y++) {
                for (int x = 0; x < to.width(); x++) {
                    int start = y * from.width() + columns.first()[x];
                    across[y * to.width() + x] = weightedSum(plane, start, 1, columns.weights()[x]);
                }
            }
        }
        if (to.height() == from.height()) {
            return across == plane ? plane.clone() : across;
        }
        var rows = ResizeWeights.of(from.height(), to.height(), filter);
        var down = new float[to.width() * to.height()];
        for (int y = 0; y < to.height(); y++) {
            for (int x = 0; x < to.width(); x++) {
                int start = rows.first()[y] * to.width() + x;
                down[y * to.width() + x] =
                        weightedSum(across, start, to.width(), rows.weights()[y]);
            }
        }
        return down;
    }

    private static float weightedSum(float[] samples, int start, int step, double[] weights) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += samples[start + i * step] * weights[i];
        }
        return (float) sum;
    }
}

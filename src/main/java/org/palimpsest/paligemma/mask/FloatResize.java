package org.palimpsest.paligemma.mask;

/// Bilinear resizing of float images as Pillow does it: the triangle widens with the reduction, first rows, then
/// columns, sums in double precision, results in single (Pillow src/libImaging/Resample.c, mode `F`).
final class FloatResize {
    private FloatResize() {}

    static float[] bilinear(float[] pixels, int width, int height, int newWidth, int newHeight) {
        var columns = weights(width, newWidth);
        var wide = new float[newWidth * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < newWidth; x++) {
                wide[y * newWidth + x] = columns[x].sum(pixels, y * width, 1);
            }
        }
        var rows = weights(height, newHeight);
        var result = new float[newWidth * newHeight];
        for (int y = 0; y < newHeight; y++) {
            for (int x = 0; x < newWidth; x++) {
                result[y * newWidth + x] = rows[y].sum(wide, x, newWidth);
            }
        }
        return result;
    }

    /// What one output pixel takes of its neighbours.
    private record Weights(int first, double[] factors) {
        float sum(float[] pixels, int offset, int step) {
            double sum = 0;
            for (int i = 0; i < factors.length; i++) {
                sum += pixels[offset + (first + i) * step] * factors[i];
            }
            return (float) sum;
        }
    }

    private static Weights[] weights(int size, int newSize) {
        double scale = (double) size / newSize;
        double reach = Math.max(scale, 1);
        var all = new Weights[newSize];
        for (int i = 0; i < newSize; i++) {
            double centre = (i + 0.5) * scale;
            int first = Math.max(0, (int) (centre - reach + 0.5));
            int last = Math.min(size, (int) (centre + reach + 0.5));
            var factors = new double[last - first];
            double sum = 0;
            for (int j = 0; j < factors.length; j++) {
                double distance = Math.abs((j + first - centre + 0.5) / reach);
                factors[j] = Math.max(0, 1 - distance);
                sum += factors[j];
            }
            for (int j = 0; j < factors.length && sum != 0; j++) {
                factors[j] /= sum;
            }
            all[i] = new Weights(first, factors);
        }
        return all;
    }
}

package org.palimpsest.imaging;

/// For each new pixel of one axis: where its window of old pixels begins, and their weights.
///
/// Pillow 12.3, src/libImaging/Resample.c, `precompute_coeffs`: when shrinking, the filter is
/// stretched over all the pixels that go into one (antialias).
///
/// @param first the first old pixel of each window
/// @param weights one row of weights per new pixel, as long as its window; they add up to 1
record ResizeWeights(int[] first, double[][] weights) {
    /// Fixed-point weights have this many fraction bits (`PRECISION_BITS`: 32 - 8 - 2).
    static final int FRACTION_BITS = 22;

    static ResizeWeights of(int oldSize, int newSize, ResizeFilter filter) {
        double scale = (double) oldSize / newSize;
        double stretch = Math.max(scale, 1);
        double support = filter.support() * stretch;
        double inverse = 1 / stretch;
        var first = new int[newSize];
        var weights = new double[newSize][];
        for (int i = 0; i < newSize; i++) {
            double center = (i + 0.5) * scale;
            int from = Math.max((int) (center - support + 0.5), 0);
            int to = Math.min((int) (center + support + 0.5), oldSize);
            var window = new double[to - from];
            double sum = 0;
            for (int j = 0; j < window.length; j++) {
                window[j] = filter.weight((j + from - center + 0.5) * inverse);
                sum += window[j];
            }
            for (int j = 0; j < window.length && sum != 0; j++) {
                window[j] /= sum;
            }
            first[i] = from;
            weights[i] = window;
        }
        return new ResizeWeights(first, weights);
    }

    /// The weights as whole numbers of 2⁻²², rounded half away from zero.
    int[][] fixedPoint() {
        var fixed = new int[weights.length][];
        for (int i = 0; i < fixed.length; i++) {
            fixed[i] = new int[weights[i].length];
            for (int j = 0; j < fixed[i].length; j++) {
                double scaled = weights[i][j] * (1 << FRACTION_BITS);
                fixed[i][j] = (int) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
            }
        }
        return fixed;
    }

    int windowEnd(int i) {
        return first[i] + weights[i].length;
    }
}

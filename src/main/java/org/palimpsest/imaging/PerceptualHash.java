package org.palimpsest.imaging;

import java.util.Arrays;
import java.util.OptionalLong;
import org.palimpsest.geometry.Size;

/// 64 bits of how a picture looks: the signs of its lowest frequencies, which stay when it is scaled, compressed or
/// slightly brightened.
///
/// The scheme of Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions" (2010), section 3.2: grey,
/// 32×32, cosine transform, the 8×8 lowest frequencies compared with their median.
public final class PerceptualHash {
    /// Hashes of the same picture in other sizes or qualities differ in a few bits; those of other pictures in 20 and
    /// more on average.
    public static final int SIMILAR_BITS = 3;

    static final int SIDE = 64;
    private static final int GRID = 32;
    private static final int KEPT = 8;
    private static final double[][] COSINES = cosines();

    /// Grey levels: below this the frequencies are noise, and two even pictures would count as one.
    private static final double LEAST_DEVIATION = 2;

    private PerceptualHash() {}

    /// The picture's hash; empty where it has no structure, as an even grey.
    public static OptionalLong of(Picture picture) {
        double[] grey = grey(Resizer.resize(picture, new Size(GRID, GRID), ResizeFilter.BILINEAR));
        if (deviation(grey) < LEAST_DEVIATION) {
            return OptionalLong.empty();
        }
        double[] frequencies = lowFrequencies(grey);
        double[] sorted = Arrays.copyOfRange(frequencies, 1, frequencies.length);
        Arrays.sort(sorted); // without the first, the mean brightness
        double median = sorted[sorted.length / 2];
        long bits = 0;
        for (int i = 1; i < frequencies.length; i++) {
            bits |= frequencies[i] > median ? 1L << i : 0;
        }
        return OptionalLong.of(bits);
    }

    /// In how many bits two hashes differ.
    public static int distance(long one, long other) {
        return Long.bitCount(one ^ other);
    }

    private static double[] grey(Picture picture) {
        byte[] rgb = picture.rgb();
        double[] grey = new double[GRID * GRID];
        for (int i = 0; i < grey.length; i++) {
            grey[i] =
                    0.299 * (rgb[3 * i] & 0xFF)
                            + 0.587 * (rgb[3 * i + 1] & 0xFF)
                            + 0.114 * (rgb[3 * i + 2] & 0xFF);
        }
        return grey;
    }

    private static double deviation(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Math.sqrt(
                Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
    }

    private static double[] lowFrequencies(double[] grey) {
        double[] result = new double[KEPT * KEPT];
        for (int v = 0; v < KEPT; v++) {
            for (int u = 0; u < KEPT; u++) {
                double sum = 0;
                for (int y = 0; y < GRID; y++) {
                    double line = 0;
                    for (int x = 0; x < GRID; x++) {
                        line += grey[y * GRID + x] * COSINES[u][x];
                    }
                    sum += line * COSINES[v][y];
                }
                result[v * KEPT + u] = sum;
            }
        }
        return result;
    }

    private static double[][] cosines() {
        double[][] table = new double[KEPT][GRID];
        for (int frequency = 0; frequency < KEPT; frequency++) {
            for (int x = 0; x < GRID; x++) {
                table[frequency][x] = Math.cos((2 * x + 1) * frequency * Math.PI / (2 * GRID));
            }
        }
        return table;
    }
}

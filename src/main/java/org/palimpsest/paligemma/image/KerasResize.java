package org.palimpsest.paligemma.image;

import org.palimpsest.geometry.Box;
import org.palimpsest.imaging.Picture;
import org.palimpsest.paligemma.config.ImageConversion.KerasBilinear;

/// KerasHub's image converter: bilinear without antialias on floating point values, then a scale
/// and an offset per channel.
///
/// New pixel i of m lies at `(i + 0.5) · n / m - 0.5` of n old ones, clamped to the edge, between
/// two neighbours per axis.
final class KerasResize {
    private final KerasBilinear conversion;

    KerasResize(KerasBilinear conversion) {
        this.conversion = conversion;
    }

    /// The pixel values of an area with whole-numbered corners, [3, height, width].
    float[] toPixelValues(Picture picture, Box area) {
        var columns = Neighbours.of((int) area.xMin(), (int) area.width(), conversion.width());
        var rows = Neighbours.of((int) area.yMin(), (int) area.height(), conversion.height());
        int plane = conversion.width() * conversion.height();
        var values = new float[Picture.CHANNELS * plane];
        byte[] rgb = picture.rgb();
        int stride = Picture.CHANNELS * picture.width();
        for (int y = 0; y < conversion.height(); y++) {
            int upper = rows.first()[y] * stride;
            int lower = rows.second()[y] * stride;
            double down = rows.share()[y];
            for (int x = 0; x < conversion.width(); x++) {
                int left = columns.first()[x] * Picture.CHANNELS;
                int right = columns.second()[x] * Picture.CHANNELS;
                double across = columns.share()[x];
                for (int channel = 0; channel < Picture.CHANNELS; channel++) {
                    double top = mix(rgb, upper + left + channel, upper + right + channel, across);
                    double bottom =
                            mix(rgb, lower + left + channel, lower + right + channel, across);
                    double value = top + (bottom - top) * down;
                    values[channel * plane + y * conversion.width() + x] =
                            (float)
                                    (value * conversion.scale().get(channel)
                                            + conversion.offset().get(channel));
                }
            }
        }
        return values;
    }

    private static double mix(byte[] rgb, int from, int to, double share) {
        double start = rgb[from] & 0xFF;
        return start + ((rgb[to] & 0xFF) - start) * share;
    }

    /// For each new pixel of one axis its two old neighbours, and the share of the second.
    private record Neighbours(int[] first, int[] second, double[] share) {
        static Neighbours of(int start, int oldSize, int newSize) {
            var first = new int[newSize];
            var second = new int[newSize];
            var share = new double[newSize];
            for (int i = 0; i < newSize; i++) {
                double place = Math.clamp((i + 0.5) * oldSize / newSize - 0.5, 0.0, oldSize - 1.0);
                int before = (int) place;
                first[i] = start + before;
                second[i] = start + Math.min(before + 1, oldSize - 1);
                share[i] = place - before;
            }
            return new Neighbours(first, second, share);
        }
    }
}

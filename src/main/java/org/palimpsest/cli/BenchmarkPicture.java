package org.palimpsest.cli;

import java.util.SplittableRandom;
import org.palimpsest.imaging.Picture;

/// Draws the picture that is asked about: of the model's own size, so that no program needs to resize it.
final class BenchmarkPicture {
    private static final long SEED = 7;

    private BenchmarkPicture() {}

    /// Slopes of colour with some noise; the same at every call.
    static Picture draw(int size) {
        var random = new SplittableRandom(SEED);
        var rgb = new byte[size * size * Picture.CHANNELS];
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                int at = (y * size + x) * Picture.CHANNELS;
                rgb[at] = (byte) (255 * x / size);
                rgb[at + 1] = (byte) (255 * y / size);
                rgb[at + 2] = (byte) random.nextInt(256);
            }
        }
        return new Picture(size, size, rgb);
    }
}

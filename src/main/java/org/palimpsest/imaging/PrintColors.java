package org.palimpsest.imaging;

import java.awt.image.Raster;

/// Print colours (cyan, magenta, yellow, black) as red, green and blue.
///
/// As Pillow 12.3 does it: YCCK becomes CMYK with libjpeg's integer tables, what an Adobe segment
/// marks is inverted (JpegImagePlugin.py), and then red is `(255 - k) - (255 - k)·c / 255`, rounded
/// (Convert.c, `cmyk2rgb`). No colour profile is applied.
final class PrintColors {
    private static final int FRACTION_BITS = 16;
    private static final int HALF = 1 << (FRACTION_BITS - 1);

    private PrintColors() {}

    /// The samples of a JPEG file as its library stores them.
    static Picture ofJpeg(Raster raster, JpegHeader header) {
        var pixels = new int[4 * raster.getWidth()];
        int width = raster.getWidth();
        int height = raster.getHeight();
        var rgb = new byte[Picture.CHANNELS * width * height];
        int target = 0;
        boolean isInverted = header.adobeTransform() >= 0;
        for (int y = 0; y < height; y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, pixels);
            for (int i = 0; i < pixels.length; i += 4) {
                if (header.isYcck()) {
                    toCmy(pixels, i);
                }
                int black = isInverted ? 255 - pixels[i + 3] : pixels[i + 3];
                for (int channel = 0; channel < Picture.CHANNELS; channel++) {
                    int ink = isInverted ? 255 - pixels[i + channel] : pixels[i + channel];
                    rgb[target++] = (byte) withoutInk(ink, black);
                }
            }
        }
        return new Picture(width, height, rgb);
    }

    /// The samples of a file that stores them plainly, such as TIFF.
    static Picture of(Raster raster) {
        return ofJpeg(raster, new JpegHeader(4, -1));
    }

    private static int withoutInk(int ink, int black) {
        int light = 255 - black;
        int product = light * ink + 128;
        int scaled = ((product >> 8) + product) >> 8;
        return Math.clamp(light - scaled, 0, 255);
    }

    /// libjpeg jdcolor.c, `ycck_cmyk_convert`.
    private static void toCmy(int[] pixels, int i) {
        int luminance = pixels[i];
        int blueness = pixels[i + 1] - 128;
        int redness = pixels[i + 2] - 128;
        int red = luminance + ((fixed(1.40200) * redness + HALF) >> FRACTION_BITS);
        int green =
                luminance
                        + ((-fixed(0.34414) * blueness - fixed(0.71414) * redness + HALF)
                                >> FRACTION_BITS);
        int blue = luminance + ((fixed(1.77200) * blueness + HALF) >> FRACTION_BITS);
        pixels[i] = Math.clamp(255 - red, 0, 255);
        pixels[i + 1] = Math.clamp(255 - green, 0, 255);
        pixels[i + 2] = Math.clamp(255 - blue, 0, 255);
    }

    private static int fixed(double value) {
        return (int) (value * (1 << FRACTION_BITS) + 0.5);
    }
}

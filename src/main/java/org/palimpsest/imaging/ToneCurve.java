package org.palimpsest.imaging;

/// How bright a picture is shown: for the eyes only, no pixel of the image changes.
///
/// `out = clamp((in - ½) · contrast + ½ + brightness) ^ (1 / gamma)`, all in 0 to 1.
///
/// @param brightness added, -1 to 1
/// @param contrast factor around the middle, 0 to 8
/// @param gamma above 1 brightens the dark parts, 0.1 to 8
public record ToneCurve(double brightness, double contrast, double gamma) {
    /// Shows the picture as it is.
    public static final ToneCurve NONE = new ToneCurve(0, 1, 1);

    public ToneCurve {
        boolean sane =
                Math.abs(brightness) <= 1
                        && contrast >= 0
                        && contrast <= 8
                        && gamma >= 0.1
                        && gamma <= 8;
        if (!sane) {
            throw new IllegalArgumentException(
                    "No such curve: %s, %s, %s".formatted(brightness, contrast, gamma));
        }
    }

    public boolean isNone() {
        return equals(NONE);
    }

    /// What each value of a channel becomes.
    int[] table() {
        var table = new int[256];
        for (int i = 0; i < table.length; i++) {
            double straight = (i / 255.0 - 0.5) * contrast + 0.5 + brightness;
            table[i] = (int) Math.round(255 * Math.pow(Math.clamp(straight, 0.0, 1.0), 1 / gamma));
        }
        return table;
    }

    /// The pixels as they are shown; these themselves where the curve changes nothing.
    public TilePixels apply(TilePixels pixels) {
        if (isNone()) {
            return pixels;
        }
        int[] table = table();
        int[] from = pixels.argb();
        var to = new int[from.length];
        for (int i = 0; i < from.length; i++) {
            int pixel = from[i];
            to[i] =
                    (pixel & 0xFF000000)
                            | table[pixel >> 16 & 0xFF] << 16
                            | table[pixel >> 8 & 0xFF] << 8
                            | table[pixel & 0xFF];
        }
        return new TilePixels(pixels.width(), pixels.height(), to);
    }
}

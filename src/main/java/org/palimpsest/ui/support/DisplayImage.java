package org.palimpsest.ui.support;

import org.palimpsest.geometry.Size;
import org.palimpsest.imaging.Picture;

/// A picture made ready for the screen: packed pixels, and fewer of them where no screen could show them all.
///
/// @param original the size of the picture, which all coordinates refer to
/// @param width columns of pixels kept
/// @param height rows of pixels kept
/// @param argb the pixels, 0xAARRGGBB, row by row; shared, not to be modified
@SuppressWarnings("ArrayRecordComponent")
public record DisplayImage(Size original, int width, int height, int[] argb) {
    /// Graphics cards and JavaFX's software renderer both take textures of this side.
    private static final int LARGEST_SIDE = 8192;

    /// Packs a picture. Takes some milliseconds for every million pixels: not for the interface's thread.
    public static DisplayImage of(Picture picture) {
        int step = Math.ceilDiv(Math.max(picture.width(), picture.height()), LARGEST_SIDE);
        int width = Math.ceilDiv(picture.width(), step);
        int height = Math.ceilDiv(picture.height(), step);
        var argb = new int[Math.multiplyExact(width, height)];
        byte[] rgb = picture.rgb();
        int at = 0;
        for (int y = 0; y < height; y++) {
            int source = y * step * picture.width() * 3;
            for (int x = 0; x < width; x++, source += 3 * step) {
                argb[at++] =
                        0xFF000000
                                | (rgb[source] & 0xFF) << 16
                                | (rgb[source + 1] & 0xFF) << 8
                                | (rgb[source + 2] & 0xFF);
            }
        }
        return new DisplayImage(picture.size(), width, height, argb);
    }
}

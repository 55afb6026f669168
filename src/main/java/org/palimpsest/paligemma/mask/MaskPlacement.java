package org.palimpsest.paligemma.mask;

import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Size;
import org.palimpsest.paligemma.prompt.NormalizedBox;

/// Cuts masks out of their box for the encoder and puts decoded squares back into the image.
final class MaskPlacement {
    private static final int SIDE = MaskCodec.SIDE;

    private MaskPlacement() {}

    /// The mask inside the box as 64 × 64 shares of object, 0 to 1.
    static float[] crop(Mask mask, Box box) {
        int left = start(box.xMin(), mask.width());
        int top = start(box.yMin(), mask.height());
        int width = end(box.xMax(), left, mask.width()) - left;
        int height = end(box.yMax(), top, mask.height()) - top;
        var pixels = new float[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                pixels[y * width + x] = mask.get(left + x, top + y) ? 1 : 0;
            }
        }
        return FloatResize.bilinear(pixels, width, height, SIDE, SIDE);
    }

    /// `Math.rint` rounds halves to the even number, as Python's `round` does. A box keeps at least one pixel.
    private static int start(double edge, int limit) {
        return (int) Math.clamp(Math.rint(edge), 0, limit - 1);
    }

    private static int end(double edge, int start, int limit) {
        return (int) Math.clamp(Math.rint(edge), start + 1, limit);
    }

    /// The decoded square in its box, cut at 0; the box's edges are truncated to whole pixels.
    static Mask paste(float[] square, NormalizedBox box, Size image) {
        int left = (int) (box.xMinFraction() * image.width());
        int top = (int) (box.yMinFraction() * image.height());
        int width = (int) (box.xMaxFraction() * image.width()) - left;
        int height = (int) (box.yMaxFraction() * image.height()) - top;
        if (width == 0 || height == 0) {
            return Mask.empty(image);
        }
        var pixels = FloatResize.bilinear(square, SIDE, SIDE, width, height);
        return Mask.of(
                image.width(),
                image.height(),
                (x, y) ->
                        x >= left
                                && x < left + width
                                && y >= top
                                && y < top + height
                                && pixels[(y - top) * width + x - left] > 0);
    }
}

package org.palimpsest.ui.canvas;

import java.util.LinkedHashMap;
import java.util.Map;
import javafx.scene.image.Image;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.ui.support.FxImages;

/// Masks as tinted pictures of their bounds: a pale fill with a strong edge. Keeps the last ones used, within a bound.
///
/// Confined to the JavaFX thread.
final class MaskImages {
    private static final int LONGEST_SIDE = 1024;
    private static final long MOST_PIXELS = 16_000_000;
    private static final int FILL_ALPHA = 0x70;
    private static final double EDGE_WIDTH = 1.6;
    private static final int EDGE_ALPHA = 0xF2;

    private record Key(Mask mask, int rgb) {
        @Override
        public boolean equals(Object other) {
            // Masks are compared by identity: content would cost a pass over all pixels for each
            // frame.
            return other instanceof Key key && key.mask == mask && key.rgb == rgb;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(mask) * 31 + rgb;
        }
    }

    private final Map<Key, Image> images = new LinkedHashMap<>(16, 0.75f, true);
    private long pixels;

    /// The picture that covers the mask's bounds.
    Image image(Mask mask, int rgb) {
        var key = new Key(mask, rgb);
        var image = images.get(key);
        if (image == null) {
            image = paint(mask, rgb);
            images.put(key, image);
            pixels += pixelCount(image);
            var oldest = images.entrySet().iterator();
            while (pixels > MOST_PIXELS && images.size() > 1 && oldest.hasNext()) {
                pixels -= pixelCount(oldest.next().getValue());
                oldest.remove();
            }
        }
        return image;
    }

    private static long pixelCount(Image image) {
        return (long) (image.getWidth() * image.getHeight());
    }

    private static Image paint(Mask mask, int rgb) {
        Box bounds = mask.bounds();
        int left = (int) bounds.xMin();
        int top = (int) bounds.yMin();
        double across = Math.max(1, bounds.width());
        double down = Math.max(1, bounds.height());
        double step = Math.max(1, Math.max(across, down) / LONGEST_SIDE);
        int width = (int) Math.ceil(across / step);
        int height = (int) Math.ceil(down / step);
        var argb = new int[width * height];
        int fill = premultiplied(rgb, FILL_ALPHA);
        int edge = premultiplied(rgb, EDGE_ALPHA);
        int reach = (int) Math.ceil(EDGE_WIDTH * step);
        for (int y = 0; y < height; y++) {
            int imageY = top + (int) (y * step);
            for (int x = 0; x < width; x++) {
                int imageX = left + (int) (x * step);
                if (covers(mask, imageX, imageY)) {
                    boolean inside =
                            covers(mask, imageX - reach, imageY)
                                    && covers(mask, imageX + reach, imageY)
                                    && covers(mask, imageX, imageY - reach)
                                    && covers(mask, imageX, imageY + reach);
                    argb[y * width + x] = inside ? fill : edge;
                }
            }
        }
        return FxImages.ofPremultiplied(width, height, argb);
    }

    private static boolean covers(Mask mask, int x, int y) {
        return x >= 0 && y >= 0 && x < mask.width() && y < mask.height() && mask.get(x, y);
    }

    private static int premultiplied(int rgb, int alpha) {
        int red = (rgb >> 16 & 0xFF) * alpha / 255;
        int green = (rgb >> 8 & 0xFF) * alpha / 255;
        int blue = (rgb & 0xFF) * alpha / 255;
        return alpha << 24 | red << 16 | green << 8 | blue;
    }
}

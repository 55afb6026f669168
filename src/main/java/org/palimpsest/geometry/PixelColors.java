package org.palimpsest.geometry;

/// The colours of an image by pixel, as `0xRRGGBB`; asked within the image only.
@FunctionalInterface
public interface PixelColors {
    int rgb(int x, int y);
}

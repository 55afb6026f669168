package org.palimpsest.imaging;

/// The pixels of a tile, upright.
///
/// @param argb `0xFFRRGGBB`, row by row; shared, not to be modified
@SuppressWarnings("ArrayRecordComponent")
public record TilePixels(int width, int height, int[] argb) {
    public TilePixels {
        if (width <= 0 || height <= 0 || (long) width * height != argb.length) {
            throw new IllegalArgumentException(
                    argb.length + " pixels are no tile of " + width + "x" + height);
        }
    }
}

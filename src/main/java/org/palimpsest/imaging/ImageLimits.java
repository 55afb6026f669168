package org.palimpsest.imaging;

/// How large an image may be before it is refused, looked at before memory is taken for it.
///
/// @param maxPixels width times height
/// @param maxFileBytes size of the file
public record ImageLimits(long maxPixels, long maxFileBytes) {
    /// 200 megapixels (600 MB decoded) in a file of at most 1 GiB.
    public static final ImageLimits DEFAULT = new ImageLimits(200_000_000, 1L << 30);

    /// The most pixels whose bytes still fit one array.
    private static final long MOST_PIXELS = (Integer.MAX_VALUE - 16) / Picture.CHANNELS;

    public ImageLimits {
        if (maxPixels <= 0 || maxPixels > MOST_PIXELS || maxFileBytes <= 0) {
            throw new IllegalArgumentException(
                    "Limits out of range: " + maxPixels + " pixels, " + maxFileBytes + " bytes");
        }
    }
}

package org.palimpsest.imaging;

/// Takes the pixels of an image as they are decoded, in the orientation in which they are stored.
interface PixelSink {

    /// The image is read from its beginning; what came before does not count.
    void begin();

    /// Takes a rectangle.
    ///
    /// @param rgb red, green, blue of each pixel, row by row
    /// @return whether to go on decoding
    boolean put(int left, int top, int width, int height, byte[] rgb);
}

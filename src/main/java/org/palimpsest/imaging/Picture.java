package org.palimpsest.imaging;

import org.palimpsest.geometry.Size;

/// A decoded image: 8 bits each of red, green and blue, upright as its orientation tag says.
///
/// Meant to be shared and not modified: the pixel array is handed out without a copy. Under that
/// rule it is thread-safe.
public final class Picture {
    /// Bytes per pixel.
    public static final int CHANNELS = 3;

    private final int width;
    private final int height;
    private final byte[] rgb;

    /// @param rgb red, green, blue of each pixel, row by row from the top; not copied
    /// @throws IllegalArgumentException if a side is not positive or the array has another length
    public Picture(int width, int height, byte[] rgb) {
        if (width <= 0 || height <= 0 || (long) width * height * CHANNELS != rgb.length) {
            throw new IllegalArgumentException(
                    rgb.length + " bytes are no picture of " + width + "x" + height);
        }
        this.width = width;
        this.height = height;
        this.rgb = rgb;
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    public Size size() {
        return new Size(width, height);
    }

    /// Red, green, blue of each pixel, row by row; shared, not to be modified.
    public byte[] rgb() {
        return rgb;
    }

    /// The colour of a pixel as `0xRRGGBB`.
    public int rgb(int x, int y) {
        if (x < 0 || x >= width || y < 0 || y >= height) {
            throw new IllegalArgumentException(
                    "No pixel " + x + "," + y + " in a picture of " + size());
        }
        int index = (y * width + x) * CHANNELS;
        return (rgb[index] & 0xFF) << 16 | (rgb[index + 1] & 0xFF) << 8 | (rgb[index + 2] & 0xFF);
    }

    @Override
    public String toString() {
        return "Picture of " + size();
    }
}

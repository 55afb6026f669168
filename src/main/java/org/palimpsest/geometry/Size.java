package org.palimpsest.geometry;

/// Width and height of an image or mask, in pixels.
public record Size(int width, int height) {
    public Size {
        if (width < 0 || height < 0) {
            throw new IllegalArgumentException("Negative size: " + width + "x" + height);
        }
    }

    /// How many pixels there are; never overflows.
    public long pixelCount() {
        return (long) width * height;
    }

    /// The whole image as a box.
    public Box toBox() {
        return new Box(0, 0, width, height);
    }

    /// The form used in messages: `640x480`.
    @Override
    public String toString() {
        return width + "x" + height;
    }
}

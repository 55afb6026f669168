package org.palimpsest.training.data;

import org.palimpsest.imaging.Picture;

/// Pictures made of pictures: mirrored, cut, in other colours. The given one stays as it is.
final class PictureChanges {
    /// Weights of ITU-R 601, as Pillow's conversion to grey has them.
    private static final float RED = 0.299f;

    private static final float GREEN = 0.587f;
    private static final float BLUE = 0.114f;

    private PictureChanges() {}

    /// Left to right.
    static Picture mirrored(Picture picture) {
        int width = picture.width();
        byte[] from = picture.rgb();
        var to = new byte[from.length];
        for (int y = 0; y < picture.height(); y++) {
            int row = y * width * Picture.CHANNELS;
            for (int x = 0; x < width; x++) {
                int source = row + (width - 1 - x) * Picture.CHANNELS;
                System.arraycopy(from, source, to, row + x * Picture.CHANNELS, Picture.CHANNELS);
            }
        }
        return new Picture(width, picture.height(), to);
    }

    /// The part of this size whose first pixel is (left, top).
    static Picture cut(Picture picture, int left, int top, int width, int height) {
        int bytes = width * Picture.CHANNELS;
        var to = new byte[bytes * height];
        for (int y = 0; y < height; y++) {
            int source = ((top + y) * picture.width() + left) * Picture.CHANNELS;
            System.arraycopy(picture.rgb(), source, to, y * bytes, bytes);
        }
        return new Picture(width, height, to);
    }

    /// Brightness, then contrast around the mean grey, then saturation around each pixel's grey; a factor of 1 changes
    /// nothing. Hues stay, so that the names of colours stay true.
    static Picture recolored(Picture picture, float brightness, float contrast, float saturation) {
        byte[] from = picture.rgb();
        double sum = 0;
        for (int i = 0; i < from.length; i += Picture.CHANNELS) {
            sum += grey(from[i] & 0xFF, from[i + 1] & 0xFF, from[i + 2] & 0xFF);
        }
        float middle = (float) (brightness * sum / (from.length / Picture.CHANNELS));
        var table = new float[256];
        for (int value = 0; value < table.length; value++) {
            table[value] = Math.clamp(middle + (value * brightness - middle) * contrast, 0f, 255f);
        }
        var to = new byte[from.length];
        for (int i = 0; i < from.length; i += Picture.CHANNELS) {
            float red = table[from[i] & 0xFF];
            float green = table[from[i + 1] & 0xFF];
            float blue = table[from[i + 2] & 0xFF];
            float grey = grey(red, green, blue);
            to[i] = toByte(grey + (red - grey) * saturation);
            to[i + 1] = toByte(grey + (green - grey) * saturation);
            to[i + 2] = toByte(grey + (blue - grey) * saturation);
        }
        return new Picture(picture.width(), picture.height(), to);
    }

    private static float grey(float red, float green, float blue) {
        return RED * red + GREEN * green + BLUE * blue;
    }

    private static byte toByte(float value) {
        return (byte) (int) Math.clamp(value + 0.5f, 0f, 255f);
    }
}

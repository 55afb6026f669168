package org.palimpsest.paligemma.image;

import java.util.List;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Size;
import org.palimpsest.imaging.Picture;
import org.palimpsest.imaging.ResizeFilter;
import org.palimpsest.imaging.Resizer;
import org.palimpsest.paligemma.config.ImageConversion;
import org.palimpsest.paligemma.config.ImageConversion.KerasBilinear;
import org.palimpsest.paligemma.config.ImageConversion.PillowBicubic;
import org.palimpsest.paligemma.config.PaliGemmaConfig;

/// Makes the model's pixel values of a picture.
///
/// Immutable and thread-safe.
public final class ImagePreprocessor {
    private final ImageConversion conversion;

    private ImagePreprocessor(ImageConversion conversion) {
        this.conversion = conversion;
    }

    /// The preprocessor that the checkpoint's conventions ask for.
    public static ImagePreprocessor of(PaliGemmaConfig config) {
        return of(config.conventions().imageConversion());
    }

    public static ImagePreprocessor of(ImageConversion conversion) {
        return new ImagePreprocessor(conversion);
    }

    /// The size of the model's image.
    public Size size() {
        return new Size(conversion.width(), conversion.height());
    }

    /// The pixel values, [3, height, width]: all of red, then green, then blue.
    public float[] toPixelValues(Picture picture) {
        return switch (conversion) {
            case PillowBicubic pillow -> pillowValues(resize(picture), pillow);
            case KerasBilinear keras ->
                    new KerasResize(keras).toPixelValues(picture, sourceArea(picture.size()));
        };
    }

    /// The part of an image that the model sees, in pixels: its answers are fractions of this box.
    ///
    /// The whole image, but for Keras presets, which cut the middle out.
    public Box sourceArea(Size image) {
        if (!(conversion instanceof KerasBilinear keras) || !keras.cropToAspectRatio()) {
            return image.toBox();
        }
        // keras ops/image: whole numbers, cut off rather than rounded.
        int height = cropSide(image.height(), image.width(), keras.height(), keras.width());
        int width = cropSide(image.width(), image.height(), keras.width(), keras.height());
        int top = (image.height() - height) / 2;
        int left = (image.width() - width) / 2;
        return new Box(left, top, left + width, top + height);
    }

    private static int cropSide(int side, int otherSide, int targetSide, int otherTargetSide) {
        double wanted = (double) otherSide * targetSide / otherTargetSide;
        return Math.max(1, Math.min(side, (int) wanted));
    }

    /// The picture in the model's size, as Pillow's antialiased bicubic filter makes it.
    private Picture resize(Picture picture) {
        return Resizer.resize(picture, size(), ResizeFilter.BICUBIC);
    }

    private static float[] pillowValues(Picture picture, PillowBicubic pillow) {
        byte[] rgb = picture.rgb();
        int pixels = picture.width() * picture.height();
        var values = new float[Picture.CHANNELS * pixels];
        for (int channel = 0; channel < Picture.CHANNELS; channel++) {
            float[] table =
                    table(
                            pillow.rescaleFactor(),
                            element(pillow.mean(), channel),
                            element(pillow.standardDeviation(), channel));
            int target = channel * pixels;
            for (int i = channel; i < rgb.length; i += Picture.CHANNELS) {
                values[target++] = table[rgb[i] & 0xFF];
            }
        }
        return values;
    }

    private static double element(List<Double> values, int index) {
        return values.get(index);
    }

    /// The pixel value of each of the 256 byte values.
    private static float[] table(double factor, double mean, double deviation) {
        var table = new float[256];
        for (int value = 0; value < table.length; value++) {
            table[value] = (float) ((value * factor - mean) / deviation);
        }
        return table;
    }
}

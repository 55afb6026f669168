package org.palimpsest.ui.support;

import java.nio.IntBuffer;
import javafx.scene.image.Image;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;

/// Shows packed pixels as JavaFX images without copying them.
public final class FxImages {
    private FxImages() {}

    public static Image of(DisplayImage image) {
        return ofPremultiplied(image.width(), image.height(), image.argb());
    }

    /// @param argb pixels with premultiplied alpha, row by row
    public static Image ofPremultiplied(int width, int height, int[] argb) {
        return new WritableImage(
                new PixelBuffer<>(
                        width, height, IntBuffer.wrap(argb), PixelFormat.getIntArgbPreInstance()));
    }
}

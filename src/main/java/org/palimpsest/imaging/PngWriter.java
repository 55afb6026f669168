package org.palimpsest.imaging;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.ImageIO;

/// Writes pictures as PNG.
final class PngWriter {
    private PngWriter() {}

    static void write(Picture picture, OutputStream out) throws IOException {
        if (!ImageIO.write(image(picture), "png", out)) {
            throw new IOException("this Java has no writer for PNG");
        }
    }

    /// The picture for Java2D, over the same array.
    static BufferedImage image(Picture picture) {
        byte[] rgb = picture.rgb();
        var raster =
                Raster.createInterleavedRaster(
                        new DataBufferByte(rgb, rgb.length),
                        picture.width(),
                        picture.height(),
                        Picture.CHANNELS * picture.width(),
                        Picture.CHANNELS,
                        new int[] {0, 1, 2},
                        null);
        var model =
                new ComponentColorModel(
                        ColorSpace.getInstance(ColorSpace.CS_sRGB),
                        false,
                        false,
                        Transparency.OPAQUE,
                        DataBuffer.TYPE_BYTE);
        return new BufferedImage(model, raster, false, null);
    }
}

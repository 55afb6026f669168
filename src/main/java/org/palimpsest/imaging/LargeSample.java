package org.palimpsest.imaging;

import java.awt.Point;
import java.awt.Rectangle;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import org.palimpsest.geometry.Size;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// Makes a picture of any size for measurements, without holding it.
///
/// Thread-safe: has no state.
public final class LargeSample {
    private LargeSample() {}

    /// Writes a JPEG file of colour gradients with a fine pattern.
    public static void write(Path file, Size size) throws ProblemException {
        int[] offsets = {0, 1, 2};
        var model =
                new PixelInterleavedSampleModel(
                        DataBuffer.TYPE_BYTE,
                        size.width(),
                        size.height(),
                        Picture.CHANNELS,
                        Picture.CHANNELS * size.width(),
                        offsets);
        var colors =
                new ComponentColorModel(
                        ColorSpace.getInstance(ColorSpace.CS_sRGB),
                        false,
                        false,
                        ComponentColorModel.OPAQUE,
                        DataBuffer.TYPE_BYTE);
        var image = new BufferedImage(colors, new Rows(model), false, null);
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (var out = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            writer.write(new IIOImage(image, null, null));
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem("A picture cannot be written", file + ": " + e, ""), e);
        } finally {
            writer.dispose();
        }
    }

    /// JDK's JPEG writer takes one row after the other as a child of the raster.
    private static final class Rows extends WritableRaster {
        Rows(SampleModel model) {
            super(
                    model,
                    new DataBufferByte(1),
                    new Rectangle(model.getWidth(), model.getHeight()),
                    new Point(),
                    null);
        }

        @Override
        public Raster createChild(
                int left, int top, int width, int height, int newLeft, int newTop, int[] bands) {
            var row =
                    Raster.createInterleavedRaster(
                            DataBuffer.TYPE_BYTE,
                            width,
                            height,
                            Picture.CHANNELS,
                            new Point(newLeft, newTop));
            byte[] rgb = ((DataBufferByte) row.getDataBuffer()).getData();
            int at = 0;
            for (int y = top; y < top + height; y++) {
                for (int x = left; x < left + width; x++) {
                    rgb[at++] = (byte) ((long) x * 255 / getWidth() ^ (x >> 3 & 15));
                    rgb[at++] = (byte) ((long) y * 255 / getHeight() ^ (y >> 3 & 15));
                    rgb[at++] = (byte) (128 + ((x * 7 ^ y * 13) & 31));
                }
            }
            return row;
        }
    }
}

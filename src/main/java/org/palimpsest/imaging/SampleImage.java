package org.palimpsest.imaging;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntBinaryOperator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.palimpsest.geometry.Size;

/// One number for each pixel, as PNG files hold them that are masks or maps of classes rather than pictures: grey
/// values, or the indices of a palette, and not the colours that they stand for.
///
/// Immutable, so any thread may use it.
public final class SampleImage {
    private final Raster raster;

    private SampleImage(Raster raster) {
        this.raster = raster;
    }

    /// Reads a PNG file.
    ///
    /// @param largest what is larger on one side is refused before memory is taken for it
    /// @throws IOException if it is no PNG, damaged or too large
    public static SampleImage read(Path png, Size largest) throws IOException {
        try (var stream = Files.newInputStream(png)) {
            return read(stream, largest);
        }
    }

    /// Reads the bytes of a PNG file, as [#read(Path, Size)] does.
    public static SampleImage read(byte[] png, Size largest) throws IOException {
        return read(new ByteArrayInputStream(png), largest);
    }

    private static SampleImage read(InputStream stream, Size largest) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
        try (ImageInputStream input = ImageIO.createImageInputStream(stream)) {
            if (input == null || !reader.getOriginatingProvider().canDecodeInput(input)) {
                throw new IOException("this is no PNG");
            }
            reader.setInput(input, true, true);
            var size = new Size(reader.getWidth(0), reader.getHeight(0));
            if (size.width() > largest.width() || size.height() > largest.height()) {
                throw new IOException("it is " + size + ", larger than " + largest);
            }
            var raster = reader.read(0).getRaster();
            int type = raster.getSampleModel().getDataType();
            if (type != DataBuffer.TYPE_BYTE && type != DataBuffer.TYPE_USHORT) {
                throw new IOException("its samples are of an unknown kind");
            }
            return new SampleImage(raster);
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            throw new IOException("the PNG is damaged: " + e.getMessage(), e);
        } finally {
            reader.dispose();
        }
    }

    public Size size() {
        return new Size(raster.getWidth(), raster.getHeight());
    }

    /// The number of one pixel: 0 to 255, or to 65535 where a sample has 16 bits; of colour pictures the red.
    public int get(int x, int y) {
        return raster.getSample(raster.getMinX() + x, raster.getMinY() + y, 0);
    }

    /// The largest number.
    public int largest() {
        var row = new int[raster.getWidth()];
        int largest = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getSamples(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, 0, row);
            for (int value : row) {
                largest = Math.max(largest, value);
            }
        }
        return largest;
    }

    /// Writes a grey PNG of 8 bits; does not close the stream.
    ///
    /// @param values the grey value, 0 to 255, at a column and row
    public static void writeGrey(Size size, IntBinaryOperator values, OutputStream out)
            throws IOException {
        var image = new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_BYTE_GRAY);
        write(image, values, out);
    }

    /// Writes a PNG of 8 bits with a palette; does not close the stream.
    ///
    /// @param indices the index at a column and row
    /// @param colors the palette, `0xRRGGBB` each, at most 256
    public static void writeIndexed(
            Size size, IntBinaryOperator indices, int[] colors, OutputStream out)
            throws IOException {
        var palette = new IndexColorModel(8, colors.length, colors, 0, false, -1, 0);
        var image =
                new BufferedImage(
                        size.width(), size.height(), BufferedImage.TYPE_BYTE_INDEXED, palette);
        write(image, indices, out);
    }

    private static void write(BufferedImage image, IntBinaryOperator values, OutputStream out)
            throws IOException {
        byte[] data = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        int target = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                data[target++] = (byte) values.applyAsInt(x, y);
            }
        }
        if (!ImageIO.write(image, "png", out)) {
            throw new IOException("this Java has no writer for PNG");
        }
    }
}

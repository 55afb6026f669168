package org.palimpsest.imaging;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DirectColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import org.jspecify.annotations.Nullable;

/// Takes the stored samples of a decoded image as 8-bit red, green and blue.
///
/// The samples are taken as they are, the way Pillow's `convert("RGB")` does it (Pillow 12.3,
/// src/libImaging/Convert.c and Unpack.c): colour profiles are not applied, transparency is dropped
/// rather than composed, grey is repeated three times, of 16 bits the upper 8 are taken.
final class RgbPixels {
    private RgbPixels() {}

    /// @throws UnsupportedOperationException if the samples have a form that is not known here
    static Picture of(BufferedImage image) {
        return new Picture(
                image.getWidth(), image.getHeight(), of(image.getRaster(), image.getColorModel()));
    }

    /// Red, green, blue of each pixel of some rows; may be the raster's own array.
    ///
    /// @throws UnsupportedOperationException if the samples have a form that is not known here
    static byte[] of(Raster raster, ColorModel colors) {
        if (colors instanceof IndexColorModel palette) {
            return indexed(raster, palette);
        }
        if (colors instanceof DirectColorModel packed) {
            return packed(raster, packed);
        }
        byte[] adopted = adopt(raster);
        return adopted != null ? adopted : components(raster);
    }

    /// The image's own array where it holds just red, green, blue of every pixel, or the reverse.
    private static byte @Nullable [] adopt(Raster raster) {
        if (!(raster.getSampleModel() instanceof ComponentSampleModel model)
                || !(raster.getDataBuffer() instanceof DataBufferByte buffer)
                || raster.getNumBands() != Picture.CHANNELS
                || model.getPixelStride() != Picture.CHANNELS
                || model.getScanlineStride() != Picture.CHANNELS * raster.getWidth()
                || buffer.getNumBanks() != 1
                || buffer.getOffset() != 0
                || raster.getParent() != null) {
            return null;
        }
        byte[] bytes = buffer.getData();
        int[] offsets = model.getBandOffsets();
        if (bytes.length != Picture.CHANNELS * raster.getWidth() * raster.getHeight()
                || offsets[1] != 1) {
            return null;
        }
        if (offsets[0] == 2) {
            for (int i = 0; i < bytes.length; i += Picture.CHANNELS) {
                byte blue = bytes[i];
                bytes[i] = bytes[i + 2];
                bytes[i + 2] = blue;
            }
        }
        return bytes;
    }

    private static byte[] indexed(Raster raster, IndexColorModel palette) {
        int width = raster.getWidth();
        var colours = new int[palette.getMapSize()];
        palette.getRGBs(colours);
        var rgb = new byte[Picture.CHANNELS * width * raster.getHeight()];
        var row = new int[width];
        int target = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
            for (int index : row) {
                // Pillow pads palettes with black; a damaged image may point past the end.
                int colour = index < colours.length ? colours[index] : 0;
                rgb[target++] = (byte) (colour >> 16);
                rgb[target++] = (byte) (colour >> 8);
                rgb[target++] = (byte) colour;
            }
        }
        return rgb;
    }

    private static byte[] packed(Raster raster, DirectColorModel model) {
        int width = raster.getWidth();
        var rgb = new byte[Picture.CHANNELS * width * raster.getHeight()];
        int[] largest = {
            largest(model.getRedMask()), largest(model.getGreenMask()), largest(model.getBlueMask())
        };
        var row = new int[width * raster.getNumBands()];
        int bands = raster.getNumBands();
        int target = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int x = 0; x < width; x++) {
                for (int band = 0; band < Picture.CHANNELS; band++) {
                    rgb[target++] = (byte) (row[x * bands + band] * 255 / largest[band]);
                }
            }
        }
        return rgb;
    }

    private static int largest(int mask) {
        return Math.max(1, mask >>> Integer.numberOfTrailingZeros(mask));
    }

    private static byte[] components(Raster raster) {
        int bands = raster.getNumBands();
        if (bands < 1 || bands > 4) {
            throw new UnsupportedOperationException(bands + " samples per pixel");
        }
        int width = raster.getWidth();
        boolean isGrey = bands < Picture.CHANNELS;
        var scale = new SampleScale(raster);
        var rgb = new byte[Picture.CHANNELS * width * raster.getHeight()];
        var row = new int[width];
        for (int y = 0; y < raster.getHeight(); y++) {
            int rowStart = Picture.CHANNELS * width * y;
            for (int channel = 0; channel < Picture.CHANNELS; channel++) {
                if (channel == 0 || !isGrey) {
                    raster.getSamples(
                            raster.getMinX(), raster.getMinY() + y, width, 1, channel, row);
                    scale.toBytes(row);
                }
                for (int x = 0; x < width; x++) {
                    rgb[rowStart + Picture.CHANNELS * x + channel] = (byte) row[x];
                }
            }
        }
        return rgb;
    }

    /// Samples of some width as 8 bits.
    private static final class SampleScale {
        private final int bits;

        SampleScale(Raster raster) {
            int type = raster.getSampleModel().getDataType();
            if (type != DataBuffer.TYPE_BYTE && type != DataBuffer.TYPE_USHORT) {
                throw new UnsupportedOperationException(
                        "samples of " + DataBuffer.getDataTypeSize(type) + " bits or with a sign");
            }
            this.bits = raster.getSampleModel().getSampleSize(0);
        }

        void toBytes(int[] samples) {
            if (bits == Byte.SIZE) {
                return;
            }
            int largest = (1 << bits) - 1;
            for (int i = 0; i < samples.length; i++) {
                samples[i] =
                        bits > Byte.SIZE
                                ? samples[i] >> (bits - Byte.SIZE)
                                : samples[i] * 255 / largest;
            }
        }
    }
}

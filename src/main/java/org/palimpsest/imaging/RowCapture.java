package org.palimpsest.imaging;

import java.awt.Point;
import java.awt.Rectangle;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferInt;
import java.awt.image.DataBufferUShort;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.awt.image.WritableRaster;

/// An image without memory: what a reader writes into it goes on to a sink, row by row.
///
/// The readers of JPEG (JDK's, also under TwelveMonkeys') and TIFF (TwelveMonkeys') put whole rows, that of PNG puts
/// pixel by pixel from left to right; JDK 25, TwelveMonkeys 3.15. A reader that does otherwise, as with interlaced
/// PNG, meets an [UnsupportedOperationException], and the image is decoded as a whole.
final class RowCapture extends WritableRaster {
    private final ColorModel colors;
    private final PixelSink sink;
    private final Runnable stop;
    private final WritableRaster row;
    private int rowY = -1;
    private int next;
    private boolean refused;

    /// @param stop called when the sink wants no more
    RowCapture(SampleModel model, ColorModel colors, PixelSink sink, Runnable stop) {
        super(
                model,
                noMemory(model.getDataType()),
                new Rectangle(model.getWidth(), model.getHeight()),
                new Point(),
                null);
        this.colors = colors;
        this.sink = sink;
        this.stop = stop;
        this.row =
                Raster.createWritableRaster(
                        model.createCompatibleSampleModel(model.getWidth(), 1), null);
    }

    /// Whether samples of this kind can be taken.
    static boolean takes(SampleModel model) {
        return switch (model.getDataType()) {
            case DataBuffer.TYPE_BYTE, DataBuffer.TYPE_USHORT, DataBuffer.TYPE_INT -> true;
            default -> false;
        };
    }

    private static DataBuffer noMemory(int type) {
        return switch (type) {
            case DataBuffer.TYPE_BYTE -> new DataBufferByte(1);
            case DataBuffer.TYPE_USHORT -> new DataBufferUShort(1);
            case DataBuffer.TYPE_INT -> new DataBufferInt(1);
            default -> throw new IllegalArgumentException("Samples of type " + type);
        };
    }

    /// Whether the reader wanted to do what only an image with memory can.
    boolean hasRefused() {
        return refused;
    }

    private UnsupportedOperationException refuse(String what) {
        refused = true;
        return new UnsupportedOperationException(what);
    }

    private void take(int left, int top, Raster pixels) {
        if (left < 0
                || top < 0
                || left + pixels.getWidth() > getWidth()
                || top + pixels.getHeight() > getHeight()) {
            throw refuse("pixels outside of the image");
        }
        byte[] rgb;
        try {
            rgb = RgbPixels.of(pixels, colors);
        } catch (UnsupportedOperationException e) {
            throw refuse(String.valueOf(e.getMessage()));
        }
        if (!sink.put(left, top, pixels.getWidth(), pixels.getHeight(), rgb)) {
            stop.run();
        }
    }

    @Override
    public void setRect(int left, int top, Raster pixels) {
        take(left + pixels.getMinX(), top + pixels.getMinY(), pixels);
    }

    @Override
    public void setDataElements(int left, int top, Raster pixels) {
        take(left + pixels.getMinX(), top + pixels.getMinY(), pixels);
    }

    @Override
    public void setPixel(int x, int y, int[] samples) {
        if (x != next || (x > 0 && y != rowY)) {
            throw refuse("pixels out of order");
        }
        row.setPixel(x, 0, samples);
        rowY = y;
        next = x + 1;
        if (next == getWidth()) {
            next = 0;
            take(0, y, row);
        }
    }

    @Override
    public WritableRaster createWritableChild(
            int left, int top, int width, int height, int newLeft, int newTop, int[] bands) {
        boolean whole =
                left == 0
                        && top == 0
                        && newLeft == 0
                        && newTop == 0
                        && width == getWidth()
                        && height == getHeight()
                        && bands == null;
        if (!whole) {
            throw refuse("a part of the image");
        }
        return this;
    }

    @Override
    public void setDataElements(int x, int y, Object pixel) {
        throw refuse("single elements");
    }

    @Override
    public void setDataElements(int x, int y, int width, int height, Object pixels) {
        throw refuse("arrays of elements");
    }

    @Override
    public void setPixels(int x, int y, int width, int height, int[] samples) {
        throw refuse("arrays of samples");
    }

    @Override
    public void setSample(int x, int y, int band, int sample) {
        throw refuse("single samples");
    }

    @Override
    public void setSamples(int x, int y, int width, int height, int band, int[] samples) {
        throw refuse("single bands");
    }
}

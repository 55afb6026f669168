package org.palimpsest.imaging;

import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import org.palimpsest.geometry.Size;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/// The first frame of a GIF file, on the file's canvas.
///
/// What the frame leaves open has the transparent colour if there is one, else the first colour of
/// the palette (Pillow 12.3, GifImagePlugin.py, `load_prepare`).
final class GifFrame {
    private GifFrame() {}

    /// The size of the canvas.
    static Size screen(ImageReader reader) throws IOException {
        var descriptor = element(reader.getStreamMetadata(), "LogicalScreenDescriptor");
        int width = number(descriptor, "logicalScreenWidth");
        int height = number(descriptor, "logicalScreenHeight");
        var frame = frame(reader);
        // Frames may reach over the canvas; Pillow widens it then.
        return new Size(Math.max(width, frame.right()), Math.max(height, frame.bottom()));
    }

    static Picture read(ImageReader reader, ImageReadParam parameters, Size screen)
            throws IOException {
        var frame = frame(reader);
        boolean fillsScreen =
                frame.left() == 0
                        && frame.top() == 0
                        && frame.right() == screen.width()
                        && frame.bottom() == screen.height();
        if (fillsScreen) {
            return RgbPixels.of(reader.read(0, parameters));
        }
        // A frame with an offset is read whole: subsampling it would need the offset's remainder.
        var image = reader.read(0);
        var pixels = RgbPixels.of(image);
        int background = 0;
        if (image.getColorModel() instanceof IndexColorModel palette) {
            background = palette.getRGB(Math.max(0, palette.getTransparentPixel()));
        }
        return onCanvas(pixels, frame, screen, background);
    }

    private static Picture onCanvas(Picture pixels, Frame frame, Size screen, int background) {
        var rgb = new byte[Math.toIntExact(Picture.CHANNELS * screen.pixelCount())];
        if ((background & 0xFFFFFF) == 0) {
            Arrays.fill(rgb, (byte) 0);
        } else {
            for (int i = 0; i < rgb.length; i += Picture.CHANNELS) {
                rgb[i] = (byte) (background >> 16);
                rgb[i + 1] = (byte) (background >> 8);
                rgb[i + 2] = (byte) background;
            }
        }
        int rowBytes = Picture.CHANNELS * pixels.width();
        for (int y = 0; y < pixels.height(); y++) {
            int target = Picture.CHANNELS * ((frame.top() + y) * screen.width() + frame.left());
            System.arraycopy(pixels.rgb(), y * rowBytes, rgb, target, rowBytes);
        }
        return new Picture(screen.width(), screen.height(), rgb);
    }

    private record Frame(int left, int top, int right, int bottom) {}

    private static Frame frame(ImageReader reader) throws IOException {
        var descriptor = element(reader.getImageMetadata(0), "ImageDescriptor");
        int left = number(descriptor, "imageLeftPosition");
        int top = number(descriptor, "imageTopPosition");
        return new Frame(
                left,
                top,
                left + number(descriptor, "imageWidth"),
                top + number(descriptor, "imageHeight"));
    }

    private static Element element(IIOMetadata metadata, String name) throws IOException {
        Node root = metadata.getAsTree(metadata.getNativeMetadataFormatName());
        for (Node node = root.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getNodeName().equals(name)) {
                return element;
            }
        }
        throw new IOException("the GIF file has no " + name);
    }

    private static int number(Element element, String attribute) throws IOException {
        try {
            return Integer.parseInt(element.getAttribute(attribute));
        } catch (NumberFormatException e) {
            throw new IOException("the GIF file has no " + attribute, e);
        }
    }
}

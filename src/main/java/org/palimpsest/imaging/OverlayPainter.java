package org.palimpsest.imaging;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Size;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Paints boxes, masks and labels over a copy of a picture, for files to look at.
///
/// Thread-safe: has no state.
public final class OverlayPainter {
    private static final Logger LOG = LoggerFactory.getLogger(OverlayPainter.class);
    private static final double MASK_OPACITY = 0.42;
    private static final Color SHADOW = new Color(0, 0, 0, 150);

    private OverlayPainter() {}

    /// The picture with the shapes over it, in the picture's own size.
    public static Picture paint(Picture picture, List<OverlayShape> shapes) {
        return paint(picture, shapes, 1);
    }

    /// The picture with the shapes over it, so many times larger: labels on small pictures can be
    /// read then.
    ///
    /// @throws IllegalArgumentException if a mask is not of the picture's size, or the
    /// magnification
    ///     not positive
    public static Picture paint(Picture picture, List<OverlayShape> shapes, int magnification) {
        if (magnification < 1) {
            throw new IllegalArgumentException("Not a magnification: " + magnification);
        }
        Picture canvas = magnified(picture, magnification);
        for (var shape : shapes) {
            if (shape.mask() != null) {
                blend(canvas, shape.mask(), shape.rgb(), magnification);
            }
        }
        BufferedImage image = PngWriter.image(canvas);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(
                    RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(
                    RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            graphics.setRenderingHint(
                    RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            paintBoxes(graphics, canvas, shapes, magnification);
            paintTags(graphics, canvas, shapes, magnification);
        } finally {
            graphics.dispose();
        }
        return canvas;
    }

    private static Picture magnified(Picture picture, int factor) {
        if (factor == 1) {
            return new Picture(picture.width(), picture.height(), picture.rgb().clone());
        }
        int width = Math.multiplyExact(picture.width(), factor);
        int height = Math.multiplyExact(picture.height(), factor);
        return Resizer.resize(picture, new Size(width, height), ResizeFilter.BICUBIC);
    }

    /// Lays the colour over the mask, and fully over its edge.
    private static void blend(Picture canvas, Mask mask, int color, int factor) {
        if (mask.width() * factor != canvas.width() || mask.height() * factor != canvas.height()) {
            throw new IllegalArgumentException(
                    "A mask of " + mask.width() + "x" + mask.height() + " does not fit " + canvas);
        }
        int edge = Math.max(1, (int) Math.round(lineWidth(canvas) / 2));
        byte[] rgb = canvas.rgb();
        for (int y = 0; y < canvas.height(); y++) {
            for (int x = 0; x < canvas.width(); x++) {
                if (!mask.get(x / factor, y / factor)) {
                    continue;
                }
                double opacity = isEdge(mask, x, y, edge, factor) ? 1 : MASK_OPACITY;
                int index = (y * canvas.width() + x) * Picture.CHANNELS;
                for (int channel = 0; channel < Picture.CHANNELS; channel++) {
                    int below = rgb[index + channel] & 0xFF;
                    int over = color >> (16 - 8 * channel) & 0xFF;
                    rgb[index + channel] = (byte) Math.rint(below + (over - below) * opacity);
                }
            }
        }
    }

    private static boolean isEdge(Mask mask, int x, int y, int width, int factor) {
        return !isSet(mask, x - width, y, factor)
                || !isSet(mask, x + width, y, factor)
                || !isSet(mask, x, y - width, factor)
                || !isSet(mask, x, y + width, factor);
    }

    private static boolean isSet(Mask mask, int x, int y, int factor) {
        int column = Math.floorDiv(x, factor);
        int row = Math.floorDiv(y, factor);
        return column >= 0
                && row >= 0
                && column < mask.width()
                && row < mask.height()
                && mask.get(column, row);
    }

    private static double lineWidth(Picture canvas) {
        return Math.rint(Math.clamp(Math.min(canvas.width(), canvas.height()) / 200.0, 2, 12));
    }

    private static void paintBoxes(
            Graphics2D graphics, Picture canvas, List<OverlayShape> shapes, int factor) {
        double width = lineWidth(canvas);
        for (var shape : shapes) {
            var outline = outline(shape.box().scale(factor, factor), canvas, width);
            graphics.setColor(SHADOW);
            graphics.setStroke(new BasicStroke((float) (width + 1.6)));
            graphics.draw(outline);
            graphics.setColor(new Color(shape.rgb()));
            graphics.setStroke(new BasicStroke((float) width));
            graphics.draw(outline);
        }
    }

    /// The middle of the line around a box, on whole pixels so that the line is sharp, and kept so
    /// far inside of the picture that all of it shows.
    private static Rectangle2D outline(Box box, Picture canvas, double width) {
        double left = onPixels(box.xMin(), width, width / 2, canvas.width());
        double top = onPixels(box.yMin(), width, width / 2, canvas.height());
        double right = onPixels(box.xMax(), width, left, canvas.width());
        double bottom = onPixels(box.yMax(), width, top, canvas.height());
        return new Rectangle2D.Double(left, top, right - left, bottom - top);
    }

    private static double onPixels(double place, double width, double least, int end) {
        double offset = width % 2 / 2;
        return Math.clamp(
                Math.rint(place - offset) + offset, least, Math.max(least, end - width / 2));
    }

    private static void paintTags(
            Graphics2D graphics, Picture canvas, List<OverlayShape> shapes, int factor) {
        FontMetrics metrics;
        try {
            double size = Math.clamp(Math.min(canvas.width(), canvas.height()) / 26.0, 11, 64);
            graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, (int) Math.round(size)));
            metrics = graphics.getFontMetrics();
        } catch (RuntimeException | InternalError | LinkageError e) {
            LOG.warn("No labels on overlays: this system has no fonts (fonts-dejavu-core)", e);
            return;
        }
        var taken = new ArrayList<Rectangle2D>();
        for (var shape : shapes) {
            if (!shape.label().isEmpty()) {
                var box = outline(shape.box().scale(factor, factor), canvas, lineWidth(canvas));
                paintTag(graphics, metrics, canvas, shape, box, taken);
            }
        }
    }

    private static void paintTag(
            Graphics2D graphics,
            FontMetrics metrics,
            Picture canvas,
            OverlayShape shape,
            Rectangle2D box,
            List<Rectangle2D> taken) {
        double padding = metrics.getHeight() * 0.28;
        double width = metrics.stringWidth(shape.label()) + 2 * padding;
        double height = metrics.getHeight() + padding * 0.3;
        var tag = freePlace(box, width, height, canvas, taken);
        taken.add(tag);
        double corner = height * 0.3;
        var body =
                new RoundRectangle2D.Double(
                        tag.getX(), tag.getY(), tag.getWidth(), tag.getHeight(), corner, corner);
        graphics.setColor(SHADOW);
        graphics.setStroke(new BasicStroke(1.6f));
        graphics.draw(body);
        graphics.setColor(new Color(shape.rgb()));
        graphics.fill(body);
        graphics.setColor(new Color(OverlayColors.textOn(shape.rgb())));
        double baseline =
                tag.getY() + (tag.getHeight() - metrics.getHeight()) / 2 + metrics.getAscent();
        graphics.drawString(shape.label(), (float) (tag.getX() + padding), (float) baseline);
    }

    /// A place for a tag that no other tag has: above the box, inside at its top, below it, inside
    /// at its bottom; above if all are taken.
    private static Rectangle2D freePlace(
            Rectangle2D box, double width, double height, Picture canvas, List<Rectangle2D> taken) {
        double left = Math.clamp(box.getX(), 0, Math.max(0, canvas.width() - width));
        double[] tops = {
            box.getMinY() - height, box.getMinY(), box.getMaxY(), box.getMaxY() - height
        };
        for (double top : tops) {
            var place = new Rectangle2D.Double(left, top, width, height);
            boolean fits = top >= 0 && top + height <= canvas.height();
            if (fits && taken.stream().noneMatch(place::intersects)) {
                return place;
            }
        }
        double top = Math.clamp(tops[0], 0, Math.max(0, canvas.height() - height));
        return new Rectangle2D.Double(left, top, width, height);
    }
}

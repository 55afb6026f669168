package org.palimpsest.imaging;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.color.ColorSpace;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferInt;
import java.awt.image.DirectColorModel;
import java.awt.image.Raster;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.MultiPolygon;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Region;

/// Draws regions into an array of pixels, as much of them as lies in a window of the drawing.
///
/// Windows beside each other fit: what is drawn in one goes on in the next. Boxes are drawn pixel by pixel, which costs
/// a tenth of what Java2D takes for them. Shapes smaller than three pixels become dots, and polygons lose the points
/// that are less than a pixel apart.
///
/// Confined to one thread at a time.
public final class ShapeRaster implements AutoCloseable {
    private static final double DOT = 3;
    private static final double LEAST_STEP = 0.75;

    private final int width;
    private final int height;
    private final int[] argb;
    private final double scale;
    private final long originX;
    private final long originY;
    private final PixelBrush brush;
    private @Nullable Graphics2D graphics;
    private int left;
    private int top;
    private int right;
    private int bottom;

    /// @param argb pixels with premultiplied alpha, row by row, which are drawn on
    /// @param scale pixels of the drawing for each pixel of the image
    /// @param originX where in the drawing the array's left edge lies
    /// @param originY where in the drawing its upper edge lies
    public ShapeRaster(
            int width, int height, int[] argb, double scale, long originX, long originY) {
        if (argb.length != width * height) {
            throw new IllegalArgumentException(argb.length + " pixels for " + width + "x" + height);
        }
        this.width = width;
        this.height = height;
        this.argb = argb;
        this.scale = scale;
        this.originX = originX;
        this.originY = originY;
        this.brush = new PixelBrush(argb, width);
        this.right = width;
        this.bottom = height;
    }

    /// Empties a part of the array; from now on only that part is drawn on.
    public void begin(int newLeft, int newTop, int newRight, int newBottom) {
        left = Math.max(0, newLeft);
        top = Math.max(0, newTop);
        right = Math.min(width, newRight);
        bottom = Math.min(height, newBottom);
        brush.clip(left, top, right, bottom);
        brush.clear();
        if (graphics != null) {
            graphics.setClip(left, top, right - left, bottom - top);
        }
    }

    /// Draws a region.
    ///
    /// @param bounds of the region, which take time to find for a mask
    public void draw(Region region, Box bounds, ShapeStyle style) {
        double x = bounds.xMin() * scale - originX;
        double y = bounds.yMin() * scale - originY;
        double xEnd = bounds.xMax() * scale - originX;
        double yEnd = bounds.yMax() * scale - originY;
        if (Math.max(xEnd - x, yEnd - y) < DOT) {
            int dotLeft = PixelBrush.round(x);
            int dotTop = PixelBrush.round(y);
            brush.color(style.rgb(), style.line());
            brush.fill(
                    dotLeft,
                    dotTop,
                    Math.max(dotLeft + 1, PixelBrush.round(xEnd)),
                    Math.max(dotTop + 1, PixelBrush.round(yEnd)));
            return;
        }
        switch (region) {
            case Box _ -> brush.box(x, y, xEnd, yEnd, style);
            case Mask mask ->
                    new MaskBrush(brush, scale, originX, originY).draw(mask, bounds, style);
            case Polygon polygon -> polygons(List.of(polygon), style);
            case MultiPolygon parts -> polygons(parts.polygons(), style);
        }
    }

    private void polygons(List<Polygon> polygons, ShapeStyle style) {
        var path = new Path2D.Float(Path2D.WIND_EVEN_ODD);
        for (var polygon : polygons) {
            trace(path, polygon.exterior());
            for (var hole : polygon.holes()) {
                trace(path, hole);
            }
        }
        var on = graphics();
        if (style.fill() > 0) {
            on.setColor(color(style.rgb(), style.fill()));
            on.fill(path);
        }
        on.setColor(color(style.rgb(), style.line()));
        on.setStroke(stroke(style));
        on.draw(path);
    }

    private void trace(Path2D.Float path, List<Point> ring) {
        double lastX = Double.NaN;
        double lastY = Double.NaN;
        int last = ring.size() - 1;
        for (int i = 0; i <= last; i++) {
            var point = ring.get(i);
            double x = point.x() * scale - originX;
            double y = point.y() * scale - originY;
            if (i == 0) {
                path.moveTo(x, y);
            } else if (Math.abs(x - lastX) + Math.abs(y - lastY) < LEAST_STEP) {
                continue;
            } else {
                path.lineTo(x, y);
            }
            lastX = x;
            lastY = y;
        }
        path.closePath();
    }

    private static Color color(int rgb, double opacity) {
        return new Color((int) Math.round(255 * opacity) << 24 | (rgb & 0xFFFFFF), true);
    }

    private static BasicStroke stroke(ShapeStyle style) {
        float width = (float) style.width();
        if (style.stroke() == ShapeStyle.Stroke.SOLID) {
            return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 4);
        }
        float unit = Math.max(1, width / 2);
        float[] dashes = {style.stroke().on() * unit, style.stroke().off() * unit};
        return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 4, dashes, 0);
    }

    private Graphics2D graphics() {
        var known = graphics;
        if (known != null) {
            return known;
        }
        var colors =
                new DirectColorModel(
                        ColorSpace.getInstance(ColorSpace.CS_sRGB),
                        32,
                        0xFF0000,
                        0xFF00,
                        0xFF,
                        0xFF000000,
                        true,
                        DataBuffer.TYPE_INT);
        var raster =
                Raster.createPackedRaster(
                        new DataBufferInt(argb, argb.length),
                        width,
                        height,
                        width,
                        new int[] {0xFF0000, 0xFF00, 0xFF, 0xFF000000},
                        null);
        var made = new BufferedImage(colors, raster, true, null).createGraphics();
        made.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        made.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        made.setClip(left, top, right - left, bottom - top);
        graphics = made;
        return made;
    }

    @Override
    public void close() {
        if (graphics != null) {
            graphics.dispose();
        }
    }
}

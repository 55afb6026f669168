package org.palimpsest.imaging;

import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;

/// Draws a mask: its area pale, its edge strong.
final class MaskBrush {
    private final PixelBrush brush;
    private final double scale;
    private final long originX;
    private final long originY;

    MaskBrush(PixelBrush brush, double scale, long originX, long originY) {
        this.brush = brush;
        this.scale = scale;
        this.originX = originX;
        this.originY = originY;
    }

    void draw(Mask mask, Box bounds, ShapeStyle style) {
        int fromX = Math.max(brush.left(), (int) Math.floor(bounds.xMin() * scale - originX));
        int toX = Math.min(brush.right(), (int) Math.ceil(bounds.xMax() * scale - originX));
        int fromY = Math.max(brush.top(), (int) Math.floor(bounds.yMin() * scale - originY));
        int toY = Math.min(brush.bottom(), (int) Math.ceil(bounds.yMax() * scale - originY));
        brush.color(style.rgb(), style.fill());
        cover(mask, fromX, toX, fromY, toY, style, false);
        brush.color(style.rgb(), style.line());
        cover(mask, fromX, toX, fromY, toY, style, true);
    }

    private void cover(
            Mask mask, int fromX, int toX, int fromY, int toY, ShapeStyle style, boolean edges) {
        double reach = style.width();
        int on = style.stroke().on();
        int period = on + style.stroke().off();
        for (int y = fromY; y < toY; y++) {
            double centreY = y + 0.5 + originY;
            int row = image(centreY);
            int above = image(centreY - reach);
            int below = image(centreY + reach);
            for (int x = fromX; x < toX; x++) {
                double centreX = x + 0.5 + originX;
                int column = image(centreX);
                if (!mask.get(column, row)) {
                    continue;
                }
                boolean inside =
                        mask.get(image(centreX - reach), row)
                                && mask.get(image(centreX + reach), row)
                                && mask.get(column, above)
                                && mask.get(column, below);
                boolean dash = Math.floorMod(x + originX + y + originY, (long) period) < on;
                if (edges ? !inside && dash : inside || !dash) {
                    brush.dot(x, y);
                }
            }
        }
    }

    private int image(double drawing) {
        return (int) Math.floor(drawing / scale);
    }
}

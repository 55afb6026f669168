package org.palimpsest.imaging;

/// How a shape is drawn over a picture.
///
/// @param rgb `0xRRGGBB`
/// @param fill how opaque the area is, 0 to 1
/// @param line how opaque the outline is, 0 to 1
/// @param width of the outline in pixels of the drawing
public record ShapeStyle(int rgb, double fill, double line, double width, Stroke stroke) {

    /// How a line is broken up.
    public enum Stroke {
        SOLID(1, 0),
        DASHED(7, 4),
        DOTTED(2, 4);

        private final int on;
        private final int off;

        Stroke(int on, int off) {
            this.on = on;
            this.off = off;
        }

        int on() {
            return on;
        }

        int off() {
            return off;
        }
    }

    public ShapeStyle {
        if (!(fill >= 0 && fill <= 1 && line >= 0 && line <= 1 && width > 0)) {
            throw new IllegalArgumentException(
                    "No such style: fill %s, line %s, width %s".formatted(fill, line, width));
        }
    }

    /// The same without an area and with a fine line, for where there are very many.
    public ShapeStyle outlined(double fine) {
        return new ShapeStyle(rgb, 0, line, Math.min(width, fine), stroke);
    }
}

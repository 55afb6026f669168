package org.palimpsest.geometry;

/// A place in an image, in pixels from the upper left corner. May lie outside of the image.
///
/// @param x to the right, finite
/// @param y downwards, finite
public record Point(double x, double y) {
    public Point {
        if (!Double.isFinite(x) || !Double.isFinite(y)) {
            throw new IllegalArgumentException("Point is not finite: " + x + "," + y);
        }
        x += 0.0; // -0.0 becomes 0.0, so that equal places are equal values
        y += 0.0;
    }

    public double distanceTo(Point other) {
        return Math.hypot(other.x - x, other.y - y);
    }

    public Point translate(double dx, double dy) {
        return new Point(x + dx, y + dy);
    }

    public Point scale(double sx, double sy) {
        return new Point(x * sx, y * sy);
    }
}

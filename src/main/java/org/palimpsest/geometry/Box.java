package org.palimpsest.geometry;

import java.util.Collection;
import java.util.Optional;

/// An upright rectangle in pixels, half-open: it holds `xMin <= x < xMax` and `yMin <= y < yMax`.
///
/// A box may be empty (`xMin == xMax` or `yMin == yMax`) and may reach over the edge of its image.
public record Box(double xMin, double yMin, double xMax, double yMax) implements Region {

    /// @throws IllegalArgumentException if a corner is not finite or the corners are out of order
    public Box {
        if (!(Double.isFinite(xMin)
                && Double.isFinite(yMin)
                && Double.isFinite(xMax)
                && Double.isFinite(yMax))) {
            throw new IllegalArgumentException(
                    "Box is not finite: " + corners(xMin, yMin, xMax, yMax));
        }
        if (xMin > xMax || yMin > yMax) {
            throw new IllegalArgumentException(
                    "Box corners out of order: " + corners(xMin, yMin, xMax, yMax));
        }
        xMin += 0.0; // -0.0 becomes 0.0, so that equal boxes are equal values
        yMin += 0.0;
        xMax += 0.0;
        yMax += 0.0;
    }

    /// The box between two opposite corners, given in any order, as a mouse drags them.
    public static Box between(Point a, Point b) {
        return new Box(
                Math.min(a.x(), b.x()),
                Math.min(a.y(), b.y()),
                Math.max(a.x(), b.x()),
                Math.max(a.y(), b.y()));
    }

    /// The smallest box that holds all points, such as an object's topmost, lowest, leftmost and rightmost one.
    ///
    /// @throws IllegalArgumentException if there is none
    public static Box around(Collection<Point> points) {
        if (points.isEmpty()) {
            throw new IllegalArgumentException("A box around no points");
        }
        double left = Double.POSITIVE_INFINITY;
        double top = Double.POSITIVE_INFINITY;
        double right = Double.NEGATIVE_INFINITY;
        double bottom = Double.NEGATIVE_INFINITY;
        for (var point : points) {
            left = Math.min(left, point.x());
            top = Math.min(top, point.y());
            right = Math.max(right, point.x());
            bottom = Math.max(bottom, point.y());
        }
        return new Box(left, top, right, bottom);
    }

    public double width() {
        return xMax - xMin;
    }

    public double height() {
        return yMax - yMin;
    }

    public Point center() {
        return new Point(xMin + width() / 2, yMin + height() / 2);
    }

    public boolean isEmpty() {
        return xMin == xMax || yMin == yMax;
    }

    public boolean contains(Point point) {
        return point.x() >= xMin && point.x() < xMax && point.y() >= yMin && point.y() < yMax;
    }

    @Override
    public double area() {
        return width() * height();
    }

    @Override
    public Box bounds() {
        return this;
    }

    /// The common part, or nothing where the boxes do not overlap.
    public Optional<Box> intersection(Box other) {
        double left = Math.max(xMin, other.xMin);
        double top = Math.max(yMin, other.yMin);
        double right = Math.min(xMax, other.xMax);
        double bottom = Math.min(yMax, other.yMax);
        return left < right && top < bottom
                ? Optional.of(new Box(left, top, right, bottom))
                : Optional.empty();
    }

    /// The smallest box that holds both.
    public Box enclosing(Box other) {
        return new Box(
                Math.min(xMin, other.xMin),
                Math.min(yMin, other.yMin),
                Math.max(xMax, other.xMax),
                Math.max(yMax, other.yMax));
    }

    /// Intersection over union, 0 to 1; 0 where both boxes are empty.
    public double iou(Box other) {
        double common = intersection(other).map(Box::area).orElse(0.0);
        double together = area() + other.area() - common;
        return together > 0 ? common / together : 0;
    }

    public Box translate(double dx, double dy) {
        return new Box(xMin + dx, yMin + dy, xMax + dx, yMax + dy);
    }

    /// The box in an image that was resized by these factors, which are not negative.
    public Box scale(double sx, double sy) {
        return new Box(xMin * sx, yMin * sy, xMax * sx, yMax * sy);
    }

    /// The part inside of the image; a box that lies outside becomes an empty one on the nearest edge.
    public Box clampTo(Size image) {
        return new Box(
                Math.clamp(xMin, 0, image.width()),
                Math.clamp(yMin, 0, image.height()),
                Math.clamp(xMax, 0, image.width()),
                Math.clamp(yMax, 0, image.height()));
    }

    private static String corners(double xMin, double yMin, double xMax, double yMax) {
        return xMin + "," + yMin + " " + xMax + "," + yMax;
    }
}

package org.palimpsest.geometry;

import java.util.List;
import java.util.function.UnaryOperator;

/// One outline with holes. Rings are closed by themselves: the first point is not repeated at the end.
///
/// A point is inside when it is inside the exterior and inside no hole; inside a ring is decided by the
/// even-odd rule, so a ring that crosses itself has its crossed part outside.
///
/// @param exterior three points or more, in any direction
/// @param holes rings of three points or more, expected inside the exterior and apart from each other
public record Polygon(List<Point> exterior, List<List<Point>> holes) implements Region {

    /// @throws IllegalArgumentException if a ring has fewer than three points
    public Polygon {
        exterior = ring(exterior);
        holes = holes.stream().map(Polygon::ring).toList();
    }

    public Polygon(List<Point> exterior) {
        this(exterior, List.of());
    }

    @Override
    public Box bounds() {
        return Box.around(exterior);
    }

    /// The area of the exterior less the areas of the holes; exact for rings that do not cross.
    @Override
    public double area() {
        double area = Math.abs(signedArea(exterior));
        for (var hole : holes) {
            area -= Math.abs(signedArea(hole));
        }
        return Math.max(0, area);
    }

    public Polygon translate(double dx, double dy) {
        return map(point -> point.translate(dx, dy));
    }

    public Polygon scale(double sx, double sy) {
        return map(point -> point.scale(sx, sy));
    }

    private Polygon map(UnaryOperator<Point> change) {
        return new Polygon(
                exterior.stream().map(change).toList(),
                holes.stream().map(hole -> hole.stream().map(change).toList()).toList());
    }

    private static List<Point> ring(List<Point> points) {
        if (points.size() < 3) {
            throw new IllegalArgumentException(
                    "A polygon ring needs 3 points, found " + points.size());
        }
        return List.copyOf(points);
    }

    /// Shoelace formula: positive where the points run clockwise on the screen.
    private static double signedArea(List<Point> ring) {
        double twice = 0;
        var previous = ring.getLast();
        for (var point : ring) {
            twice += previous.x() * point.y() - point.x() * previous.y();
            previous = point;
        }
        return twice / 2;
    }
}

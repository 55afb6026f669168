package org.palimpsest.geometry;

import java.util.List;

/// Questions about closed rings of points; the first point is not repeated at the end.
public final class Rings {
    private Rings() {}

    /// Even-odd rule: a ray to the right crosses the ring an odd number of times.
    public static boolean contains(List<Point> ring, Point point) {
        boolean inside = false;
        var previous = ring.getLast();
        for (var next : ring) {
            if ((next.y() > point.y()) != (previous.y() > point.y())) {
                double share = (point.y() - next.y()) / (previous.y() - next.y());
                if (point.x() < next.x() + share * (previous.x() - next.x())) {
                    inside = !inside;
                }
            }
            previous = next;
        }
        return inside;
    }

    /// The point of the line from `a` to `b` that is nearest to `point`.
    public static Point nearestOnLine(Point a, Point b, Point point) {
        double dx = b.x() - a.x();
        double dy = b.y() - a.y();
        double squared = dx * dx + dy * dy;
        if (squared == 0) {
            return a;
        }
        double share = ((point.x() - a.x()) * dx + (point.y() - a.y()) * dy) / squared;
        double clamped = Math.clamp(share, 0, 1);
        return new Point(a.x() + clamped * dx, a.y() + clamped * dy);
    }
}

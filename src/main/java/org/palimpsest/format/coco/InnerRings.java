package org.palimpsest.format.coco;

import java.util.List;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;

/// Tells whether an outline was meant as a hole of another.
final class InnerRings {
    /// A finding is not worth more work than that.
    private static final long MOST_STEPS = 1_000_000;

    private static final int MOST_PARTS = 1_000;

    private InnerRings() {}

    /// Whether one of the outlines lies inside of another; false where that would take too long to tell.
    static boolean any(List<Polygon> parts) {
        if (parts.size() > MOST_PARTS) {
            return false;
        }
        var bounds = parts.stream().map(Polygon::bounds).toList();
        long steps = 0;
        for (int inner = 0; inner < parts.size(); inner++) {
            for (int outer = 0; outer < parts.size(); outer++) {
                if (inner == outer || !holds(bounds.get(outer), bounds.get(inner))) {
                    continue;
                }
                var points = parts.get(inner).exterior();
                var ring = parts.get(outer).exterior();
                steps += (long) points.size() * ring.size();
                if (steps > MOST_STEPS) {
                    return false;
                }
                if (points.stream().allMatch(point -> isInside(point, ring))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean holds(Box outer, Box inner) {
        return outer.xMin() <= inner.xMin()
                && outer.yMin() <= inner.yMin()
                && outer.xMax() >= inner.xMax()
                && outer.yMax() >= inner.yMax()
                && !outer.equals(inner);
    }

    /// By the even-odd rule.
    private static boolean isInside(Point point, List<Point> ring) {
        boolean inside = false;
        var before = ring.getLast();
        for (var corner : ring) {
            if (corner.y() > point.y() != before.y() > point.y()
                    && point.x()
                            < (before.x() - corner.x())
                                            * (point.y() - corner.y())
                                            / (before.y() - corner.y())
                                    + corner.x()) {
                inside = !inside;
            }
            before = corner;
        }
        return inside;
    }
}

package org.palimpsest.geometry;

import java.util.List;

/// Draws the way of a round brush into bit rows: a pixel is painted when its centre is within the radius of the way.
///
/// Each straight piece of the way is a convex capsule, so every line of pixels meets it in one run. The work is
/// proportional to the lines that the pieces cross.
final class BrushStroke {
    private final BitRows target;
    private final double radius;
    private final boolean value;

    BrushStroke(BitRows target, double radius, boolean value) {
        if (!(radius > 0) || !Double.isFinite(radius)) {
            throw new IllegalArgumentException("No such brush radius: " + radius);
        }
        this.target = target;
        this.radius = radius;
        this.value = value;
    }

    void draw(List<Point> path) {
        for (int i = 0; i < path.size(); i++) {
            piece(path.get(Math.max(0, i - 1)), path.get(i));
        }
    }

    private void piece(Point a, Point b) {
        int top = PolygonRaster.firstCentre(Math.min(a.y(), b.y()) - radius, target.height);
        int bottom =
                PolygonRaster.firstCentre(
                        Math.nextUp(Math.max(a.y(), b.y()) + radius), target.height);
        double length = a.distanceTo(b);
        // The capsule's straight sides lie at this distance from the piece, one on each side.
        double sideX = length == 0 ? 0 : (b.y() - a.y()) / length * radius;
        double sideY = length == 0 ? 0 : (a.x() - b.x()) / length * radius;
        for (int y = top; y < bottom; y++) {
            var run = new Run(y + 0.5);
            run.disc(a);
            run.disc(b);
            if (length > 0) {
                run.side(a.translate(sideX, sideY), b.translate(sideX, sideY));
                run.side(a.translate(-sideX, -sideY), b.translate(-sideX, -sideY));
            }
            if (run.left <= run.right) {
                BitRows.fill(
                        target.words,
                        y * target.wordsPerRow,
                        PolygonRaster.firstCentre(run.left, target.width),
                        PolygonRaster.firstCentre(Math.nextUp(run.right), target.width),
                        value);
            }
        }
    }

    /// What one line meets of a convex shape: from its leftmost to its rightmost point.
    private final class Run {
        private final double y;
        private double left = Double.POSITIVE_INFINITY;
        private double right = Double.NEGATIVE_INFINITY;

        Run(double y) {
            this.y = y;
        }

        void disc(Point centre) {
            double off = y - centre.y();
            double squared = radius * radius - off * off;
            if (squared >= 0) {
                double half = Math.sqrt(squared);
                include(centre.x() - half);
                include(centre.x() + half);
            }
        }

        void side(Point from, Point to) {
            if (from.y() != to.y() && (from.y() <= y) != (to.y() <= y)) {
                include(from.x() + (y - from.y()) / (to.y() - from.y()) * (to.x() - from.x()));
            }
        }

        private void include(double x) {
            left = Math.min(left, x);
            right = Math.max(right, x);
        }
    }
}

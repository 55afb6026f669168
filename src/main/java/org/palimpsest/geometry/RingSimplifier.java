package org.palimpsest.geometry;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Thins one ring by the rule of Douglas and Peucker, quickly and without a look at other rings or at crossings.
final class RingSimplifier {
    private final List<Point> ring;
    private final double tolerance;
    private final BitSet kept = new BitSet();

    private RingSimplifier(List<Point> ring, double tolerance) {
        this.ring = ring;
        this.tolerance = tolerance;
    }

    /// Three points or more of the ring, in its order; none that is left out is further from the result than the
    /// tolerance, unless only three are left.
    static List<Point> simplify(List<Point> ring, double tolerance) {
        return ring.size() <= 3 ? ring : new RingSimplifier(ring, tolerance).run();
    }

    /// The ring is cut at two points that are certain to stay: far from each other.
    private List<Point> run() {
        int first = farthestFrom(ring.getFirst());
        int second = farthestFrom(ring.get(first));
        int low = Math.min(first, second);
        int high = Math.max(first, second);
        kept.set(low);
        kept.set(high);
        thin(low, high);
        thin(high, low + ring.size());
        if (kept.cardinality() < 3) {
            keepFarthest(low, high);
        }
        var points = new ArrayList<Point>(kept.cardinality());
        for (int i = kept.nextSetBit(0); i >= 0; i = kept.nextSetBit(i + 1)) {
            points.add(ring.get(i));
        }
        return points.size() < 3 ? ring : points;
    }

    private int farthestFrom(Point point) {
        int farthest = 0;
        for (int i = 1; i < ring.size(); i++) {
            if (ring.get(i).distanceTo(point) > ring.get(farthest).distanceTo(point)) {
                farthest = i;
            }
        }
        return farthest;
    }

    private record Span(int from, int to) {}

    private void thin(int from, int to) {
        var waiting = new ArrayDeque<Span>();
        waiting.push(new Span(from, to));
        while (!waiting.isEmpty()) {
            var span = waiting.pop();
            int farthest = farthest(span.from(), span.to(), tolerance);
            if (farthest >= 0) {
                kept.set(farthest % ring.size());
                waiting.push(new Span(span.from(), farthest));
                waiting.push(new Span(farthest, span.to()));
            }
        }
    }

    /// The point between two others that is farthest from their line and further than `least`; -1 where none is.
    private int farthest(int from, int to, double least) {
        var a = ring.get(from % ring.size());
        var b = ring.get(to % ring.size());
        int farthest = -1;
        double distance = least;
        for (int i = from + 1; i < to; i++) {
            var point = ring.get(i % ring.size());
            double off = Rings.nearestOnLine(a, b, point).distanceTo(point);
            if (off > distance) {
                farthest = i;
                distance = off;
            }
        }
        return farthest;
    }

    private void keepFarthest(int low, int high) {
        int one = farthest(low, high, 0);
        int other = farthest(high, low + ring.size(), 0);
        if (one >= 0) {
            kept.set(one);
        } else if (other >= 0) {
            kept.set(other % ring.size());
        }
    }
}

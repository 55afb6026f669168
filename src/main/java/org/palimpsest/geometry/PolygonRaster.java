package org.palimpsest.geometry;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Draws polygons into bit rows: a pixel belongs to the polygon when its centre does.
///
/// Works line by line over the edges that cross the line, so memory grows with the number of points only.
/// Crossings are computed from an edge's upper end, whichever way it runs; two polygons that share an edge
/// share no pixel and leave none out.
final class PolygonRaster {
    private final BitRows target;
    private final long[] line;

    PolygonRaster(BitRows target) {
        this.target = target;
        this.line = new long[target.wordsPerRow];
    }

    void draw(Polygon polygon) {
        var bounds = polygon.bounds();
        int top = firstCentre(bounds.yMin(), target.height);
        int bottom = firstCentre(bounds.yMax(), target.height);
        int firstWord = firstCentre(bounds.xMin(), target.width) >> 6;
        int wordsEnd = (firstCentre(bounds.xMax(), target.width) + 63) >> 6;
        var exterior = new Ring(polygon.exterior(), top);
        var waiting =
                new ArrayDeque<>(
                        polygon.holes().stream()
                                .map(hole -> new Ring(hole, top))
                                .sorted(Comparator.comparingDouble(Ring::yTop))
                                .toList());
        var open = new ArrayList<Ring>(); // the holes that this line may meet
        for (int y = top; y < bottom; y++) {
            while (!waiting.isEmpty() && waiting.getFirst().yTop() <= y + 0.5) {
                open.add(waiting.removeFirst());
            }
            exterior.fill(y, true);
            for (var hole : open) {
                hole.fill(y, false);
            }
            open.removeIf(Ring::isDone);
            int base = y * target.wordsPerRow;
            for (int i = firstWord; i < wordsEnd; i++) {
                target.words[base + i] |= line[i];
                line[i] = 0;
            }
        }
    }

    /// The first pixel whose centre is not before `edge`, between 0 and `limit`.
    static int firstCentre(double edge, int limit) {
        return (int) Math.clamp(Math.ceil(edge - 0.5), 0, limit);
    }

    private record Edge(double xTop, double yTop, double yBottom, double slope) {
        double crossing(double y) {
            return xTop + (y - yTop) * slope;
        }
    }

    /// One ring's edges, sorted by their first line; lines are asked for in rising order.
    private final class Ring {
        private final List<Edge> edges;
        private Edge[] active = new Edge[4];
        private int activeCount;
        private int nextEdge;
        private double[] crossings = {};

        Ring(List<Point> points, int top) {
            var found = new ArrayList<Edge>();
            var previous = points.getLast();
            for (var point : points) {
                var upper = previous.y() <= point.y() ? previous : point;
                var lower = previous.y() <= point.y() ? point : previous;
                // Edges that cross no pixel centre's line, level ones among them, never matter.
                if (upper.y() < lower.y() && lower.y() > top + 0.5) {
                    double slope = (lower.x() - upper.x()) / (lower.y() - upper.y());
                    found.add(new Edge(upper.x(), upper.y(), lower.y(), slope));
                }
                previous = point;
            }
            found.sort(Comparator.comparingDouble(Edge::yTop));
            edges = found;
        }

        double yTop() {
            return edges.isEmpty() ? Double.POSITIVE_INFINITY : edges.getFirst().yTop();
        }

        boolean isDone() {
            return activeCount == 0 && nextEdge == edges.size();
        }

        void fill(int y, boolean value) {
            double centre = y + 0.5;
            while (nextEdge < edges.size() && edges.get(nextEdge).yTop() <= centre) {
                if (activeCount == active.length) {
                    active = Arrays.copyOf(active, activeCount * 2);
                }
                active[activeCount++] = edges.get(nextEdge++);
            }
            if (crossings.length < activeCount) {
                crossings = new double[active.length];
            }
            int kept = 0;
            for (int i = 0; i < activeCount; i++) {
                var edge = active[i];
                if (edge.yBottom() > centre) {
                    crossings[kept] = edge.crossing(centre);
                    active[kept++] = edge;
                }
            }
            activeCount = kept;
            Arrays.sort(crossings, 0, kept);
            for (int i = 0; i + 1 < kept; i += 2) {
                int from = firstCentre(crossings[i], target.width);
                int to = firstCentre(crossings[i + 1], target.width);
                BitRows.fill(line, 0, from, to, value);
            }
        }
    }
}

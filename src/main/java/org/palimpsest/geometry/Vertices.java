package org.palimpsest.geometry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/// The corner points of a polygon or several, in all rings: finding, moving, inserting and removing one.
///
/// Boxes and masks have no vertices of their own.
public final class Vertices {
    private Vertices() {}

    /// Where a vertex stands.
    ///
    /// @param part which polygon of several
    /// @param ring 0 for the exterior, 1 for the first hole
    /// @param index within the ring
    public record Place(int part, int ring, int index) {}

    /// A place on an outline.
    ///
    /// @param after the vertex that begins the edge
    /// @param at the point on the edge
    public record OnEdge(Place after, Point at) {}

    /// How many there are in all rings.
    public static int count(Region region) {
        return parts(region).stream()
                .mapToInt(part ->
                        part.exterior().size() + part.holes().stream().mapToInt(List::size).sum())
                .sum();
    }

    /// Hands over each vertex.
    public static void forEach(Region region, BiConsumer<Place, Point> action) {
        forEachRing(
                region,
                (ring, points) -> {
                    for (int i = 0; i < points.size(); i++) {
                        action.accept(new Place(ring.part(), ring.ring(), i), points.get(i));
                    }
                });
    }

    /// Hands over the middle of each edge.
    public static void forEachEdge(Region region, BiConsumer<Place, Point> action) {
        forEachRing(
                region,
                (ring, points) -> {
                    for (int i = 0; i < points.size(); i++) {
                        var from = points.get(i);
                        var to = points.get((i + 1) % points.size());
                        action.accept(
                                new Place(ring.part(), ring.ring(), i),
                                new Point((from.x() + to.x()) / 2, (from.y() + to.y()) / 2));
                    }
                });
    }

    /// The place of each ring's first vertex, and the ring.
    private static void forEachRing(Region region, BiConsumer<Place, List<Point>> action) {
        var parts = parts(region);
        for (int part = 0; part < parts.size(); part++) {
            var rings = rings(parts.get(part));
            for (int ring = 0; ring < rings.size(); ring++) {
                action.accept(new Place(part, ring, 0), rings.get(ring));
            }
        }
    }

    /// The vertex nearest to the point, not further away than `reach`.
    public static Optional<Place> near(Region region, Point point, double reach) {
        var nearest = new Nearest<Place>(reach);
        forEach(region, (place, at) -> nearest.offer(place, at.distanceTo(point)));
        return nearest.found();
    }

    /// The vertex at the start of the edge whose middle is nearest to the point, not further away than `reach`.
    public static Optional<Place> nearMiddle(Region region, Point point, double reach) {
        var nearest = new Nearest<Place>(reach);
        forEachEdge(region, (place, at) -> nearest.offer(place, at.distanceTo(point)));
        return nearest.found();
    }

    /// The place on the outline nearest to the point, not further away than `reach`.
    public static Optional<OnEdge> nearEdge(Region region, Point point, double reach) {
        var nearest = new Nearest<OnEdge>(reach);
        forEachRing(
                region,
                (ring, points) -> {
                    for (int i = 0; i < points.size(); i++) {
                        var at =
                                Rings.nearestOnLine(
                                        points.get(i), points.get((i + 1) % points.size()), point);
                        nearest.offer(
                                new OnEdge(new Place(ring.part(), ring.ring(), i), at),
                                at.distanceTo(point));
                    }
                });
        return nearest.found();
    }

    private static final class Nearest<T> {
        private Optional<T> best = Optional.empty();
        private double distance;

        Nearest(double reach) {
            this.distance = Math.nextUp(reach);
        }

        void offer(T candidate, double itsDistance) {
            if (itsDistance < distance) {
                best = Optional.of(candidate);
                distance = itsDistance;
            }
        }

        Optional<T> found() {
            return best;
        }
    }

    /// @throws IllegalArgumentException if the region has no such vertex, as in the methods below
    public static Point at(Region region, Place place) {
        var ring = ring(region, place);
        return ring.get(place.index());
    }

    public static Region move(Region region, Place place, Point to) {
        return change(
                region,
                place,
                ring -> {
                    ring.set(place.index(), to);
                    return ring;
                });
    }

    /// Puts a vertex into the edge that begins at `after`; its place is the one behind.
    public static Region insert(Region region, Place after, Point point) {
        return change(
                region,
                after,
                ring -> {
                    ring.add(after.index() + 1, point);
                    return ring;
                });
    }

    /// Takes a vertex away. A hole with less than three vertices vanishes, and so does a part with its holes; nothing
    /// comes back where nothing is left.
    public static Optional<Region> remove(Region region, Place place) {
        if (ring(region, place).size() > 3) {
            return Optional.of(
                    change(
                            region,
                            place,
                            ring -> {
                                ring.remove(place.index());
                                return ring;
                            }));
        }
        var parts = new ArrayList<>(parts(region));
        if (place.ring() == 0) {
            parts.remove(place.part());
        } else {
            var part = parts.get(place.part());
            var holes = new ArrayList<>(part.holes());
            holes.remove(place.ring() - 1);
            parts.set(place.part(), new Polygon(part.exterior(), holes));
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(region(parts));
    }

    /// One polygon as such, several as one region.
    public static Region region(List<Polygon> parts) {
        return parts.size() == 1 ? parts.getFirst() : new MultiPolygon(parts);
    }

    private static Region change(Region region, Place place, UnaryOperator<List<Point>> operation) {
        var changed = operation.apply(new ArrayList<>(ring(region, place)));
        var parts = new ArrayList<>(parts(region));
        var part = parts.get(place.part());
        if (place.ring() == 0) {
            parts.set(place.part(), new Polygon(changed, part.holes()));
        } else {
            var holes = new ArrayList<>(part.holes());
            holes.set(place.ring() - 1, changed);
            parts.set(place.part(), new Polygon(part.exterior(), holes));
        }
        return region instanceof Polygon ? parts.getFirst() : new MultiPolygon(parts);
    }

    private static List<Point> ring(Region region, Place place) {
        var parts = parts(region);
        if (place.part() < parts.size()) {
            var rings = rings(parts.get(place.part()));
            if (place.ring() < rings.size() && place.index() < rings.get(place.ring()).size()) {
                return rings.get(place.ring());
            }
        }
        throw new IllegalArgumentException("No vertex " + place + " in " + region);
    }

    private static List<List<Point>> rings(Polygon polygon) {
        var rings = new ArrayList<List<Point>>();
        rings.add(polygon.exterior());
        rings.addAll(polygon.holes());
        return rings;
    }

    private static List<Polygon> parts(Region region) {
        return switch (region) {
            case Polygon polygon -> List.of(polygon);
            case MultiPolygon several -> several.polygons();
            case Box _, Mask _ -> List.of();
        };
    }
}

package org.palimpsest.geometry;

import java.util.ArrayList;
import java.util.List;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygonal;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;
import org.locationtech.jts.operation.polygonize.Polygonizer;
import org.locationtech.jts.simplify.TopologyPreservingSimplifier;

/// Set operations on boxes and polygons, with holes and several parts, and outlines with fewer points.
///
/// Works with outlines: a mask takes part as [Mask#outline], which is exact. What comes out is valid: rings do not
/// cross, holes lie inside their exterior, parts do not overlap. Rings that cross themselves are taken by the even-odd
/// rule, as everywhere in this package. The work is done by JTS.
public final class RegionSets {
    private static final GeometryFactory FACTORY = new GeometryFactory();

    /// Parts with a smaller area are what rounding left over, in square pixels.
    private static final double SLIVER = 1e-6;

    private static final int MANY_VERTICES = 2_000;

    private RegionSets() {}

    /// What belongs to one or the other.
    public static MultiPolygon union(Region one, Region other) {
        return combine(one, other, OverlayNG.UNION);
    }

    /// What belongs to both.
    public static MultiPolygon intersect(Region one, Region other) {
        return combine(one, other, OverlayNG.INTERSECTION);
    }

    /// What belongs to the first and not to the other.
    public static MultiPolygon subtract(Region from, Region taken) {
        return combine(from, taken, OverlayNG.DIFFERENCE);
    }

    /// The region with fewer points, none of which is further from the old outline than `tolerance`.
    ///
    /// The points that stay are points of the old outline (Douglas and Peucker), rings do not begin to cross, and holes
    /// and parts that are smaller than the tolerance vanish, except for the largest part.
    public static MultiPolygon simplify(Region region, double tolerance) {
        if (!(tolerance >= 0)) {
            throw new IllegalArgumentException("No such tolerance: " + tolerance);
        }
        var kept = withoutSmall(polygons(region), tolerance);
        if (Vertices.count(new MultiPolygon(kept)) > MANY_VERTICES) {
            return simplifyMany(kept, tolerance);
        }
        var geometry = geometry(new MultiPolygon(kept));
        return toRegion(TopologyPreservingSimplifier.simplify(geometry, tolerance));
    }

    /// The careful way takes seconds for ten thousand points. So rings are thinned by themselves, and parts that do not
    /// come out well are thinned with care where they are small, else less.
    private static MultiPolygon simplifyMany(List<Polygon> parts, double tolerance) {
        var thinned = new ArrayList<Polygon>();
        for (var part : parts) {
            var quick = thinRings(part, tolerance);
            if (plain(quick).isValid()) {
                thinned.add(quick);
            } else if (Vertices.count(part) <= MANY_VERTICES) {
                var careful = TopologyPreservingSimplifier.simplify(geometry(part), tolerance);
                thinned.addAll(toRegion(careful).polygons());
            } else {
                var less = thinRings(part, tolerance / 3);
                thinned.add(plain(less).isValid() ? less : part);
            }
        }
        return toRegion(geometry(new MultiPolygon(thinned)));
    }

    private static Polygon thinRings(Polygon part, double tolerance) {
        return new Polygon(
                RingSimplifier.simplify(part.exterior(), tolerance),
                part.holes().stream()
                        .map(hole -> RingSimplifier.simplify(hole, tolerance))
                        .toList());
    }

    private static List<Polygon> withoutSmall(List<Polygon> parts, double tolerance) {
        double largest = parts.stream().mapToDouble(Polygon::area).max().orElse(0);
        var kept = new ArrayList<Polygon>();
        for (var part : parts) {
            if (part.area() == largest || !isSmall(part.bounds(), tolerance)) {
                kept.add(
                        new Polygon(
                                part.exterior(),
                                part.holes().stream()
                                        .filter(hole -> !isSmall(Box.around(hole), tolerance))
                                        .toList()));
            }
        }
        return kept;
    }

    private static boolean isSmall(Box bounds, double tolerance) {
        return Math.max(bounds.width(), bounds.height()) <= tolerance;
    }

    private static MultiPolygon combine(Region one, Region other, int operation) {
        return toRegion(OverlayNGRobust.overlay(geometry(one), geometry(other), operation));
    }

    /// The region as polygons, which may overlap.
    public static List<Polygon> polygons(Region region) {
        return switch (region) {
            case Box box ->
                    box.isEmpty()
                            ? List.of()
                            : List.of(
                                    new Polygon(
                                            List.of(
                                                    new Point(box.xMin(), box.yMin()),
                                                    new Point(box.xMax(), box.yMin()),
                                                    new Point(box.xMax(), box.yMax()),
                                                    new Point(box.xMin(), box.yMax()))));
            case Polygon polygon -> List.of(polygon);
            case MultiPolygon parts -> parts.polygons();
            case Mask mask -> mask.outline().polygons();
        };
    }

    private static Geometry geometry(Region region) {
        var parts = polygons(region).stream().map(RegionSets::geometry).toList();
        if (parts.stream().allMatch(org.locationtech.jts.geom.Polygon.class::isInstance)) {
            var together =
                    FACTORY.createMultiPolygon(
                            parts.toArray(org.locationtech.jts.geom.Polygon[]::new));
            if (together.isValid()) { // Parts lie apart, as most do.
                return together;
            }
        }
        return parts.isEmpty() ? FACTORY.createPolygon() : OverlayNGRobust.union(parts);
    }

    private static Geometry geometry(Polygon polygon) {
        var plain = plain(polygon);
        if (plain.isValid()) {
            return plain;
        }
        var holes = polygon.holes().stream().map(RegionSets::evenOdd).toList();
        var inside = evenOdd(polygon.exterior());
        return holes.isEmpty()
                ? inside
                : OverlayNGRobust.overlay(
                        inside, OverlayNGRobust.union(holes), OverlayNG.DIFFERENCE);
    }

    private static org.locationtech.jts.geom.Polygon plain(Polygon polygon) {
        return FACTORY.createPolygon(
                ring(polygon.exterior()),
                polygon.holes().stream().map(RegionSets::ring).toArray(LinearRing[]::new));
    }

    private static LinearRing ring(List<Point> points) {
        var coordinates = new Coordinate[points.size() + 1];
        for (int i = 0; i < coordinates.length; i++) {
            var point = points.get(i % points.size());
            coordinates[i] = new Coordinate(point.x(), point.y());
        }
        return FACTORY.createLinearRing(coordinates);
    }

    /// A ring that crosses itself: of the faces that its lines make, those inside by the even-odd rule.
    private static Geometry evenOdd(List<Point> points) {
        var ring = ring(points);
        if (FACTORY.createPolygon(ring).isValid()) {
            return FACTORY.createPolygon(ring);
        }
        var lines = OverlayNGRobust.overlay(ring, FACTORY.createLineString(), OverlayNG.UNION);
        var polygonizer = new Polygonizer();
        polygonizer.add(lines);
        var inside = new ArrayList<Geometry>();
        for (var found : polygonizer.getPolygons()) {
            var face = (org.locationtech.jts.geom.Polygon) found;
            var within = face.getInteriorPoint().getCoordinate();
            if (Rings.contains(points, new Point(within.x, within.y))) {
                inside.add(face);
            }
        }
        return inside.isEmpty() ? FACTORY.createPolygon() : OverlayNGRobust.union(inside);
    }

    private static MultiPolygon toRegion(Geometry geometry) {
        var parts = new ArrayList<Polygon>();
        for (int i = 0; i < geometry.getNumGeometries(); i++) {
            var part = geometry.getGeometryN(i);
            if (part instanceof Polygonal && part.getArea() > SLIVER) {
                parts.add(toPolygon((org.locationtech.jts.geom.Polygon) part));
            }
        }
        return new MultiPolygon(parts);
    }

    private static Polygon toPolygon(org.locationtech.jts.geom.Polygon polygon) {
        var holes = new ArrayList<List<Point>>();
        for (int i = 0; i < polygon.getNumInteriorRing(); i++) {
            holes.add(points(polygon.getInteriorRingN(i)));
        }
        return new Polygon(points(polygon.getExteriorRing()), holes);
    }

    /// The ring's corners: where two edges were joined, a point lies on the line between its neighbours.
    private static List<Point> points(LinearRing ring) {
        var points = new ArrayList<Point>(ring.getNumPoints());
        for (int i = 0; i < ring.getNumPoints() - 1; i++) {
            var coordinate = ring.getCoordinateN(i);
            points.add(new Point(coordinate.x, coordinate.y));
        }
        for (int i = points.size() - 1; i >= 0 && points.size() > 3; i--) {
            int count = points.size();
            var before = points.get((i + count - 1) % count);
            var after = points.get((i + 1) % count);
            if (isOnLine(before, points.get(i), after)) {
                points.remove(i);
            }
        }
        return points;
    }

    private static boolean isOnLine(Point from, Point point, Point to) {
        double cross =
                (point.x() - from.x()) * (to.y() - from.y())
                        - (point.y() - from.y()) * (to.x() - from.x());
        return cross == 0;
    }
}

package org.palimpsest.geometry;

import java.util.List;

/// Several polygons that make one region: their union. May hold none, as the outline of an empty mask.
public record MultiPolygon(List<Polygon> polygons) implements Region {
    public MultiPolygon {
        polygons = List.copyOf(polygons);
    }

    @Override
    public Box bounds() {
        return polygons.stream()
                .map(Polygon::bounds)
                .reduce(Box::enclosing)
                .orElse(new Box(0, 0, 0, 0));
    }

    /// The sum of the parts' areas; exact for parts that do not overlap.
    @Override
    public double area() {
        return polygons.stream().mapToDouble(Polygon::area).sum();
    }

    public MultiPolygon translate(double dx, double dy) {
        return new MultiPolygon(polygons.stream().map(part -> part.translate(dx, dy)).toList());
    }

    public MultiPolygon scale(double sx, double sy) {
        return new MultiPolygon(polygons.stream().map(part -> part.scale(sx, sy)).toList());
    }
}

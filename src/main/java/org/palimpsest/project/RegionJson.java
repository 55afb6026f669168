package org.palimpsest.project;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.MultiPolygon;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;

/// A region as it stands in the project file: a box by its corners, outlines by their rings, a mask by COCO's compressed
/// run lengths. Exactly one of the three is there.
///
/// @param box x_min, y_min, x_max, y_max
/// @param polygons for each part its rings, the exterior first; each ring x, y, x, y …
/// @param parts whether the region is a [MultiPolygon], which may have one part or none
@JsonInclude(JsonInclude.Include.NON_NULL)
record RegionJson(
        double @Nullable [] box,
        @Nullable List<List<double[]>> polygons,
        @JsonProperty("parts") @Nullable Boolean parts,
        @Nullable MaskJson mask) {

    /// @param counts COCO's compressed run lengths
    record MaskJson(int width, int height, String counts) {}

    static RegionJson of(Region region) {
        return switch (region) {
            case Box box ->
                    new RegionJson(
                            new double[] {box.xMin(), box.yMin(), box.xMax(), box.yMax()},
                            null,
                            null,
                            null);
            case Polygon polygon -> new RegionJson(null, List.of(rings(polygon)), null, null);
            case MultiPolygon several ->
                    new RegionJson(
                            null,
                            several.polygons().stream().map(RegionJson::rings).toList(),
                            true,
                            null);
            case Mask mask ->
                    new RegionJson(
                            null,
                            null,
                            null,
                            new MaskJson(mask.width(), mask.height(), mask.cocoCompressed()));
        };
    }

    /// @throws IllegalArgumentException if the file holds no region here
    Region toRegion() {
        if (box != null && box.length == 4) {
            return new Box(box[0], box[1], box[2], box[3]);
        }
        if (mask != null) {
            return Mask.fromCocoCompressed(new Size(mask.width(), mask.height()), mask.counts());
        }
        if (polygons == null) {
            throw new IllegalArgumentException("No region: " + this);
        }
        var outlines = polygons.stream().map(RegionJson::polygon).toList();
        return parts == null && outlines.size() == 1
                ? outlines.getFirst()
                : new MultiPolygon(outlines);
    }

    private static List<double[]> rings(Polygon polygon) {
        var rings = new ArrayList<double[]>();
        rings.add(coordinates(polygon.exterior()));
        polygon.holes().forEach(hole -> rings.add(coordinates(hole)));
        return rings;
    }

    private static double[] coordinates(List<Point> ring) {
        double[] values = new double[2 * ring.size()];
        for (int i = 0; i < ring.size(); i++) {
            values[2 * i] = ring.get(i).x();
            values[2 * i + 1] = ring.get(i).y();
        }
        return values;
    }

    private static Polygon polygon(List<double[]> rings) {
        if (rings.isEmpty()) {
            throw new IllegalArgumentException("A polygon without a ring");
        }
        var points = rings.stream().map(RegionJson::points).toList();
        return new Polygon(points.getFirst(), points.subList(1, points.size()));
    }

    private static List<Point> points(double[] values) {
        var points = new ArrayList<Point>(values.length / 2);
        for (int i = 0; i + 1 < values.length; i += 2) {
            points.add(new Point(values[i], values[i + 1]));
        }
        return points;
    }
}

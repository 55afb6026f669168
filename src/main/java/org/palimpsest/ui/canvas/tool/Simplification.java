package org.palimpsest.ui.canvas.tool;

import java.util.ArrayList;
import java.util.List;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.RegionSets;
import org.palimpsest.geometry.Vertices;

/// An outline with fewer vertices, and how many there were and are.
///
/// @param after one polygon or several
public record Simplification(Region after, int verticesBefore, int verticesAfter) {

    /// Simplifies a polygon, or the outline of a mask, by the tolerance in image pixels.
    public static Simplification of(Region region, double tolerance) {
        var outline = region instanceof Mask mask ? mask.outline() : region;
        var simple = Vertices.region(RegionSets.simplify(outline, tolerance).polygons());
        return new Simplification(simple, Vertices.count(outline), Vertices.count(simple));
    }

    List<Preview.Grip> grips() {
        var grips = new ArrayList<Preview.Grip>();
        Vertices.forEach(
                after, (_, at) -> grips.add(new Preview.Grip(at, Preview.GripKind.VERTEX)));
        return grips;
    }
}

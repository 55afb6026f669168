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

    private static final int MOST_RINGS = 1_000;
    private static final int MOST_VERTICES = 200_000;

    /// Simplifies a polygon, or the outline of a mask, by the tolerance in image pixels.
    public static Simplification of(Region region, double tolerance) {
        var outline = region instanceof Mask mask ? mask.outline() : region;
        var simple = Vertices.region(RegionSets.simplify(outline, tolerance).polygons());
        return new Simplification(simple, Vertices.count(outline), Vertices.count(simple));
    }

    /// Whether the region is made of so many pieces and holes that simplifying it would take longer than a blink.
    static boolean isTooDetailed(Region region) {
        var outline = region instanceof Mask mask ? mask.outline() : region;
        int rings = 0;
        for (var part : RegionSets.polygons(outline)) {
            rings += 1 + part.holes().size();
        }
        return rings > MOST_RINGS || Vertices.count(outline) > MOST_VERTICES;
    }

    List<Preview.Grip> grips() {
        var grips = new ArrayList<Preview.Grip>();
        Vertices.forEach(
                after, (_, at) -> grips.add(new Preview.Grip(at, Preview.GripKind.VERTEX)));
        return grips;
    }
}

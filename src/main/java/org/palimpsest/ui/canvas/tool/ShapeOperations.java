package org.palimpsest.ui.canvas.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.edit.Edit;
import org.palimpsest.dataset.edit.RemoveAnnotations;
import org.palimpsest.dataset.edit.ReplaceAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.RegionSets;
import org.palimpsest.geometry.Size;
import org.palimpsest.geometry.Vertices;

/// Changes the selected objects' regions by each other, or into another form. Each gives one step of the history.
///
/// The lowest selected object stays, with its label; the others change it. Where a mask takes part the result is a mask,
/// else a polygon or several, and a box where it is one again.
public final class ShapeOperations {
    /// How far an outline that is made of a mask may be from the mask's edge.
    private static final double OUTLINE_TOLERANCE = 1;

    private ShapeOperations() {}

    /// How regions are combined.
    public enum Combination {
        /// One object of all.
        UNION,
        /// The lowest without the others, which vanish.
        SUBTRACT,
        /// What all have in common.
        INTERSECT,
        /// The lowest without what the others cover, which stay: a hole where they lie inside.
        CUT_OUT
    }

    /// Forms that a region can take.
    public enum Form {
        BOX,
        POLYGON,
        MASK
    }

    /// Combines the selected objects.
    public static ToolEffect combine(Combination combination, ToolScene scene) {
        var selected = scene.selected();
        if (selected.size() < 2) {
            return new ToolEffect.Refuse(Hint.TWO_OBJECTS);
        }
        boolean othersStay = combination == Combination.CUT_OUT;
        var changed = othersStay ? selected.subList(0, 1) : selected;
        if (changed.stream().anyMatch(object -> scene.isLocked(object))) {
            return new ToolEffect.Refuse(Hint.LOCKED);
        }
        var base = selected.getFirst();
        var others = selected.subList(1, selected.size());
        var region = combined(combination, selected, scene.size());
        if (region.area() == 0) {
            return new ToolEffect.Refuse(Hint.NOTHING_LEFT);
        }
        var image = scene.image();
        var edits = new ArrayList<Edit>();
        if (!othersStay) {
            edits.add(RemoveAnnotations.from(image, ids(others)));
        }
        if (!region.equals(base.region())) {
            edits.add(new ReplaceAnnotation(image.image().id(), base, scene.reshape(base, region)));
        }
        return edits.isEmpty()
                ? ToolEffect.DISCARD
                : new ToolEffect.Commit(
                        Steps.of(Steps.Title.COMBINE, selected.size(), edits),
                        othersStay ? scene.selection() : Set.of(base.id()),
                        false);
    }

    private static Region combined(
            Combination combination, List<ObjectAnnotation> objects, Size image) {
        var base = objects.getFirst().region();
        var others =
                objects.subList(1, objects.size()).stream().map(ObjectAnnotation::region).toList();
        if (objects.stream().anyMatch(object -> object.region() instanceof Mask)) {
            var mask = Mask.fromRegion(base, image);
            for (var other : others) {
                var otherMask = Mask.fromRegion(other, image);
                mask =
                        switch (combination) {
                            case UNION -> mask.union(otherMask);
                            case SUBTRACT, CUT_OUT -> mask.minus(otherMask);
                            case INTERSECT -> mask.intersection(otherMask);
                        };
            }
            return mask;
        }
        var region = base;
        for (var other : others) {
            region =
                    switch (combination) {
                        case UNION -> RegionSets.union(region, other);
                        case SUBTRACT, CUT_OUT -> RegionSets.subtract(region, other);
                        case INTERSECT -> RegionSets.intersect(region, other);
                    };
        }
        return plainest(region);
    }

    /// A box where the region is one, a polygon where it has one part.
    private static Region plainest(Region region) {
        var parts = RegionSets.polygons(region);
        if (parts.size() == 1 && isBox(parts.getFirst())) {
            return region.bounds();
        }
        return Vertices.region(parts);
    }

    private static boolean isBox(Polygon polygon) {
        var bounds = polygon.bounds();
        return polygon.holes().isEmpty()
                && polygon.exterior().stream().allMatch(point -> isCorner(bounds, point))
                && polygon.area() == bounds.area();
    }

    private static boolean isCorner(Box box, Point point) {
        return (point.x() == box.xMin() || point.x() == box.xMax())
                && (point.y() == box.yMin() || point.y() == box.yMax());
    }

    /// Gives the selected objects regions of another form.
    public static ToolEffect convert(Form form, ToolScene scene) {
        var edits = new ArrayList<Edit>();
        for (var object : scene.selected()) {
            if (scene.isLocked(object)) {
                return new ToolEffect.Refuse(Hint.LOCKED);
            }
            if (form == Form.POLYGON
                    && object.region() instanceof Mask
                    && Simplification.isTooDetailed(object.region())) {
                return new ToolEffect.Refuse(Hint.TOO_DETAILED);
            }
            var region = converted(object.region(), form, scene.size());
            if (region.area() == 0) {
                return new ToolEffect.Refuse(Hint.NOTHING_LEFT);
            }
            if (!region.equals(object.region())) {
                edits.add(
                        new ReplaceAnnotation(
                                scene.image().image().id(), object, scene.reshape(object, region)));
            }
        }
        return edits.isEmpty()
                ? ToolEffect.NOTHING
                : new ToolEffect.Commit(
                        Steps.of(Steps.Title.CONVERT, edits.size(), edits),
                        scene.selection(),
                        false);
    }

    private static Region converted(Region region, Form form, Size image) {
        return switch (form) {
            case BOX -> region.bounds();
            case MASK -> Mask.fromRegion(region, image);
            case POLYGON ->
                    region instanceof Mask
                            ? Simplification.of(region, OUTLINE_TOLERANCE).after()
                            : region instanceof Box
                                    ? Vertices.region(RegionSets.polygons(region))
                                    : region;
        };
    }

    private static Set<AnnotationId> ids(List<ObjectAnnotation> objects) {
        return objects.stream().map(ObjectAnnotation::id).collect(Collectors.toSet());
    }
}

package org.palimpsest.ui.canvas.tool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.edit.Edit;
import org.palimpsest.dataset.edit.ReplaceAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Size;

/// Moves objects to other bounds and makes edits of it.
final class Placing {
    private Placing() {}

    static Optional<Box> together(Collection<ObjectAnnotation> objects) {
        return objects.stream().map(object -> object.region().bounds()).reduce(Box::enclosing);
    }

    /// New bounds of all that move together: as far as asked, but not over the image's edge.
    static Map<AnnotationId, Box> shifted(
            Collection<ObjectAnnotation> objects, double dx, double dy, Size image) {
        var bounds = new LinkedHashMap<AnnotationId, Box>();
        var all = together(objects);
        if (all.isPresent()) {
            double x = limit(dx, all.get().xMin(), all.get().xMax(), image.width());
            double y = limit(dy, all.get().yMin(), all.get().yMax(), image.height());
            for (var object : objects) {
                bounds.put(object.id(), object.region().bounds().translate(x, y));
            }
        }
        return bounds;
    }

    private static double limit(double delta, double low, double high, double end) {
        double least = Math.min(0, -low);
        double most = Math.max(0, end - high);
        return Math.clamp(delta, least, most);
    }

    /// One step that gives the objects these bounds, or a discarded gesture where they have them already.
    static ToolEffect commit(Map<AnnotationId, Box> bounds, ToolScene scene) {
        var edits = new ArrayList<Edit>();
        for (var object : scene.objects(bounds.keySet())) {
            var to = Objects.requireNonNull(bounds.get(object.id()));
            if (!to.equals(object.region().bounds())) {
                var changed = scene.reshape(object, Regions.stretch(object.region(), to));
                edits.add(new ReplaceAnnotation(scene.image().image().id(), object, changed));
            }
        }
        return edits.isEmpty()
                ? ToolEffect.DISCARD
                : new ToolEffect.Commit(
                        Steps.of(Steps.Title.MOVE, edits.size(), edits), scene.selection(), false);
    }
}

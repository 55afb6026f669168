package org.palimpsest.ui.canvas.tool;

import java.util.Comparator;
import java.util.List;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Point;

/// What lies under the pointer.
final class Picking {
    private Picking() {}

    /// What can be picked at the point: smallest first, because larger ones can be reached beside it, locked ones last.
    static List<ObjectAnnotation> at(Point point, ToolScene scene) {
        double reach = scene.reach() / 2;
        var near =
                new Box(point.x() - reach, point.y() - reach, point.x() + reach, point.y() + reach);
        return scene.objectsIn(near).stream()
                .filter(object -> !scene.isHidden(object))
                .filter(object -> Regions.hits(object.region(), point, reach))
                .sorted(
                        Comparator.<ObjectAnnotation, Boolean>comparing(
                                        object -> scene.isLocked(object))
                                .thenComparingDouble(object -> object.region().bounds().area()))
                .toList();
    }

    /// What lies wholly inside of the frame, but for what is locked or hidden.
    static List<AnnotationId> inside(Box frame, ToolScene scene) {
        return scene.objectsIn(frame).stream()
                .filter(object -> !scene.isHidden(object) && !scene.isLocked(object))
                .filter(object -> frame.enclosing(object.region().bounds()).equals(frame))
                .map(ObjectAnnotation::id)
                .toList();
    }
}

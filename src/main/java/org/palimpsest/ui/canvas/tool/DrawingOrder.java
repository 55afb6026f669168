package org.palimpsest.ui.canvas.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.edit.AddAnnotations;
import org.palimpsest.dataset.edit.PlacedAnnotation;
import org.palimpsest.dataset.edit.RemoveAnnotations;

/// Which object lies above which: puts the selected ones above or below all others, and walks from one to the next.
public final class DrawingOrder {
    private DrawingOrder() {}

    /// The selected objects lie above all others afterwards, in the order they have among themselves.
    public static ToolEffect toFront(ToolScene scene) {
        return move(Steps.Title.TO_FRONT, scene);
    }

    /// The selected objects lie below all others afterwards.
    public static ToolEffect toBack(ToolScene scene) {
        return move(Steps.Title.TO_BACK, scene);
    }

    private static ToolEffect move(Steps.Title title, ToolScene scene) {
        var image = scene.image();
        var ids = scene.selection();
        if (ids.isEmpty()) {
            return ToolEffect.NOTHING;
        }
        var taken = RemoveAnnotations.from(image, ids);
        boolean front = title == Steps.Title.TO_FRONT;
        int first = front ? image.annotations().size() - taken.removed().size() : 0;
        var placed = new ArrayList<PlacedAnnotation>();
        for (var one : taken.removed()) {
            placed.add(new PlacedAnnotation(first + placed.size(), one.annotation()));
        }
        if (placed.equals(taken.removed())) {
            return ToolEffect.NOTHING;
        }
        return new ToolEffect.Commit(
                Steps.of(
                        title,
                        placed.size(),
                        List.of(taken, new AddAnnotations(image.image().id(), placed))),
                ids,
                false);
    }

    /// The object that comes so many places after the selected one in drawing order, round and round; hidden ones are
    /// left out. Without a selection the first one, or the last one where `by` is negative.
    public static Optional<AnnotationId> step(int by, ToolScene scene) {
        var shown =
                scene.image().objects().stream()
                        .filter(object -> !scene.isHidden(object))
                        .map(ObjectAnnotation::id)
                        .toList();
        if (shown.isEmpty()) {
            return Optional.empty();
        }
        int at = lastOf(scene.selection(), shown, by);
        int next = at < 0 ? (by < 0 ? shown.size() - 1 : 0) : Math.floorMod(at + by, shown.size());
        return Optional.of(shown.get(next));
    }

    /// The place of the selected object that is farthest in the direction of the step.
    private static int lastOf(Set<AnnotationId> selection, List<AnnotationId> shown, int by) {
        int found = -1;
        for (int i = 0; i < shown.size(); i++) {
            if (selection.contains(shown.get(i)) && (found < 0 || by > 0)) {
                found = i;
            }
        }
        return found;
    }
}

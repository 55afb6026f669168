package org.palimpsest.ui.canvas.tool;

import java.util.List;
import java.util.Set;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.edit.AddAnnotations;
import org.palimpsest.dataset.edit.ReplaceAnnotation;
import org.palimpsest.geometry.Region;

/// Ends of gestures that draw.
final class Drawing {
    private Drawing() {}

    /// Adds a new object on top and selects it.
    static ToolEffect add(ObjectAnnotation object, boolean naming, ToolScene scene) {
        return new ToolEffect.Commit(
                AddAnnotations.onTopOf(scene.image(), List.of(object)),
                Set.of(object.id()),
                naming);
    }

    /// Gives the object another region and selects it.
    static ToolEffect reshape(ObjectAnnotation object, Region region, ToolScene scene) {
        if (object.region().equals(region)) {
            return ToolEffect.DISCARD;
        }
        return new ToolEffect.Commit(
                new ReplaceAnnotation(
                        scene.image().image().id(), object, scene.reshape(object, region)),
                Set.of(object.id()),
                false);
    }
}

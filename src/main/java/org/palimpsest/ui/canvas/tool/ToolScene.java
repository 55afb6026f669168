package org.palimpsest.ui.canvas.tool;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.PixelColors;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;

/// What a tool may know about the image it works on, at the moment of a gesture.
public interface ToolScene {
    AnnotatedImage image();

    Set<AnnotationId> selection();

    /// How many image pixels away from the pointer still count as hit; smaller the larger the image is shown.
    double reach();

    /// Objects whose bounds touch the area, topmost first.
    List<ObjectAnnotation> objectsIn(Box area);

    /// A new object of the current label, drawn by the person.
    ObjectAnnotation draw(Region region);

    /// The object as the person moved or reshaped it.
    ObjectAnnotation reshape(ObjectAnnotation object, Region region);

    /// Whether the object stays as it is until it is unlocked.
    boolean isLocked(ObjectAnnotation object);

    /// Whether the object is not shown, so that the pointer goes through it.
    boolean isHidden(ObjectAnnotation object);

    ToolSettings settings();

    /// The image's colours, where they are at hand in full size.
    Optional<PixelColors> colors();

    default Size size() {
        return image().image().size();
    }

    /// The selected objects, lowest first.
    default List<ObjectAnnotation> selected() {
        return selection().isEmpty() ? List.of() : objects(selection());
    }

    /// The only selected object.
    default Optional<ObjectAnnotation> onlySelected() {
        return selection().size() == 1 ? selected().stream().findFirst() : Optional.empty();
    }

    /// The objects of these ids, lowest first.
    default List<ObjectAnnotation> objects(Set<AnnotationId> ids) {
        return image().objects().stream().filter(object -> ids.contains(object.id())).toList();
    }

    default Optional<ObjectAnnotation> object(AnnotationId id) {
        return objects(Set.of(id)).stream().findFirst();
    }
}

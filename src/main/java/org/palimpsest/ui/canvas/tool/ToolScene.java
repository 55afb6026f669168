package org.palimpsest.ui.canvas.tool;

import java.util.List;
import java.util.Set;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.geometry.Box;
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

    default Size size() {
        return image().image().size();
    }
}

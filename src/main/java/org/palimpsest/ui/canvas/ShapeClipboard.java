package org.palimpsest.ui.canvas;

import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.ui.canvas.tool.ShapeCopies;

/// Objects that were copied, to be put into the same image or others.
///
/// Confined to the interface's thread.
final class ShapeClipboard {
    private final ReadOnlyObjectWrapper<List<ObjectAnnotation>> objects =
            new ReadOnlyObjectWrapper<>(List.of());
    private Optional<ImageId> source = Optional.empty();
    private int pastes;

    void copy(List<ObjectAnnotation> copied, ImageId from) {
        objects.set(List.copyOf(copied));
        source = Optional.of(from);
        pastes = 0;
    }

    /// Copies for this image. In the image that they came from each paste lies a step further from the one before, in
    /// others they lie where they were.
    ///
    /// @param step in image pixels
    List<ObjectAnnotation> paste(AnnotatedImage into, double step, Provenance drawn) {
        var image = into.image();
        pastes = source.filter(image.id()::equals).isPresent() ? pastes + 1 : 0;
        return ShapeCopies.of(objects.get(), image.size(), pastes * step, drawn);
    }

    ReadOnlyObjectProperty<List<ObjectAnnotation>> objectsProperty() {
        return objects.getReadOnlyProperty();
    }
}

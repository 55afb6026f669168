package org.palimpsest.ui.support;

import java.util.Optional;
import java.util.Set;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.paligemma.prompt.Task;

/// What a person would ask the model now, and about which images: here the task panel, the list of images and the queue
/// meet.
///
/// Confined to the interface's thread.
public final class Asking {
    private final ObjectProperty<Optional<Task>> task =
            new SimpleObjectProperty<>(Optional.empty());
    private final ObjectProperty<Set<ImageId>> selectedImages =
            new SimpleObjectProperty<>(Set.of());

    /// Set by the task panel; empty while something is missing.
    public ObjectProperty<Optional<Task>> taskProperty() {
        return task;
    }

    /// Set by the list of images: those that the person selected.
    public ObjectProperty<Set<ImageId>> selectedImagesProperty() {
        return selectedImages;
    }
}

package org.palimpsest.ui.shell;

import de.saxsys.mvvmfx.ViewModel;
import java.util.Locale;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableStringValue;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.inference.ModelState;
import org.palimpsest.ui.support.Pointer;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Workspace;

/// What the line at the foot of the window says: the model, the device, the image, the pixel under the mouse.
///
/// Confined to the interface's thread.
public final class StatusBarViewModel implements ViewModel {
    private final ReadOnlyObjectWrapper<ModelState> model =
            new ReadOnlyObjectWrapper<>(new ModelState.None());
    private final ObservableStringValue image;
    private final ObservableStringValue pixel;

    public StatusBarViewModel(
            Workspace workspace, InferenceService inference, Pointer pointer, TaskRunner tasks) {
        inference.onModelState(state -> tasks.onInterface(() -> model.set(state)));
        image =
                Bindings.createStringBinding(
                        () -> {
                            var shown = workspace.currentImage();
                            return shown == null
                                    ? ""
                                    : shown.size().width() + " × " + shown.size().height() + " px";
                        },
                        workspace.currentImageProperty());
        pixel =
                Bindings.createStringBinding(
                        () ->
                                pointer.pixelProperty()
                                        .get()
                                        .map(point ->
                                                String.format(
                                                        Locale.ROOT,
                                                        "%.0f, %.0f",
                                                        point.x(),
                                                        point.y()))
                                        .orElse(""),
                        pointer.pixelProperty());
    }

    public ReadOnlyObjectProperty<ModelState> modelProperty() {
        return model.getReadOnlyProperty();
    }

    public ObservableStringValue imageProperty() {
        return image;
    }

    public ObservableStringValue pixelProperty() {
        return pixel;
    }
}

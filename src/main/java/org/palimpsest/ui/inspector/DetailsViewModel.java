package org.palimpsest.ui.inspector;

import de.saxsys.mvvmfx.ViewModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyObjectProperty;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.Label;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.edit.Reviews;
import org.palimpsest.geometry.Box;
import org.palimpsest.ui.support.Texts;
import org.palimpsest.ui.support.Workspace;

/// The one object that is selected, and every property of it that a person may change.
///
/// Confined to the interface's thread.
public final class DetailsViewModel implements ViewModel {
    private final Workspace workspace;
    private final ReadOnlyObjectProperty<Optional<ObjectAnnotation>> single;

    public DetailsViewModel(Workspace workspace, InspectorViewModel inspector) {
        this.workspace = workspace;
        this.single = inspector.singleProperty();
    }

    /// The object that is shown; empty unless just one is selected.
    public ReadOnlyObjectProperty<Optional<ObjectAnnotation>> singleProperty() {
        return single;
    }

    /// The labels of the project, for completion.
    List<String> labels() {
        return workspace.labels().names();
    }

    /// Gives the selected object another label.
    public void rename(String typed) {
        var label = typed.strip().replaceAll("\\s+", " ");
        single.get()
                .ifPresent(object -> {
                    if (Label.isName(label) && !label.equals(object.label())) {
                        workspace.setCurrentLabel(label);
                        change("rename", one -> workspace.renamed(one, label));
                    }
                });
    }

    /// Puts a box exactly there, within the image.
    public void place(double x, double y, double width, double height) {
        var image = workspace.currentImage();
        if (image == null
                || !(width > 0 && height > 0)
                || !Double.isFinite(x + y + width + height)) {
            return;
        }
        var wanted = new Box(x, y, x + width, y + height).clampTo(image.size());
        single.get()
                .ifPresent(object -> {
                    if (object.region() instanceof Box before
                            && !wanted.isEmpty()
                            && !wanted.equals(before)) {
                        change("place", one -> workspace.moved(one, wanted));
                    }
                });
    }

    /// Says whether the object stands for a group that was not marked one by one.
    public void setCrowd(boolean crowd) {
        change("crowd", object -> object.withCrowd(crowd));
    }

    /// Gives the object a property, or its property another value.
    public void setAttribute(String name, String value) {
        if (!name.isBlank()) {
            changeAttributes(all -> all.put(name.strip(), value.strip()));
        }
    }

    public void removeAttribute(String name) {
        changeAttributes(all -> all.remove(name));
    }

    private void changeAttributes(Consumer<Map<String, String>> change) {
        change(
                "attributes",
                object -> {
                    var all = new TreeMap<>(object.attributes());
                    change.accept(all);
                    return object.withAttributes(all);
                });
    }

    /// Makes the object again what it was before a person corrected it for the first time.
    public void restore() {
        single.get()
                .flatMap(Reviews::original)
                .ifPresent(original -> change("restore", _ -> (ObjectAnnotation) original));
    }

    private void change(String what, UnaryOperator<ObjectAnnotation> change) {
        var image = workspace.current();
        var object = single.get();
        if (image == null || object.isEmpty()) {
            return;
        }
        UnaryOperator<Annotation> any = _ -> change.apply(object.get());
        Reviews.change(
                        image,
                        List.of(object.get()),
                        any,
                        Texts.get("inspector.step." + what, object.get().label()))
                .ifPresent(workspace::apply);
    }

    public void delete() {
        workspace.deleteSelection();
    }
}

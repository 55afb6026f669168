package org.palimpsest.ui.inspector;

import de.saxsys.mvvmfx.ViewModel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableBooleanValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.dataset.edit.ReplaceAnnotation;
import org.palimpsest.ui.support.Workspace;

/// The annotations of the image on the screen as a list, and the one that is selected in detail.
///
/// Confined to the interface's thread.
public final class InspectorViewModel implements ViewModel {
    private final Workspace workspace;
    private final ObservableList<Annotation> annotations = FXCollections.observableArrayList();
    // Kept, because it hears of changes through a weak reference only.
    private final ObservableList<Annotation> visibleAnnotations =
            FXCollections.unmodifiableObservableList(annotations);
    private final ReadOnlyObjectWrapper<Optional<Annotation>> single =
            new ReadOnlyObjectWrapper<>(Optional.empty());

    private final BooleanBinding hasImage;
    private final ReadOnlyIntegerWrapper revision = new ReadOnlyIntegerWrapper();
    private boolean refilling;

    public InspectorViewModel(Workspace workspace) {
        this.workspace = workspace;
        hasImage = workspace.currentImageProperty().isNotNull();
        workspace.currentProperty().addListener(_ -> refresh());
        workspace.selectionProperty().addListener(_ -> showSelected());
        refresh();
    }

    private void refresh() {
        var image = workspace.current();
        if (image == null) {
            refill(List.of());
        } else if (!annotations.equals(image.annotations())) {
            refill(image.annotations());
        }
        showSelected();
    }

    private void refill(List<Annotation> now) {
        refilling = true;
        try {
            annotations.setAll(now);
        } finally {
            refilling = false;
        }
        revision.set(revision.get() + 1);
    }

    private void showSelected() {
        var image = workspace.current();
        var selection = workspace.selection();
        single.set(
                image == null || selection.size() != 1
                        ? Optional.empty()
                        : image.find(selection.iterator().next()));
    }

    public ObservableList<Annotation> annotations() {
        return visibleAnnotations;
    }

    public ReadOnlyObjectProperty<Set<AnnotationId>> selectionProperty() {
        return workspace.selectionProperty();
    }

    /// The annotation whose details are shown; empty unless just one is selected.
    public ReadOnlyObjectProperty<Optional<Annotation>> singleProperty() {
        return single.getReadOnlyProperty();
    }

    /// Whether there is an image that could have annotations.
    public ObservableBooleanValue hasImageProperty() {
        return hasImage;
    }

    /// Changes whenever the list does, after everybody has heard of that.
    public ReadOnlyIntegerProperty revisionProperty() {
        return revision.getReadOnlyProperty();
    }

    /// Selects what the person chose in the list. What a list view selects by itself while its items change is no
    /// choice of the person.
    public void select(Set<AnnotationId> ids) {
        if (!refilling && !ids.equals(workspace.selection())) {
            workspace.select(ids);
        }
    }

    /// Gives the selected object another label.
    public void rename(String typed) {
        var label = typed.strip().replaceAll("\\s+", " ");
        if (single.get().orElse(null) instanceof ObjectAnnotation object
                && !label.isEmpty()
                && !label.equals(object.label())) {
            workspace.setCurrentLabel(label);
            replace(object, workspace.renamed(object, label));
        }
    }

    /// Writes the selected text anew.
    public void rewrite(String typed) {
        var words = typed.strip();
        if (single.get().orElse(null) instanceof TextAnnotation text
                && !words.isEmpty()
                && !words.equals(text.text())) {
            replace(text, workspace.rewritten(text, words));
        }
    }

    private void replace(Annotation before, Annotation after) {
        var image = workspace.current();
        if (image != null) {
            workspace.apply(new ReplaceAnnotation(image.image().id(), before, after));
        }
    }

    public void delete() {
        workspace.deleteSelection();
    }

    int color(String label) {
        return workspace.color(label);
    }
}

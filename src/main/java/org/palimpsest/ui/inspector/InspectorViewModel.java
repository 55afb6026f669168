package org.palimpsest.ui.inspector;

import de.saxsys.mvvmfx.ViewModel;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.ui.support.ListDifference;
import org.palimpsest.ui.support.Workspace;

/// The objects of the image on the screen as a list, and which of them are shown and selected.
///
/// Confined to the interface's thread.
public final class InspectorViewModel implements ViewModel {
    private final Workspace workspace;
    private final ObservableList<ObjectAnnotation> objects = FXCollections.observableArrayList();
    // Kept, because it hears of changes through a weak reference only.
    private final ObservableList<ObjectAnnotation> visibleObjects =
            FXCollections.unmodifiableObservableList(objects);
    private final ReadOnlyObjectWrapper<Optional<ObjectAnnotation>> single =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final StringProperty words = new SimpleStringProperty("");
    private final ObjectProperty<Shown> shown = new SimpleObjectProperty<>(Shown.ALL);
    private final ObjectProperty<Set<AnnotationId>> locked = new SimpleObjectProperty<>(Set.of());
    private final ObjectProperty<Set<AnnotationId>> hidden = new SimpleObjectProperty<>(Set.of());
    private final BooleanProperty showingTexts = new SimpleBooleanProperty();

    private final BooleanBinding hasImage;
    private final ReadOnlyIntegerWrapper total = new ReadOnlyIntegerWrapper();
    private final ReadOnlyIntegerWrapper texts = new ReadOnlyIntegerWrapper();
    private final ReadOnlyIntegerWrapper revision = new ReadOnlyIntegerWrapper();
    private boolean refilling;

    public InspectorViewModel(Workspace workspace) {
        this.workspace = workspace;
        hasImage = workspace.currentImageProperty().isNotNull();
        workspace.currentProperty().addListener(_ -> refresh());
        workspace.selectionProperty().addListener(_ -> showSelected());
        words.addListener(_ -> refresh());
        shown.addListener(_ -> refresh());
        refresh();
    }

    private void refresh() {
        var image = workspace.current();
        List<ObjectAnnotation> all = image == null ? List.of() : image.objects();
        total.set(all.size());
        texts.set(image == null ? 0 : image.annotations().size() - all.size());
        refill(all.stream().filter(this::isShown).toList());
        showSelected();
    }

    private boolean isShown(ObjectAnnotation object) {
        var typed = words.get().strip().toLowerCase(Locale.ROOT);
        return shown.get().includes(object)
                && (typed.isEmpty() || object.label().toLowerCase(Locale.ROOT).contains(typed));
    }

    private void refill(List<ObjectAnnotation> now) {
        refilling = true;
        try {
            ListDifference.update(objects, now);
        } finally {
            refilling = false;
        }
        revision.set(revision.get() + 1);
    }

    private void showSelected() {
        var image = workspace.current();
        var selection = workspace.selection();
        Optional<ObjectAnnotation> now = Optional.empty();
        if (image != null && selection.size() == 1) {
            var found = image.find(selection.iterator().next());
            now =
                    found.filter(ObjectAnnotation.class::isInstance)
                            .map(ObjectAnnotation.class::cast);
            found.filter(TextAnnotation.class::isInstance).ifPresent(_ -> showingTexts.set(true));
        }
        single.set(now);
    }

    /// Those objects of the image that are shown, the lowest first; not to be changed.
    public ObservableList<ObjectAnnotation> objects() {
        return visibleObjects;
    }

    public ReadOnlyObjectProperty<Set<AnnotationId>> selectionProperty() {
        return workspace.selectionProperty();
    }

    /// The object whose details are shown; empty unless just one is selected.
    public ReadOnlyObjectProperty<Optional<ObjectAnnotation>> singleProperty() {
        return single.getReadOnlyProperty();
    }

    /// Whether there is an image that could have annotations.
    public ObservableBooleanValue hasImageProperty() {
        return hasImage;
    }

    /// Only objects whose label contains this are shown.
    public StringProperty wordsProperty() {
        return words;
    }

    public ObjectProperty<Shown> shownProperty() {
        return shown;
    }

    /// The objects that the pointer does not touch.
    public ObjectProperty<Set<AnnotationId>> lockedProperty() {
        return locked;
    }

    /// The objects that are not drawn.
    public ObjectProperty<Set<AnnotationId>> hiddenProperty() {
        return hidden;
    }

    /// Locks an object, or unlocks it.
    public void toggleLocked(AnnotationId id) {
        toggle(locked, id);
    }

    /// Hides an object, or shows it again.
    public void toggleHidden(AnnotationId id) {
        toggle(hidden, id);
    }

    private static void toggle(ObjectProperty<Set<AnnotationId>> property, AnnotationId id) {
        var now = new HashSet<>(property.get());
        if (!now.remove(id)) {
            now.add(id);
        }
        property.set(Set.copyOf(now));
    }

    /// Whether the texts are shown in the place of the objects.
    public BooleanProperty showingTextsProperty() {
        return showingTexts;
    }

    /// How many objects the image has, shown or not.
    public ReadOnlyIntegerProperty totalProperty() {
        return total.getReadOnlyProperty();
    }

    /// How many texts the image has.
    public ReadOnlyIntegerProperty textsProperty() {
        return texts.getReadOnlyProperty();
    }

    /// Changes whenever the list may have, after everybody has heard of that.
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

    public void delete() {
        workspace.deleteSelection();
    }

    int color(String label) {
        return workspace.color(label);
    }

    /// Whether labels are shown in the safe colours.
    ReadOnlyBooleanProperty safeColorsProperty() {
        return workspace.labelColors().safeProperty();
    }

    /// Whether all that the image has is hidden by the filter.
    boolean allFilteredOut() {
        AnnotatedImage image = workspace.current();
        return image != null && total.get() > 0 && objects.isEmpty();
    }
}

package org.palimpsest.ui.support;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.dataset.edit.AddAnnotations;
import org.palimpsest.dataset.edit.Edit;
import org.palimpsest.dataset.edit.EditGroup;
import org.palimpsest.dataset.edit.EditHistory;
import org.palimpsest.dataset.edit.EditTarget;
import org.palimpsest.dataset.edit.RemoveAnnotations;
import org.palimpsest.geometry.Region;

/// What is open in the window: the images, the one on the screen, what is said about them, what is selected, and the
/// history of edits. Every feature is given the same one.
///
/// Confined to the interface's thread.
public final class Workspace {
    private final InstantSource clock;
    private final String person;

    private final ObservableList<ImageEntry> images = FXCollections.observableArrayList();
    // Kept, because it hears of changes through a weak reference only.
    private final ObservableList<ImageEntry> visibleImages =
            FXCollections.unmodifiableObservableList(images);
    private final ReadOnlyObjectWrapper<@Nullable ImageEntry> currentImage =
            new ReadOnlyObjectWrapper<>();
    private final Map<ImageId, AnnotatedImage> annotated = new HashMap<>();
    private final ReadOnlyObjectWrapper<@Nullable AnnotatedImage> current =
            new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Set<AnnotationId>> selection =
            new ReadOnlyObjectWrapper<>(Set.of());
    private final ReadOnlyObjectWrapper<LabelSet> labels =
            new ReadOnlyObjectWrapper<>(LabelSet.EMPTY);
    private final ReadOnlyStringWrapper undoTitle = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper redoTitle = new ReadOnlyStringWrapper("");
    private final List<Consumer<ImageId>> changeListeners = new CopyOnWriteArrayList<>();
    private final EditHistory history = new EditHistory(new Target());
    private String currentLabel = "object";
    private boolean unsaved;

    /// @param person the name that drawn and corrected annotations carry
    public Workspace(InstantSource clock, String person) {
        this.clock = clock;
        this.person = person;
    }

    /// Replaces what is open; the history begins anew.
    public void open(List<ImageEntry> entries) {
        history.clear();
        annotated.clear();
        for (var entry : entries) {
            annotated.put(entry.id(), new AnnotatedImage(entry));
        }
        labels.set(LabelSet.EMPTY);
        unsaved = false;
        tellHistory();
        currentImage.set(null);
        images.setAll(entries);
        show(entries.isEmpty() ? null : entries.getFirst());
    }

    /// Puts an image on the screen, or none.
    public void show(@Nullable ImageEntry image) {
        select(Set.of());
        currentImage.set(image);
        current.set(image == null ? null : annotated(image.id()));
    }

    /// Goes so many images on, or back where negative; stays at the ends.
    public void step(int by) {
        int index = images.indexOf(currentImage.get());
        if (index >= 0) {
            show(images.get(Math.clamp(index + by, 0, images.size() - 1)));
        }
    }

    /// Applies an edit as one step of the history.
    public void apply(Edit edit) {
        history.apply(edit);
        tellHistory();
    }

    public void undo() {
        history.undo().ifPresent(this::bringIntoSight);
    }

    public void redo() {
        history.redo().ifPresent(this::bringIntoSight);
    }

    private void bringIntoSight(Edit edit) {
        tellHistory();
        var shown = currentImage();
        if (shown == null || !edit.images().contains(shown.id())) {
            edit.images().stream().findFirst().ifPresent(id -> show(annotated(id).image()));
        }
    }

    /// Adds what a model proposed, in the place of what it proposed for the same prompt before and nobody touched.
    public void propose(ImageId image, String prompt, List<Annotation> proposed) {
        if (!annotated.containsKey(image)) {
            return; // Other images were opened while the model was at work.
        }
        var before = annotated(image);
        var outdated = new HashSet<AnnotationId>();
        for (var annotation : before.annotations()) {
            if (annotation.provenance() instanceof Provenance.Predicted predicted
                    && predicted.prompt().equals(prompt)) {
                outdated.add(annotation.id());
            }
        }
        var edits = new ArrayList<Edit>();
        if (!outdated.isEmpty()) {
            var removal = RemoveAnnotations.from(before, outdated);
            edits.add(removal);
            before = removal.applyTo(before);
        }
        if (!proposed.isEmpty()) {
            edits.add(AddAnnotations.onTopOf(before, proposed));
        }
        if (!edits.isEmpty()) {
            apply(new EditGroup(prompt, edits));
        }
    }

    /// Deletes what is selected, as one step.
    public void deleteSelection() {
        var shown = current.get();
        if (shown != null && !selection.get().isEmpty()) {
            apply(RemoveAnnotations.from(shown, selection.get()));
        }
    }

    /// Selects these annotations of the image on the screen and no others.
    public void select(Set<AnnotationId> ids) {
        selection.set(Set.copyOf(ids));
    }

    /// A new object as the person draws it.
    public Provenance drawnNow() {
        return new Provenance.Drawn(person, clock.instant());
    }

    /// The object with another label, by the person.
    public ObjectAnnotation renamed(ObjectAnnotation object, String label) {
        return object.correctLabel(label, person, clock.instant());
    }

    /// The object in another place, by the person.
    public ObjectAnnotation moved(ObjectAnnotation object, Region region) {
        return object.correctRegion(region, person, clock.instant());
    }

    /// The text in other words, by the person.
    public TextAnnotation rewritten(TextAnnotation text, String words) {
        return text.correctText(words, person, clock.instant());
    }

    /// What is said about an image.
    ///
    /// @throws IllegalStateException if there is no such image
    public AnnotatedImage annotated(ImageId image) {
        var found = annotated.get(image);
        if (found == null) {
            throw new IllegalStateException("No image " + image);
        }
        return found;
    }

    /// Every image with what is said about it, in the order of the list.
    public List<AnnotatedImage> all() {
        return images.stream().map(image -> annotated(image.id())).toList();
    }

    /// Hears which image's annotations changed.
    public void onChange(Consumer<ImageId> listener) {
        changeListeners.add(listener);
    }

    /// The label that the next drawn object gets.
    public String currentLabel() {
        return currentLabel;
    }

    public void setCurrentLabel(String label) {
        currentLabel = label;
    }

    /// 0xRRGGBB; the label is known from now on.
    public int color(String label) {
        var known = labels.get().find(label);
        if (known.isEmpty()) {
            labels.set(labels.get().with(label));
            known = labels.get().find(label);
        }
        return known.orElseThrow().rgb();
    }

    /// All images, in order; not to be changed.
    public ObservableList<ImageEntry> images() {
        return visibleImages;
    }

    public @Nullable ImageEntry currentImage() {
        return currentImage.get();
    }

    public ReadOnlyObjectProperty<@Nullable ImageEntry> currentImageProperty() {
        return currentImage.getReadOnlyProperty();
    }

    /// The image on the screen with what is said about it.
    public @Nullable AnnotatedImage current() {
        return current.get();
    }

    public ReadOnlyObjectProperty<@Nullable AnnotatedImage> currentProperty() {
        return current.getReadOnlyProperty();
    }

    public Set<AnnotationId> selection() {
        return selection.get();
    }

    public ReadOnlyObjectProperty<Set<AnnotationId>> selectionProperty() {
        return selection.getReadOnlyProperty();
    }

    /// Every label met since the images were opened, in that order, with its colour.
    public ReadOnlyObjectProperty<LabelSet> labelsProperty() {
        return labels.getReadOnlyProperty();
    }

    /// What would be undone, in words; empty if nothing.
    public ReadOnlyStringProperty undoTitleProperty() {
        return undoTitle.getReadOnlyProperty();
    }

    /// What would be redone, in words; empty if nothing.
    public ReadOnlyStringProperty redoTitleProperty() {
        return redoTitle.getReadOnlyProperty();
    }

    /// Whether anything changed since the images were opened or last exported.
    public boolean hasUnsavedChanges() {
        return unsaved;
    }

    /// What is said now was written to a file.
    public void markSaved() {
        unsaved = false;
    }

    private void tellHistory() {
        undoTitle.set(history.nextUndo().map(Edit::title).orElse(""));
        redoTitle.set(history.nextRedo().map(Edit::title).orElse(""));
    }

    private final class Target implements EditTarget {
        @Override
        public AnnotatedImage image(ImageId id) {
            return annotated(id);
        }

        @Override
        public void replace(List<AnnotatedImage> changed) {
            unsaved = true;
            for (var image : changed) {
                learnLabels(image);
                annotated.put(image.image().id(), image);
            }
            for (var image : changed) {
                var shown = currentImage.get();
                if (shown != null && shown.id().equals(image.image().id())) {
                    current.set(image);
                    keepSelected(image);
                }
                changeListeners.forEach(listener -> listener.accept(image.image().id()));
            }
        }

        private void learnLabels(AnnotatedImage image) {
            for (var annotation : image.annotations()) {
                if (annotation instanceof ObjectAnnotation object) {
                    color(object.label());
                }
            }
        }

        /// What is gone is not selected any more.
        private void keepSelected(AnnotatedImage image) {
            if (selection.get().isEmpty()) {
                return;
            }
            var left = new LinkedHashSet<AnnotationId>();
            for (var annotation : image.annotations()) {
                if (selection.get().contains(annotation.id())) {
                    left.add(annotation.id());
                }
            }
            if (left.size() != selection.get().size()) {
                select(left);
            }
        }
    }
}

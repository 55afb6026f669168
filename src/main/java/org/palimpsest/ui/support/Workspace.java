package org.palimpsest.ui.support;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.ListChangeListener;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.dataset.edit.Edit;
import org.palimpsest.dataset.edit.RemoveAnnotations;
import org.palimpsest.dataset.edit.ReplaceDetails;
import org.palimpsest.geometry.Region;
import org.palimpsest.problem.Problem;
import org.palimpsest.project.ImagePage;
import org.palimpsest.project.Project;

/// What is open in the window: the project, the list of images, the one on the screen, what is said about it, and what is
/// selected. Every feature is given the same one.
///
/// A change is shown at once and written to the project behind the scenes, in order ([WorkspaceHistory]). What is read of
/// the project is read after all that was changed before.
///
/// Confined to the interface's thread.
public final class Workspace {
    private static final String NAMELESS = "object";

    private final InstantSource clock;
    private final String person;
    private final TaskRunner tasks;
    private final ImageList images;
    private final WorkspaceHistory history;

    private final ReadOnlyObjectWrapper<Optional<OpenProject>> open =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<@Nullable ImageEntry> currentImage =
            new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable AnnotatedImage> current =
            new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Set<AnnotationId>> selection =
            new ReadOnlyObjectWrapper<>(Set.of());
    private final ReadOnlyObjectWrapper<LabelSet> labels =
            new ReadOnlyObjectWrapper<>(LabelSet.EMPTY);
    private final LabelColors labelColors = new LabelColors();
    private final ReadOnlyStringWrapper currentLabel = new ReadOnlyStringWrapper(NAMELESS);
    private final List<Consumer<Set<ImageId>>> changeListeners = new CopyOnWriteArrayList<>();

    /// @param person the name that drawn and corrected annotations carry
    /// @param writer runs what touches the project, one piece of work after the other
    /// @param problems hears what the person should know
    public Workspace(
            InstantSource clock,
            String person,
            TaskRunner tasks,
            Executor writer,
            ImageSorter sorter,
            Consumer<Problem> problems) {
        this.clock = clock;
        this.person = person;
        this.tasks = tasks;
        this.images = new ImageList(tasks, sorter);
        this.history = new WorkspaceHistory(this, tasks, writer, problems);
        images.lines().addListener((ListChangeListener<ImagePage.Line>) _ -> showFirst());
    }

    private void showFirst() {
        if (currentImage.get() == null && !images.lines().isEmpty()) {
            show(images.lines().getFirst().image());
        }
    }

    /// Shows another project, or none. The one before is closed when all of it is written.
    public void use(@Nullable OpenProject project) {
        history.use(project);
        open.set(Optional.ofNullable(project));
        labels.set(LabelSet.EMPTY);
        currentLabel.set(NAMELESS);
        show((ImageEntry) null);
        images.use(project == null ? null : project.reader());
    }

    /// Puts an image on the screen, or none. What is said about it follows when it is read.
    public void show(@Nullable ImageEntry image) {
        select(Set.of());
        currentImage.set(image);
        current.set(null);
        images.lookLike(Optional.ofNullable(image).map(ImageEntry::id));
        history.readCurrent();
    }

    /// Puts the image of this id on the screen, also one that the list does not show.
    public void show(ImageId id) {
        var line = images.line(id);
        if (line.isPresent()) {
            show(line.get().image());
            return;
        }
        read(
                Texts.get("support.job.read"),
                (project, _) -> project.image(id),
                found -> found.ifPresent(image -> show(image.image())),
                history::tell);
    }

    /// Goes so many images on in the list, or back where negative; stays at the ends.
    public void step(int by) {
        var shown = currentImage.get();
        var lines = images.lines();
        if (lines.isEmpty()) {
            return;
        }
        int index = shown == null ? -1 : images.indexOf(shown.id());
        int next = index < 0 ? 0 : Math.clamp(index + by, 0, lines.size() - 1);
        if (next != index) {
            show(lines.get(next).image());
        }
    }

    /// Shows the image after this one, or before it at the end of the list, as when it is removed.
    void leave(ImageId image) {
        var lines = images.lines();
        int index = images.indexOf(image);
        int next = index + 1 < lines.size() ? index + 1 : index - 1;
        show(index < 0 || next < 0 ? null : lines.get(next).image());
    }

    /// Carries out what a person did, as one step of the history. The image is in progress from then on.
    ///
    /// @throws IllegalStateException if the image on the screen is not as the edit expects it; then nothing changed
    public void apply(Edit edit) {
        history.apply(edit, true);
    }

    /// Takes the last step back, of this or an earlier session.
    public void undo() {
        history.replay(false);
    }

    /// Carries out again what was undone last.
    public void redo() {
        history.replay(true);
    }

    /// Changes what is said of the image on the screen as a whole.
    public void changeDetails(UnaryOperator<ImageDetails> change) {
        var shown = current.get();
        if (shown != null) {
            var after = change.apply(shown.details());
            if (!after.equals(shown.details())) {
                history.apply(ReplaceDetails.of(shown, after), false);
            }
        }
    }

    /// Adds what a model proposed for an image, in the place of what it proposed for the same prompt before and nobody
    /// looked at.
    public void propose(ImageId image, String prompt, List<Annotation> proposed) {
        history.propose(image, prompt, proposed);
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

    /// Reads the project behind the scenes, after all that was changed before.
    ///
    /// @param onSuccess is not called if another project was opened in the meantime
    public <T> void read(
            String name,
            ProjectWork<? extends T> work,
            Consumer<? super T> onSuccess,
            Consumer<Problem> onFailure) {
        open.get()
                .ifPresent(project ->
                        history.afterWriting(() ->
                                tasks.<T>run(
                                        name,
                                        progress -> work.run(project.reader(), progress),
                                        value -> {
                                            if (isOpen(project)) {
                                                onSuccess.accept(value);
                                            }
                                        },
                                        onFailure)));
    }

    /// Changes the project behind the scenes, after all that was changed before, as for many images at a time. What comes
    /// later waits, so the work should be a matter of moments.
    public <T> void change(
            String name,
            ProjectWork<ProjectWork.Changed<T>> work,
            Consumer<? super T> onSuccess,
            Consumer<Problem> onFailure) {
        history.change(name, work, onSuccess, onFailure);
    }

    /// These images were changed in the project by other means, as by an import that took a while.
    public void refresh(Set<ImageId> changed) {
        history.refresh(changed);
    }

    /// Learns anew what could be undone, after the project was changed by other means.
    void refreshTitles() {
        history.change(
                "", (_, _) -> new ProjectWork.Changed<>(Set.of(), true), _ -> {}, history::tell);
    }

    /// Tries to write again what could not be written.
    public void saveAgain() {
        history.saveAgain();
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

    /// Hears which images changed, whoever changed them.
    public void onChange(Consumer<Set<ImageId>> listener) {
        changeListeners.add(listener);
    }

    /// The label that the next drawn object gets.
    public String currentLabel() {
        return currentLabel.get();
    }

    public ReadOnlyStringProperty currentLabelProperty() {
        return currentLabel.getReadOnlyProperty();
    }

    public void setCurrentLabel(String label) {
        currentLabel.set(label);
    }

    /// 0xRRGGBB; of a label that the project does not have, the colour that it would get.
    public int color(String label) {
        return labelColors.of(label, labels.get());
    }

    /// In which colours labels are shown.
    public LabelColors labelColors() {
        return labelColors;
    }

    /// The labels of the project in the person's order.
    public LabelSet labels() {
        return labels.get();
    }

    public ReadOnlyObjectProperty<LabelSet> labelsProperty() {
        return labels.getReadOnlyProperty();
    }

    /// The images of the list.
    public ImageList images() {
        return images;
    }

    /// The project that is open, for writing.
    public Optional<Project> project() {
        return open.get().map(OpenProject::project);
    }

    public ReadOnlyObjectProperty<Optional<OpenProject>> openProjectProperty() {
        return open.getReadOnlyProperty();
    }

    public @Nullable ImageEntry currentImage() {
        return currentImage.get();
    }

    public ReadOnlyObjectProperty<@Nullable ImageEntry> currentImageProperty() {
        return currentImage.getReadOnlyProperty();
    }

    /// The image on the screen with what is said about it; null until that is read.
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

    /// What would be undone, in words; empty if nothing.
    public ReadOnlyStringProperty undoTitleProperty() {
        return history.undoTitleProperty();
    }

    /// What would be redone, in words; empty if nothing.
    public ReadOnlyStringProperty redoTitleProperty() {
        return history.redoTitleProperty();
    }

    /// Whether the work is on the disk.
    public ReadOnlyObjectProperty<SaveState> saveStateProperty() {
        return history.saveStateProperty();
    }

    boolean isOpen(OpenProject project) {
        return open.get().filter(project::equals).isPresent();
    }

    void setLabels(LabelSet now) {
        if (!now.equals(labels.get())) {
            labels.set(now);
            if (currentLabel.get().equals(NAMELESS) && !now.labels().isEmpty()) {
                currentLabel.set(now.labels().getFirst().name());
            }
        }
    }

    /// The image on the screen as it is now; what is gone is not selected any more.
    void setCurrent(@Nullable AnnotatedImage now) {
        current.set(now);
        if (now != null && !selection.get().isEmpty()) {
            var left =
                    now.annotations().stream()
                            .map(Annotation::id)
                            .filter(selection.get()::contains)
                            .collect(Collectors.toUnmodifiableSet());
            if (left.size() != selection.get().size()) {
                select(left);
            }
        }
    }

    void tellChanged(Set<ImageId> changed) {
        changeListeners.forEach(listener -> listener.accept(changed));
    }
}

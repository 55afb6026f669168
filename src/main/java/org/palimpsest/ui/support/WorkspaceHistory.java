package org.palimpsest.ui.support;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.edit.Edit;
import org.palimpsest.dataset.edit.EditGroup;
import org.palimpsest.dataset.edit.Proposals;
import org.palimpsest.dataset.edit.Rebase;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.Project;

/// Changes of the open project: shown at once, written in order, taken back and carried out again.
///
/// While a step is taken back, which the project's file does, what the person does next waits for those few milliseconds,
/// because it has to be done to the image as it will be then.
///
/// Confined to the interface's thread, but for what it gives to the queue.
final class WorkspaceHistory {
    private final Workspace workspace;
    private final TaskRunner tasks;
    private final Executor writer;
    private final Consumer<Problem> problems;
    private final ReadOnlyStringWrapper undoTitle = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper redoTitle = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<SaveState> saveState =
            new ReadOnlyObjectWrapper<>(SaveState.SAVED);

    private @Nullable OpenProject open;
    private SaveQueue queue;
    private boolean replaying;
    private LabelSet savedLabels = LabelSet.EMPTY;
    private final Deque<Runnable> waiting = new ArrayDeque<>();

    WorkspaceHistory(
            Workspace workspace, TaskRunner tasks, Executor writer, Consumer<Problem> problems) {
        this.workspace = workspace;
        this.tasks = tasks;
        this.writer = writer;
        this.problems = problems;
        this.queue = newQueue();
    }

    private SaveQueue newQueue() {
        var made = new SaveQueue[1];
        made[0] =
                new SaveQueue(
                        writer,
                        state ->
                                tasks.onInterface(() -> {
                                    if (made[0] == queue) {
                                        saveState.set(state);
                                        showLabels();
                                    }
                                }));
        return made[0];
    }

    /// Goes on with another project; the one before is closed when all of it is written.
    void use(@Nullable OpenProject project) {
        var before = open;
        if (before != null) {
            queue.giveUp();
            queue.then(before::close);
        }
        open = project;
        queue = newQueue();
        saveState.set(SaveState.SAVED);
        waiting.clear();
        replaying = false;
        show(new ProjectNow("", "", LabelSet.EMPTY));
        if (project != null) {
            queue.then(() -> deliver(project, ProjectNow.of(project.project()), this::show));
        }
    }

    private void show(ProjectNow titles) {
        undoTitle.set(titles.undo());
        redoTitle.set(titles.redo());
        savedLabels = titles.labels();
        showLabels();
    }

    /// Labels that are only in edits still to be written are known here alone.
    private void showLabels() {
        if (saveState.get() instanceof SaveState.Saved) {
            workspace.setLabels(savedLabels);
        }
    }

    private <T> void deliver(OpenProject from, T value, Consumer<T> receiver) {
        tasks.onInterface(() -> {
            if (from == open) {
                receiver.accept(value);
            }
        });
    }

    void tell(Problem problem) {
        problems.accept(problem);
    }

    /// Reads what is said of the image on the screen.
    void readCurrent() {
        var project = open;
        var image = workspace.currentImage();
        if (project == null || image == null) {
            return;
        }
        queue.read(unwritten -> {
            try {
                var found = project.project().image(image.id());
                deliver(project, found, now -> arrived(image.id(), now, unwritten));
            } catch (ProblemException e) {
                deliver(project, e.problem(), problems);
            } catch (RuntimeException e) {
                deliver(project, Failures.describe(Texts.get("support.job.read"), e), problems);
            }
        });
    }

    private void arrived(ImageId id, Optional<AnnotatedImage> read, List<Edit> unwritten) {
        var shown = workspace.currentImage();
        if (shown == null || !shown.id().equals(id)) {
            return; // The person went on in the meantime.
        }
        if (read.isEmpty()) {
            workspace.show((ImageEntry) null);
            return;
        }
        workspace.setCurrent(PersonsEdit.after(read.get(), unwritten));
    }

    /// @param byPerson whether the image is in progress from then on
    void apply(Edit edit, boolean byPerson) {
        if (replaying) {
            waiting.add(() -> applyLate(edit, byPerson));
            return;
        }
        var project = open;
        if (project == null) {
            throw new IllegalStateException("No project is open: " + edit.title());
        }
        var shown = workspace.current();
        var whole = byPerson && shown != null ? PersonsEdit.withProgress(shown, edit) : edit;
        var after = shown == null ? null : whole.applyTo(shown);
        var labels = whole.applyTo(workspace.labels());
        workspace.setLabels(after == null ? labels : PersonsEdit.labels(after, shown, labels));
        if (after != null && after != shown) {
            workspace.setCurrent(after);
            workspace.tellChanged(Set.of(after.image().id()));
        }
        if (shown != null && PersonsEdit.removes(whole, shown.image().id())) {
            workspace.leave(shown.image().id());
        }
        save(project, whole, shown == null ? Set.of() : Set.of(shown.image().id()));
    }

    private void applyLate(Edit edit, boolean byPerson) {
        var shown = workspace.current();
        var fitting = shown == null ? Optional.of(edit) : Rebase.onto(shown, edit);
        if (fitting.isPresent()) {
            apply(fitting.get(), byPerson);
        } else {
            refuse(edit);
        }
    }

    private void refuse(Edit edit) {
        tell(
                new Problem(
                        Texts.get("support.changedElsewhere"),
                        edit.title() + ": " + Texts.get("support.changedElsewhere.detail"),
                        Texts.get("support.changedElsewhere.remedy")));
    }

    /// @param shown the images that show the edit already
    private void save(OpenProject project, Edit edit, Set<ImageId> shown) {
        queue.save(
                edit,
                () -> {
                    project.project().apply(edit);
                    written(project, edit, shown);
                },
                _ -> saveRebased(project, edit));
    }

    private void written(OpenProject project, Edit edit, Set<ImageId> shown)
            throws ProblemException {
        deliver(
                project,
                ProjectNow.of(project.project()),
                titles -> {
                    show(titles);
                    if (edit.images().isEmpty()) {
                        workspace.images().reload(); // The labels of all images may have changed.
                        return;
                    }
                    for (var image : edit.images()) {
                        if (!shown.contains(image)) {
                            readAgain(image);
                        }
                    }
                    changed(edit.images());
                });
    }

    /// The image was changed in the file before this edit came there, as by the run of a model.
    private void saveRebased(OpenProject project, Edit edit) {
        try {
            for (var id : edit.images()) {
                var image = project.project().image(id);
                var fitting = image.flatMap(now -> Rebase.onto(now, edit));
                if (edit.images().size() == 1 && fitting.isPresent()) {
                    project.project().apply(fitting.get());
                    written(project, edit, Set.of());
                    return;
                }
            }
        } catch (ProblemException e) {
            deliver(project, e.problem(), problems);
        }
        deliver(
                project,
                edit,
                lost -> {
                    refuse(lost);
                    readCurrent();
                });
    }

    private void readAgain(ImageId id) {
        var shown = workspace.currentImage();
        if (shown != null && shown.id().equals(id)) {
            readCurrent();
        }
    }

    /// Takes the last step back, or carries out again what was undone last.
    void replay(boolean forwards) {
        if (replaying) {
            waiting.add(() -> replay(forwards));
            return;
        }
        var project = open;
        if (project == null || !forwards && takeBackUnwritten()) {
            return;
        }
        replaying = true;
        queue.then(() -> {
            try {
                var done = forwards ? project.project().redo() : project.project().undo();
                var titles = ProjectNow.of(project.project());
                deliver(project, titles, now -> replayed(now, done));
            } catch (ProblemException e) {
                deliver(project, e.problem(), this::notReplayed);
            } catch (RuntimeException e) {
                var name = Texts.get(forwards ? "command.REDO" : "command.UNDO");
                deliver(project, Failures.describe(name, e), this::notReplayed);
            }
        });
    }

    private void notReplayed(Problem problem) {
        tell(problem);
        goOn();
    }

    /// An edit that could not be written yet is taken back in memory alone.
    private boolean takeBackUnwritten() {
        var edit = queue.takeBackUnwritten();
        var shown = workspace.current();
        if (edit.isPresent() && shown != null) {
            workspace.setCurrent(edit.get().inverse().applyTo(shown));
        }
        return edit.isPresent();
    }

    private void replayed(ProjectNow titles, Optional<Project.Replayed> replayed) {
        show(titles);
        if (replayed.isEmpty()) {
            goOn();
            return;
        }
        var images = replayed.get().images();
        var shown = workspace.currentImage();
        if (images.isEmpty()) {
            workspace.images().reload();
            readCurrent();
        } else if (shown != null && images.contains(shown.id())) {
            readCurrent();
        } else if (images.size() == 1) {
            workspace.show(images.iterator().next());
        }
        changed(images);
        // After the image was read again, which the queue's thread does first.
        queue.read(_ -> tasks.onInterface(this::goOn));
    }

    private void goOn() {
        replaying = false;
        while (!replaying && !waiting.isEmpty()) {
            waiting.remove().run();
        }
    }

    void propose(ImageId image, String prompt, List<Annotation> proposed) {
        if (replaying) {
            waiting.add(() -> propose(image, prompt, proposed));
            return;
        }
        var shown = workspace.current();
        if (shown != null && shown.image().id().equals(image)) {
            var edits = Proposals.edits(shown, prompt, proposed);
            if (!edits.isEmpty()) {
                apply(new EditGroup(prompt, edits), false);
            }
            return;
        }
        change(
                prompt,
                (project, _) -> {
                    var found = project.image(image);
                    if (found.isEmpty()) {
                        return new ProjectWork.Changed<>(Set.of(), false);
                    }
                    var edits = new ArrayList<>(Proposals.edits(found.get(), prompt, proposed));
                    if (!edits.isEmpty()) {
                        project.apply(new EditGroup(prompt, edits));
                    }
                    return new ProjectWork.Changed<>(Set.of(image), true);
                },
                _ -> {},
                problems);
    }

    <T> void change(
            String name,
            ProjectWork<ProjectWork.Changed<T>> work,
            Consumer<? super T> onSuccess,
            Consumer<Problem> onFailure) {
        var project = open;
        if (project == null) {
            return;
        }
        queue.then(() -> {
            try {
                var done = work.run(project.project(), Progress.NONE);
                var titles = ProjectNow.of(project.project());
                deliver(
                        project,
                        done,
                        result -> {
                            show(titles);
                            refresh(result.images());
                            onSuccess.accept(result.value());
                        });
            } catch (ProblemException e) {
                deliver(project, e.problem(), onFailure);
            } catch (RuntimeException e) {
                deliver(project, Failures.describe(name, e), onFailure);
            }
        });
    }

    /// These images are not as before: reads the one on the screen anew, and the lines of the list.
    void refresh(Set<ImageId> images) {
        if (!images.isEmpty()) {
            images.forEach(this::readAgain);
            changed(images);
        }
    }

    private void changed(Set<ImageId> images) {
        workspace.images().changed(images);
        workspace.tellChanged(images);
    }

    void afterWriting(Runnable action) {
        queue.read(_ -> tasks.onInterface(action));
    }

    void saveAgain() {
        queue.retry();
    }

    ReadOnlyStringProperty undoTitleProperty() {
        return undoTitle.getReadOnlyProperty();
    }

    ReadOnlyStringProperty redoTitleProperty() {
        return redoTitle.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<SaveState> saveStateProperty() {
        return saveState.getReadOnlyProperty();
    }
}

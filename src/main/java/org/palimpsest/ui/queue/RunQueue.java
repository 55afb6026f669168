package org.palimpsest.ui.queue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.palimpsest.batch.ImageRun;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.inference.InferenceRequest;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.inference.JobState;
import org.palimpsest.inference.Prediction;
import org.palimpsest.inference.Priority;
import org.palimpsest.paligemma.prompt.ParsedOutput;
import org.palimpsest.paligemma.prompt.Task;
import org.palimpsest.problem.Problem;
import org.palimpsest.project.ModelRun;
import org.palimpsest.project.ProjectQueue;
import org.palimpsest.project.RunUndo;
import org.palimpsest.ui.support.DialogService;
import org.palimpsest.ui.support.ProjectWork;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Texts;
import org.palimpsest.ui.support.Workspace;

/// The runs over many images of the open project, one at work at a time, in the person's order.
///
/// What waits is kept in the project and goes on when that is opened again, also after a crash. Confined to the interface's
/// thread.
public final class RunQueue {
    private final Workspace workspace;
    private final InferenceService inference;
    private final TaskRunner tasks;
    private final DialogService dialogs;
    private final LongSupplier nanoTime;
    private final ObservableList<QueuedRun> runs = FXCollections.observableArrayList();
    // Kept, because it hears of changes through a weak reference only.
    private final ObservableList<QueuedRun> visibleRuns =
            FXCollections.unmodifiableObservableList(runs);
    private final Map<UUID, ImageRun> begun = new HashMap<>();
    private @Nullable ActiveRun active;

    /// @param nanoTime a clock for rates, as System.nanoTime is
    public RunQueue(
            Workspace workspace,
            InferenceService inference,
            TaskRunner tasks,
            DialogService dialogs,
            LongSupplier nanoTime) {
        this.workspace = workspace;
        this.inference = inference;
        this.tasks = tasks;
        this.dialogs = dialogs;
        this.nanoTime = nanoTime;
        workspace.openProjectProperty().addListener(_ -> load());
        load();
    }

    private void load() {
        if (active != null) {
            active.abandon();
            active = null;
        }
        runs.clear();
        begun.clear();
        workspace.change(
                Texts.get("queue.job"),
                (project, _) -> new ProjectWork.Changed<>(Set.of(), ProjectQueue.list(project)),
                entries -> {
                    boolean added = !runs.isEmpty();
                    runs.addAll(0, entries.stream().map(QueuedRun::waiting).toList());
                    if (added) {
                        save();
                    }
                    startNext();
                },
                dialogs::show);
    }

    /// The runs in their order, those that are done among them; not to be changed.
    public ObservableList<QueuedRun> runs() {
        return visibleRuns;
    }

    /// Puts a run behind the others.
    public void add(ProjectQueue.Entry entry) {
        if (runs.stream().filter(run -> run.state().isLeft()).count()
                >= ProjectQueue.MOST_ENTRIES) {
            dialogs.show(new Problem(Texts.get("queue.full"), "", Texts.get("queue.full.remedy")));
            return;
        }
        runs.add(QueuedRun.waiting(entry));
        save();
        startNext();
    }

    /// Stops a run for now, within one token.
    public void pause(UUID id) {
        stopIfActive(id);
        change(id, run -> run.paused(true));
        save();
        startNext();
    }

    /// Lets a run go on when its turn comes.
    public void resume(UUID id) {
        change(id, run -> run.paused(false));
        save();
        startNext();
    }

    /// Takes a run out of the queue, and stops it if it is at work. What it has proposed stays.
    public void remove(UUID id) {
        stopIfActive(id);
        runs.removeIf(run -> run.id().equals(id));
        begun.remove(id);
        save();
        startNext();
    }

    /// Moves a run so many places back, or forward where negative. The one at work gives way to one that comes before it.
    public void move(UUID id, int by) {
        int from = indexOf(id);
        int to = Math.clamp(from + by, 0, runs.size() - 1);
        if (from < 0 || to == from) {
            return;
        }
        runs.add(to, runs.remove(from));
        save();
        var current = active;
        if (current != null
                && !firstToRun().map(QueuedRun::id).equals(Optional.of(current.entry().id()))) {
            stopIfActive(current.entry().id());
            change(current.entry().id(), run -> run.in(QueuedRun.State.WAITING));
        }
        startNext();
    }

    /// Takes back all that a run proposed, as one step. What a person went on with is left alone.
    public void undo(UUID id) {
        var run =
                find(id).flatMap(found ->
                        found.run().isPresent()
                                ? Optional.of(found.run().getAsLong())
                                : Optional.empty());
        if (run.isEmpty()) {
            return;
        }
        stopIfActive(id);
        workspace.change(
                Texts.get("queue.undoing"),
                (project, _) -> {
                    var images = RunUndo.undo(project, run.get());
                    return new ProjectWork.Changed<>(images, images.size());
                },
                count -> {
                    change(id, undone -> undone.in(QueuedRun.State.UNDONE));
                    save();
                    dialogs.notify(Texts.get("queue.undone", count));
                    startNext();
                },
                dialogs::show);
    }

    /// Reads the text as the answer about an image for which a run failed, and keeps it if it has the form of the task.
    public void mend(UUID id, ModelRun.Failure failure, String text) {
        var run = begun.get(id);
        var entry = find(id);
        if (run == null || entry.isEmpty()) {
            return;
        }
        workspace.read(
                Texts.get("queue.job"),
                (project, _) -> project.image(failure.image()),
                image -> image.ifPresent(found -> read(entry.get(), run, failure, found, text)),
                dialogs::show);
    }

    private void read(
            QueuedRun queued,
            ImageRun run,
            ModelRun.Failure failure,
            AnnotatedImage image,
            String text) {
        var request =
                new InferenceRequest(
                                image.image(),
                                Task.parse(queued.entry().prompt()),
                                queued.entry().maxNewTokens(),
                                Priority.INTERACTIVE)
                        .withModel(ActiveRun.model(queued.entry()))
                        .withWritten(text);
        inference.submit(
                request,
                state ->
                        tasks.onInterface(() -> {
                            if (state instanceof JobState.Succeeded(var prediction)) {
                                mended(queued.id(), run, failure, prediction);
                            } else if (state instanceof JobState.Failed(var problem)) {
                                dialogs.show(problem);
                            }
                        }));
    }

    private void mended(UUID id, ImageRun run, ModelRun.Failure failure, Prediction prediction) {
        if (prediction.output() instanceof ParsedOutput.Malformed malformed) {
            dialogs.notify(Texts.get("queue.stillMalformed", malformed.reason()));
            return;
        }
        workspace.change(
                prediction.request().task().prompt(),
                (project, _) -> {
                    run.mend(project, prediction);
                    return new ProjectWork.Changed<>(Set.of(failure.image()), run.counts());
                },
                counts ->
                        change(
                                id,
                                queued ->
                                        queued.at(counts, queued.perSecond(), queued.secondsLeft())
                                                .with(
                                                        queued.failures().stream()
                                                                .filter(each ->
                                                                        !each.image()
                                                                                .equals(
                                                                                        failure
                                                                                                .image()))
                                                                .toList())),
                dialogs::show);
    }

    private Optional<QueuedRun> firstToRun() {
        return runs.stream()
                .filter(run ->
                        switch (run.state()) {
                            case WAITING, OPENING, RUNNING -> true;
                            case PAUSED, BROKEN, DONE, UNDONE -> false;
                        })
                .findFirst();
    }

    private void startNext() {
        if (active != null) {
            return;
        }
        firstToRun()
                .ifPresent(run -> {
                    var id = run.id();
                    var started =
                            new ActiveRun(
                                    run.entry(),
                                    workspace,
                                    inference,
                                    tasks,
                                    nanoTime,
                                    new Following(id));
                    active = started;
                    change(id, waiting -> waiting.in(QueuedRun.State.OPENING));
                    started.start();
                });
    }

    private void stopIfActive(UUID id) {
        var current = active;
        if (current != null && current.entry().id().equals(id)) {
            active = null;
            current.stop();
        }
    }

    private Optional<QueuedRun> find(UUID id) {
        int index = indexOf(id);
        return index < 0 ? Optional.empty() : Optional.of(runs.get(index));
    }

    private int indexOf(UUID id) {
        for (int i = 0; i < runs.size(); i++) {
            if (runs.get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    private void change(UUID id, UnaryOperator<QueuedRun> change) {
        int index = indexOf(id);
        if (index >= 0) {
            runs.set(index, change.apply(runs.get(index)));
        }
    }

    private void save() {
        List<ProjectQueue.Entry> left =
                runs.stream().filter(run -> run.state().isLeft()).map(QueuedRun::entry).toList();
        workspace.change(
                Texts.get("queue.job"),
                (project, _) -> {
                    ProjectQueue.save(project, left);
                    return new ProjectWork.Changed<>(Set.of(), true);
                },
                _ -> {},
                dialogs::show);
    }

    /// Brings what the active run does into the list.
    private final class Following implements ActiveRun.Listener {
        private static final int MOST_FAILURES = 1000;

        private final UUID id;

        Following(UUID id) {
            this.id = id;
        }

        @Override
        public void begun(ImageRun run, ImageRun.Counts counts, List<ModelRun.Failure> before) {
            begun.put(id, run);
            change(id, opening -> opening.begun(run.id(), counts, before));
        }

        @Override
        public void progressed(ImageRun.Counts counts, double perSecond, double secondsLeft) {
            change(id, run -> run.at(counts, perSecond, secondsLeft));
        }

        @Override
        public void failed(ModelRun.Failure failure) {
            change(
                    id,
                    run -> {
                        if (run.failures().size() >= MOST_FAILURES) {
                            return run;
                        }
                        var all = new ArrayList<>(run.failures());
                        all.add(failure);
                        return run.with(all);
                    });
        }

        @Override
        public void done() {
            active = null;
            change(id, run -> run.in(QueuedRun.State.DONE));
            save();
            find(id).ifPresent(RunQueue.this::tellDone);
            startNext();
        }

        @Override
        public void broken(Problem problem) {
            active = null;
            change(id, run -> run.broken(problem));
            save();
            dialogs.notify(Texts.get("queue.broken", problem.oneLine()));
            startNext();
        }
    }

    private void tellDone(QueuedRun run) {
        dialogs.notify(
                Texts.get(
                        "queue.done",
                        run.entry().prompt(),
                        run.counts().labelled(),
                        run.counts().proposed(),
                        run.counts().failed()),
                Texts.get("queue.undo"),
                () -> undo(run.id()));
    }
}

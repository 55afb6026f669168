package org.palimpsest.ui.queue;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.palimpsest.batch.ImageRun;
import org.palimpsest.batch.LabelingRate;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.inference.InferenceJob;
import org.palimpsest.inference.InferenceRequest;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.inference.JobState;
import org.palimpsest.inference.ModelCard;
import org.palimpsest.inference.ModelChoice;
import org.palimpsest.inference.Priority;
import org.palimpsest.paligemma.prompt.Task;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.ImageFilter;
import org.palimpsest.project.ModelRun;
import org.palimpsest.project.Project;
import org.palimpsest.project.ProjectQueue;
import org.palimpsest.project.RunSettings;
import org.palimpsest.ui.support.ProjectWork;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Texts;
import org.palimpsest.ui.support.Workspace;

/// The run that is at work: asks the project for images, the model for answers, and has each one saved when it comes. Two
/// images are with the model at a time, so that the second one is decoded while the first is answered.
///
/// Confined to the interface's thread.
final class ActiveRun {
    private static final int AT_ONCE = 2;
    private static final int FOUND_TOGETHER = 4;

    /// So many failures in a row are no accident of single images.
    private static final int MOST_FAILURES_IN_A_ROW = 10;

    private static final int MARK_DIGITS = 8;

    private final ProjectQueue.Entry entry;
    private final Workspace workspace;
    private final InferenceService inference;
    private final TaskRunner tasks;
    private final LongSupplier nanoTime;
    private final Listener listener;
    private final Queue<ImageEntry> ready = new ArrayDeque<>();
    private final Map<ImageId, InferenceJob> asked = new HashMap<>();
    private @Nullable ImageRun run;
    private @Nullable LabelingRate rate;
    private ImageRun.Counts counts = ImageRun.Counts.NONE;
    private boolean looking;
    private boolean last;
    private boolean stopped;
    private int saving;
    private int failuresInARow;

    /// Hears how the run goes on.
    interface Listener {
        void begun(ImageRun run, ImageRun.Counts counts, List<ModelRun.Failure> before);

        void progressed(ImageRun.Counts counts, double perSecond, double secondsLeft);

        void failed(ModelRun.Failure failure);

        void done();

        void broken(Problem problem);
    }

    /// Something that the project is asked to do for the run.
    private interface Work<T> {
        T with(Project project, ImageRun run) throws ProblemException;
    }

    ActiveRun(
            ProjectQueue.Entry entry,
            Workspace workspace,
            InferenceService inference,
            TaskRunner tasks,
            LongSupplier nanoTime,
            Listener listener) {
        this.entry = entry;
        this.workspace = workspace;
        this.inference = inference;
        this.tasks = tasks;
        this.nanoTime = nanoTime;
        this.listener = listener;
    }

    ProjectQueue.Entry entry() {
        return entry;
    }

    static ModelChoice model(ProjectQueue.Entry entry) {
        return new ModelChoice(
                Path.of(entry.model()),
                entry.adapter().isEmpty()
                        ? Optional.empty()
                        : Optional.of(Path.of(entry.adapter())));
    }

    /// Opens the model first, because the name of the run in the project depends on its weights.
    void start() {
        inference
                .card(model(entry))
                .whenComplete((card, failure) -> tasks.onInterface(() -> opened(card, failure)));
    }

    private void opened(@Nullable ModelCard card, @Nullable Throwable failure) {
        if (stopped || failure instanceof CancellationException) {
            return;
        }
        if (card == null) {
            breakOff(
                    failure instanceof ProblemException problem
                            ? problem.problem()
                            : new Problem(
                                    Texts.get("queue.noModel"),
                                    String.valueOf(failure),
                                    Texts.get("queue.noModel.remedy")));
            return;
        }
        workspace.change(
                entry.prompt(),
                (project, _) -> new ProjectWork.Changed<>(Set.of(), begin(project, card)),
                this::begun,
                this::breakOff);
    }

    private record Begun(ImageRun run, List<ModelRun.Failure> failures) {}

    private Begun begin(Project project, ModelCard card) throws ProblemException {
        // The mark makes two runs of one prompt two steps; what an answer says of itself does not
        // have it.
        var mark = "queued=" + entry.id().toString().substring(0, MARK_DIGITS);
        var settings = new RunSettings(card.name(), card.checkpoint(), entry.prompt(), mark);
        var choice =
                new ImageRun.Choice(
                        entry.prompt(),
                        ImageFilter.parse(entry.filter()),
                        entry.images(),
                        entry.overwrite());
        var begun = ImageRun.begin(project, settings, choice);
        return new Begun(begun, begun.failures());
    }

    private void begun(Begun begun) {
        if (stopped) {
            return;
        }
        run = begun.run();
        counts = begun.run().counts();
        rate = new LabelingRate(counts.total(), nanoTime);
        listener.begun(begun.run(), counts, begun.failures());
        goOn();
    }

    /// Stops within one token; what was answered is kept. The run hears nothing more.
    void stop() {
        stopped = true;
        List.copyOf(asked.values()).forEach(InferenceJob::cancel);
        asked.clear();
        if (run != null) {
            project(
                    Set.of(),
                    (_, ending) -> {
                        ending.end();
                        return true;
                    },
                    _ -> {});
        }
    }

    /// As [#stop], when the project is closed already.
    void abandon() {
        stopped = true;
        List.copyOf(asked.values()).forEach(InferenceJob::cancel);
        asked.clear();
    }

    private void goOn() {
        while (!stopped && asked.size() + saving < AT_ONCE && !ready.isEmpty()) {
            ask(ready.remove());
        }
        if (!stopped && !looking && !last && ready.size() < AT_ONCE) {
            looking = true;
            project(
                    Set.of(),
                    (project, current) ->
                            new Looked(current.next(project, FOUND_TOGETHER), current.counts()),
                    this::found);
        } else if (!stopped && last && ready.isEmpty() && asked.isEmpty() && saving == 0) {
            stopped = true;
            project(
                    Set.of(),
                    (_, current) -> {
                        current.end();
                        return current.counts();
                    },
                    now -> {
                        listener.progressed(now, 0, 0);
                        listener.done();
                    });
        }
    }

    private record Looked(ImageRun.Portion portion, ImageRun.Counts counts) {}

    private void found(Looked looked) {
        looking = false;
        last = looked.portion().last();
        ready.addAll(looked.portion().images());
        progress(looked.counts(), false);
        goOn();
    }

    private void ask(ImageEntry image) {
        var request =
                new InferenceRequest(
                                image,
                                Task.parse(entry.prompt()),
                                entry.maxNewTokens(),
                                Priority.BATCH)
                        .withModel(model(entry));
        asked.put(
                image.id(),
                inference.submit(
                        request,
                        state -> {
                            if (state.isFinal()) {
                                tasks.onInterface(() -> answered(image, state));
                            }
                        }));
    }

    private void answered(ImageEntry image, JobState state) {
        if (stopped || asked.remove(image.id()) == null) {
            return;
        }
        switch (state) {
            case JobState.Succeeded(var prediction) ->
                    save(
                            image,
                            prediction.text(),
                            (project, current) -> current.keep(project, prediction));
            case JobState.Failed(var problem) ->
                    save(
                            image,
                            "",
                            (_, current) -> {
                                current.fail(image.id(), "", problem.oneLine());
                                return Optional.of(problem.oneLine());
                            });
            case JobState.Cancelled _ -> breakOff(new Problem(Texts.get("queue.stopped"), "", ""));
            case JobState.Queued _, JobState.Running _ -> {}
        }
        goOn();
    }

    private record Saved(Optional<String> reason, ImageRun.Counts counts) {}

    /// @param work gives the reason why the answer could not be used, if so
    private void save(ImageEntry image, String text, Work<Optional<String>> work) {
        saving++;
        project(
                Set.of(image.id()),
                (project, current) -> new Saved(work.with(project, current), current.counts()),
                saved -> {
                    saving--;
                    progress(saved.counts(), true);
                    failuresInARow =
                            saved.reason().isPresent() && text.isEmpty() ? failuresInARow + 1 : 0;
                    saved.reason()
                            .ifPresent(reason ->
                                    listener.failed(
                                            new ModelRun.Failure(image.id(), reason, text)));
                    if (failuresInARow >= MOST_FAILURES_IN_A_ROW) {
                        breakOff(
                                new Problem(
                                        Texts.get("queue.manyFailures", failuresInARow),
                                        saved.reason().orElse(""),
                                        Texts.get("queue.manyFailures.remedy")));
                    }
                    goOn();
                });
    }

    private void progress(ImageRun.Counts now, boolean answered) {
        var meter = rate;
        if (meter == null) {
            return;
        }
        if (answered) {
            meter.answer(1);
        } else {
            meter.skip((int) (now.skipped() + now.failed() - counts.skipped() - counts.failed()));
        }
        counts = now;
        listener.progressed(now, meter.perSecond(), meter.secondsLeft());
    }

    private <T> void project(Set<ImageId> images, Work<T> work, Consumer<T> then) {
        var current = run;
        if (current == null) {
            throw new IllegalStateException("The run has not begun");
        }
        workspace.change(
                entry.prompt(),
                (project, _) -> new ProjectWork.Changed<>(images, work.with(project, current)),
                then,
                this::breakOff);
    }

    private void breakOff(Problem problem) {
        if (!stopped) {
            stop();
            listener.broken(problem);
        }
    }
}

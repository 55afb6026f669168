package org.palimpsest.ui.queue;

import de.saxsys.mvvmfx.ViewModel;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.IntegerBinding;
import javafx.beans.value.ObservableIntegerValue;
import javafx.collections.ObservableList;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.inference.ModelState;
import org.palimpsest.paligemma.prompt.Task;
import org.palimpsest.problem.Problem;
import org.palimpsest.project.ImagePage;
import org.palimpsest.project.ModelRun;
import org.palimpsest.project.ProjectQueue;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.support.Asking;
import org.palimpsest.ui.support.DialogService;
import org.palimpsest.ui.support.Texts;
import org.palimpsest.ui.support.Workspace;

/// Lines runs up over the selected images, those of the list, or all, and shows how they stand.
///
/// Confined to the interface's thread.
public final class QueueViewModel implements ViewModel {
    private static final int MOST_NEW_TOKENS = 512;

    private final RunQueue queue;
    private final Workspace workspace;
    private final Asking asking;
    private final InferenceService inference;
    private final DialogService dialogs;
    private final IntegerBinding left;

    public QueueViewModel(
            RunQueue queue,
            Workspace workspace,
            Asking asking,
            InferenceService inference,
            DialogService dialogs,
            Commands commands) {
        this.queue = queue;
        this.workspace = workspace;
        this.asking = asking;
        this.inference = inference;
        this.dialogs = dialogs;
        left =
                Bindings.createIntegerBinding(
                        () ->
                                (int)
                                        queue.runs().stream()
                                                .filter(run -> run.state().isLeft())
                                                .count(),
                        queue.runs());
        var possible = possible();
        commands.on(
                Command.RUN_ON_SELECTION,
                possible.and(
                        Bindings.createBooleanBinding(
                                () -> !asking.selectedImagesProperty().get().isEmpty(),
                                asking.selectedImagesProperty())),
                this::runOnSelection);
        commands.on(Command.RUN_ON_FILTER, possible, this::runOnList);
        commands.on(Command.RUN_ON_ALL, possible, this::runOnAll);
    }

    private BooleanBinding possible() {
        return Bindings.createBooleanBinding(
                () ->
                        asking.taskProperty().get().isPresent()
                                && workspace.openProjectProperty().get().isPresent(),
                asking.taskProperty(),
                workspace.openProjectProperty());
    }

    private void runOnSelection() {
        add(List.copyOf(asking.selectedImagesProperty().get()));
    }

    /// The images as they are listed now: what the filter means may be others by the time that the run begins.
    private void runOnList() {
        var lines = workspace.images().lines();
        if (lines.size() > ProjectQueue.MOST_IMAGES) {
            dialogs.show(
                    new Problem(
                            Texts.get("queue.tooMany", ProjectQueue.MOST_IMAGES),
                            "",
                            Texts.get("queue.tooMany.remedy")));
            return;
        }
        add(lines.stream().map(ImagePage.Line::image).map(image -> image.id()).toList());
    }

    private void runOnAll() {
        add(List.of());
    }

    /// @param images empty for all
    private void add(List<ImageId> images) {
        var model = inference.chosenModel();
        var task = asking.taskProperty().get();
        if (model.isPresent() && task.isPresent()) {
            queue.add(
                    new ProjectQueue.Entry(
                            UUID.randomUUID(),
                            task.map(Task::prompt).orElseThrow(),
                            model.get().folder().toString(),
                            model.get().adapter().map(Object::toString).orElse(""),
                            "",
                            images,
                            MOST_NEW_TOKENS,
                            true,
                            false));
        }
    }

    /// The runs in their order, those that are done among them.
    public ObservableList<QueuedRun> runs() {
        return queue.runs();
    }

    /// How many runs are not done.
    public ObservableIntegerValue leftProperty() {
        return left;
    }

    void pauseOrResume(QueuedRun run) {
        switch (run.state()) {
            case WAITING, OPENING, RUNNING -> queue.pause(run.id());
            case PAUSED, BROKEN -> queue.resume(run.id());
            case DONE, UNDONE -> {}
        }
    }

    void move(QueuedRun run, int by) {
        queue.move(run.id(), by);
    }

    void remove(QueuedRun run) {
        queue.remove(run.id());
    }

    void undo(QueuedRun run) {
        queue.undo(run.id());
    }

    /// Puts the image of a failure on the screen.
    void show(ModelRun.Failure failure) {
        workspace.show(failure.image());
    }

    void mend(QueuedRun run, ModelRun.Failure failure, String text) {
        queue.mend(run.id(), failure, text);
    }

    /// The name of the image of a failure, where it is in the list.
    String name(ModelRun.Failure failure) {
        return workspace
                .images()
                .line(failure.image())
                .map(line -> String.valueOf(line.image().file().getFileName()))
                .orElse(Texts.get("queue.otherImage"));
    }

    /// Which model answers about how many images, in words.
    String modelWords(QueuedRun run) {
        var choice = ActiveRun.model(run.entry());
        var name =
                inference.modelState() instanceof ModelState.Ready(var card)
                                && card.choice().equals(choice)
                        ? card.name()
                        : choice.folder().getFileName()
                                + choice.adapter()
                                        .map(adapter -> "+" + adapter.getFileName())
                                        .orElse("");
        return Texts.get("queue.model", name, run.entry().images().size());
    }

    /// How a run stands, in words.
    static String words(QueuedRun run) {
        var counts = run.counts();
        var state = Texts.get("queue.state." + run.state());
        Optional<String> why = run.problem().map(Problem::oneLine);
        if (why.isPresent()) {
            return state + " · " + why.get();
        }
        if (counts.total() == 0) {
            return state;
        }
        var words = state + " · " + Texts.get("queue.counts", counts.done(), counts.total());
        if (run.perSecond() > 0 && run.state() == QueuedRun.State.RUNNING) {
            words += " · " + rate(run.perSecond()) + " · " + left(run.secondsLeft());
        }
        return counts.failed() > 0
                ? words + " · " + Texts.get("queue.failed", counts.failed())
                : words;
    }

    private static String rate(double perSecond) {
        return perSecond >= 1
                ? Texts.get("queue.perSecond", perSecond)
                : Texts.get("queue.perImage", 1 / perSecond);
    }

    private static String left(double seconds) {
        long whole = Math.round(Math.max(0, seconds));
        if (whole < 60) {
            return Texts.get("queue.left.seconds", whole);
        }
        return whole < 3600
                ? Texts.get("queue.left.minutes", whole / 60)
                : Texts.get("queue.left.hours", whole / 3600, whole % 3600 / 60);
    }
}

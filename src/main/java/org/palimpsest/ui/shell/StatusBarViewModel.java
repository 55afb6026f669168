package org.palimpsest.ui.shell;

import de.saxsys.mvvmfx.ViewModel;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableStringValue;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.inference.ModelState;
import org.palimpsest.ui.queue.QueuedRun;
import org.palimpsest.ui.support.Pointer;
import org.palimpsest.ui.support.SaveState;
import org.palimpsest.ui.support.ShownJob;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Texts;
import org.palimpsest.ui.support.Workspace;

/// What the line at the foot of the window says: the model, the device, what is being done, whether all is saved, the
/// image, the pixel under the mouse.
///
/// Confined to the interface's thread.
public final class StatusBarViewModel implements ViewModel {
    private static final long MEGABYTE = 1L << 20;
    private static final double GIGABYTE = 1L << 30;

    private final Workspace workspace;
    private final ObservableList<ShownJob> jobs;
    private final ReadOnlyObjectWrapper<ModelState> model =
            new ReadOnlyObjectWrapper<>(new ModelState.None());
    private final ReadOnlyStringWrapper memory = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper runs = new ReadOnlyStringWrapper("");
    private final ObservableStringValue image;
    private final ObservableStringValue pixel;
    private final ObservableStringValue saved;

    public StatusBarViewModel(
            Workspace workspace, InferenceService inference, Pointer pointer, TaskRunner tasks) {
        this(workspace, inference, pointer, tasks, FXCollections.observableArrayList());
    }

    /// @param jobs the long work that is being done, the latest last
    public StatusBarViewModel(
            Workspace workspace,
            InferenceService inference,
            Pointer pointer,
            TaskRunner tasks,
            ObservableList<ShownJob> jobs) {
        this.workspace = workspace;
        this.jobs = jobs;
        inference.onModelState(state -> tasks.onInterface(() -> model.set(state)));
        image = Bindings.createStringBinding(this::describeImage, workspace.currentImageProperty());
        pixel =
                Bindings.createStringBinding(
                        () ->
                                pointer.pixelProperty()
                                        .get()
                                        .map(point ->
                                                Texts.get(
                                                        "shell.status.pixel",
                                                        (long) point.x(),
                                                        (long) point.y()))
                                        .orElse(""),
                        pointer.pixelProperty());
        saved =
                Bindings.createStringBinding(
                        this::describeSaved,
                        workspace.saveStateProperty(),
                        workspace.openProjectProperty());
        lookAtMemory();
    }

    /// Says how far the runs over many images are.
    public void watch(ObservableList<QueuedRun> queue) {
        queue.addListener((ListChangeListener<QueuedRun>) _ -> runs.set(describeRuns(queue)));
        runs.set(describeRuns(queue));
    }

    private static String describeRuns(List<QueuedRun> queue) {
        int waiting = 0;
        int paused = 0;
        for (var run : queue) {
            switch (run.state()) {
                case RUNNING, OPENING -> {
                    return Texts.get(
                            "shell.status.run",
                            run.counts().done(),
                            run.entry().images().size(),
                            run.perSecond(),
                            run.perSecond() > 0 ? 1 : 0);
                }
                case WAITING -> waiting++;
                case PAUSED, BROKEN -> paused++;
                case DONE, UNDONE -> {}
            }
        }
        return waiting + paused == 0 ? "" : Texts.get("shell.status.runs", waiting, paused);
    }

    private String describeImage() {
        var shown = workspace.currentImage();
        return shown == null
                ? ""
                : Texts.get("shell.status.size", shown.size().width(), shown.size().height());
    }

    private String describeSaved() {
        if (workspace.project().isEmpty()) {
            return "";
        }
        return switch (workspace.saveStateProperty().get()) {
            case SaveState.Saved _ -> Texts.get("shell.saved");
            case SaveState.Saving(var count) -> Texts.get("shell.saving", count);
            case SaveState.Failing(var count, var problem) ->
                    Texts.get("shell.unsaved", count, problem.summary());
        };
    }

    /// Asks how much memory is in use now.
    void lookAtMemory() {
        var runtime = Runtime.getRuntime();
        long used = runtime.totalMemory() - runtime.freeMemory();
        memory.set(
                Texts.get("shell.status.memory", used / MEGABYTE, runtime.maxMemory() / GIGABYTE));
    }

    void saveAgain() {
        workspace.saveAgain();
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

    /// Whether all is saved, in words; empty where no project is open.
    public ObservableStringValue savedProperty() {
        return saved;
    }

    ReadOnlyObjectProperty<SaveState> saveStateProperty() {
        return workspace.saveStateProperty();
    }

    /// How far the runs are; empty where none is left.
    ReadOnlyStringProperty runsProperty() {
        return runs.getReadOnlyProperty();
    }

    ReadOnlyStringProperty memoryProperty() {
        return memory.getReadOnlyProperty();
    }

    /// The long work that is being done, the latest last.
    ObservableList<ShownJob> jobs() {
        return jobs;
    }

    /// Asks all work that is shown to stop.
    void cancel(ShownJob job) {
        job.cancel();
    }

    void cancelAll() {
        List.copyOf(jobs).forEach(ShownJob::cancel);
    }
}

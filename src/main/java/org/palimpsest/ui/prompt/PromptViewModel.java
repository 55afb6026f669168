package org.palimpsest.ui.prompt;

import de.saxsys.mvvmfx.ViewModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableStringValue;
import javafx.beans.value.ObservableValue;
import javafx.collections.ObservableList;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.edit.EditGroup;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.EdgeRanges;
import org.palimpsest.inference.ArrivingObject;
import org.palimpsest.inference.InferenceJob;
import org.palimpsest.inference.InferenceRequest;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.inference.JobState;
import org.palimpsest.inference.Prediction;
import org.palimpsest.inference.Priority;
import org.palimpsest.inference.Scope;
import org.palimpsest.inference.tile.TileOptions;
import org.palimpsest.paligemma.prompt.Labels;
import org.palimpsest.paligemma.prompt.Language;
import org.palimpsest.paligemma.prompt.Task;
import org.palimpsest.ui.support.ProjectWork;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Texts;
import org.palimpsest.ui.support.Workspace;

/// Makes the prompt of the fields, asks the model about the image on the screen, and shows what it says.
///
/// Every image keeps its own last answer, so that one may go on to another image while the model still works on the
/// first. What the model finds becomes annotations of the image that was asked about, as one step of the history.
///
/// Confined to the interface's thread.
public final class PromptViewModel implements ViewModel {
    private static final int MOST_NEW_TOKENS = 512;

    /// Images are cut into tiles of this part of their shorter side.
    private static final double TILE = 0.5;

    /// What the smallest and the largest models see without losing pixels.
    private static final int LEAST_TILE = 224;

    private static final int LARGEST_TILE = 896;

    private final Workspace workspace;
    private final InferenceService inference;
    private final TaskRunner tasks;
    private final TaskForm form = new TaskForm();

    private final Map<ImageId, AnswerRun> runs = new HashMap<>();
    private final Map<ImageId, InferenceJob> jobs = new HashMap<>();
    private final ReadOnlyObjectWrapper<AnswerRun> shown =
            new ReadOnlyObjectWrapper<>(AnswerRun.NONE);
    private final ReadOnlyObjectWrapper<List<ArrivingObject>> arriving =
            new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Map<AnnotationId, EdgeRanges>> edges =
            new ReadOnlyObjectWrapper<>(Map.of());

    private final ReadOnlyStringWrapper asked = new ReadOnlyStringWrapper("");

    private final BooleanBinding running;
    private final BooleanBinding runnable;
    private final BooleanBinding sliceable;

    public PromptViewModel(Workspace workspace, InferenceService inference, TaskRunner tasks) {
        this.workspace = workspace;
        this.inference = inference;
        this.tasks = tasks;
        form.labels().setAll("triangle", "circle", "star");
        running = Bindings.createBooleanBinding(() -> shown.get().isRunning(), shown);
        runnable =
                form.missingProperty()
                        .isEmpty()
                        .and(running.not())
                        .and(workspace.currentImageProperty().isNotNull());
        sliceable =
                Bindings.createBooleanBinding(
                        () ->
                                runnable.get()
                                        && form.taskProperty()
                                                .get()
                                                .filter(task -> !task.labels().isEmpty())
                                                .isPresent(),
                        runnable,
                        form.taskProperty());
        workspace.currentImageProperty().addListener(_ -> showCurrent());
        workspace.openProjectProperty().addListener(_ -> forget());
    }

    private void forget() {
        jobs.values().forEach(InferenceJob::cancel);
        jobs.clear();
        runs.clear();
        showCurrent();
    }

    /// Asks the model about the image on the screen.
    public void run() {
        ask(Scope.WHOLE);
    }

    /// Asks about a part of the image on the screen, which the model sees larger.
    ///
    /// @param region in pixels of the image
    public void askRegion(Box region) {
        ask(new Scope.Part(region));
    }

    /// Looks for objects in overlapping parts of the image on the screen, for small ones in large images.
    public void runSliced() {
        ImageEntry image = workspace.currentImage();
        if (image != null && sliceable.get()) {
            int shorter = Math.min(image.size().width(), image.size().height());
            int side = Math.clamp((int) (shorter * TILE), LEAST_TILE, LARGEST_TILE);
            ask(new Scope.Sliced(new TileOptions(side, TileOptions.DEFAULT.overlap(), true)));
        }
    }

    private void ask(Scope scope) {
        ImageEntry image = workspace.currentImage();
        if (image != null && runnable.get()) {
            var task = form.taskProperty().get().orElseThrow();
            submit(
                    new InferenceRequest(image, task, MOST_NEW_TOKENS, Priority.INTERACTIVE)
                            .withScope(scope));
        }
    }

    /// Reads a text as the answer that the model should have given, in the place of its own.
    public void readAnswer(String text) {
        shown.get()
                .result()
                .map(AnswerRun.Result::request)
                .filter(request -> !(request.scope() instanceof Scope.Sliced))
                .ifPresent(request -> submit(request.withWritten(text)));
    }

    private void submit(InferenceRequest request) {
        var image = request.image().id();
        asked.set(request.task().prompt());
        update(
                image,
                AnswerRun.begun(request.task().prompt(), Texts.get("prompt.activity.waiting")));
        jobs.put(
                image,
                inference.submit(request, state -> tasks.onInterface(() -> follow(image, state))));
    }

    /// Stops the answer that is being written about the image on the screen.
    ///
    /// @return whether there was one
    public boolean stop() {
        ImageEntry image = workspace.currentImage();
        if (image == null || !running.get()) {
            return false;
        }
        var job = jobs.get(image.id());
        if (job != null) {
            job.cancel();
            if (jobs.containsKey(image.id())) {
                update(image.id(), shown.get().doing(Texts.get("prompt.activity.stopping")));
            }
        }
        return true;
    }

    private void follow(ImageId image, JobState state) {
        var run = runs.get(image);
        if (run == null) {
            return; // Another project was opened in the meantime.
        }
        switch (state) {
            case JobState.Queued(int ahead) ->
                    update(image, run.doing(Texts.get("prompt.activity.queued", ahead)));
            case JobState.Running now ->
                    update(
                            image,
                            run.continued(
                                    now.activity(),
                                    now.textSoFar(),
                                    AnswerWords.speed(now.tokens(), now.tokensPerSecond()),
                                    now.fraction(),
                                    now.objects()));
            case JobState.Succeeded(Prediction prediction) -> succeed(image, run, prediction);
            case JobState.Failed(var problem) ->
                    update(image, run.ended(run.text(), "", AnswerWords.notice(problem)));
            case JobState.Cancelled(String textSoFar) ->
                    update(image, run.ended(textSoFar, run.speed(), AnswerWords.stopped()));
        }
        if (state.isFinal()) {
            jobs.remove(image);
        }
    }

    private void succeed(ImageId image, AnswerRun run, Prediction prediction) {
        if (prediction.request().scope() instanceof Scope.Part) {
            addPart(image, prediction);
        } else {
            workspace.propose(image, run.prompt(), prediction.annotations());
        }
        update(
                image,
                run.complete(
                        prediction.text(),
                        AnswerWords.summary(prediction),
                        AnswerWords.result(prediction),
                        AnswerWords.notice(prediction)));
    }

    private void addPart(ImageId image, Prediction prediction) {
        var prompt = prediction.request().task().prompt();
        var now = workspace.current();
        if (now != null && now.image().id().equals(image)) {
            var edits = PartProposals.edits(now, prediction);
            if (!edits.isEmpty()) {
                workspace.apply(new EditGroup(prompt, edits));
            }
            return;
        }
        workspace.change(
                prompt,
                (project, _) -> {
                    var found = project.image(image);
                    if (found.isPresent()) {
                        var edits = PartProposals.edits(found.get(), prediction);
                        if (!edits.isEmpty()) {
                            project.apply(new EditGroup(prompt, edits));
                        }
                    }
                    return new ProjectWork.Changed<>(Set.of(image), true);
                },
                _ -> {},
                problem ->
                        show(
                                runs.getOrDefault(image, AnswerRun.NONE)
                                        .ended("", "", AnswerWords.notice(problem))));
    }

    private void update(ImageId image, AnswerRun run) {
        runs.put(image, run);
        var current = workspace.currentImage();
        if (current != null && current.id().equals(image)) {
            show(run);
        }
    }

    private void showCurrent() {
        var current = workspace.currentImage();
        show(current == null ? AnswerRun.NONE : runs.getOrDefault(current.id(), AnswerRun.NONE));
    }

    private void show(AnswerRun run) {
        shown.set(run);
        arriving.set(run.arriving());
        edges.set(run.result().map(AnswerRun.Result::edges).orElse(Map.of()));
    }

    /// Fills the fields with what a prompt says.
    public void usePrompt(String prompt) {
        if (!prompt.isBlank()) {
            form.use(prompt);
        }
    }

    /// Looks for all labels of the project.
    public void useProjectLabels() {
        form.labels().setAll(usableLabels());
    }

    /// The labels of the project that could be asked for and are not yet.
    public List<String> otherLabels() {
        var names = new ArrayList<>(usableLabels());
        names.removeAll(form.labels());
        return names;
    }

    /// Changes when the project gets other labels.
    ReadOnlyObjectProperty<LabelSet> projectLabelsProperty() {
        return workspace.labelsProperty();
    }

    private List<String> usableLabels() {
        return workspace.labels().names().stream().filter(Labels::isUsable).toList();
    }

    /// The object that is selected, where it is exactly one.
    Optional<ObjectAnnotation> selectedObject() {
        var image = workspace.current();
        if (image == null || workspace.selection().size() != 1) {
            return Optional.empty();
        }
        var id = workspace.selection().iterator().next();
        return image.objects().stream().filter(object -> object.id().equals(id)).findFirst();
    }

    public ObjectProperty<TaskKind> kindProperty() {
        return form.kindProperty();
    }

    public ObservableList<String> labels() {
        return form.labels();
    }

    /// The question, answer or prompt, whichever the kind of task takes.
    public StringProperty textProperty() {
        return form.textProperty();
    }

    public ObjectProperty<Language> languageProperty() {
        return form.languageProperty();
    }

    public List<Language> languages() {
        return form.languages();
    }

    /// The task that the fields make; empty while something is missing.
    public ObservableValue<Optional<Task>> taskProperty() {
        return form.taskProperty();
    }

    /// The prompt exactly as the model gets it; empty while something is missing.
    public ObservableStringValue previewProperty() {
        return form.promptProperty();
    }

    /// What is missing or wrong, in words; empty if the task can be asked.
    public ObservableStringValue missingProperty() {
        return form.missingProperty();
    }

    /// The prompt that was asked last.
    ReadOnlyStringProperty askedProperty() {
        return asked.getReadOnlyProperty();
    }

    public ObservableBooleanValue runningProperty() {
        return running;
    }

    public ObservableBooleanValue runnableProperty() {
        return runnable;
    }

    /// Whether objects can be looked for in parts of the image.
    public ObservableBooleanValue sliceableProperty() {
        return sliceable;
    }

    /// The last answer about the image on the screen, or the one being written.
    ReadOnlyObjectProperty<AnswerRun> shownProperty() {
        return shown.getReadOnlyProperty();
    }

    /// The objects of the image on the screen that are complete in an answer that is still being written.
    public ReadOnlyObjectProperty<List<ArrivingObject>> arrivingProperty() {
        return arriving.getReadOnlyProperty();
    }

    /// How sure the model was of the edges of the objects that it found last in the image on the screen.
    public ReadOnlyObjectProperty<Map<AnnotationId, EdgeRanges>> edgesProperty() {
        return edges.getReadOnlyProperty();
    }
}

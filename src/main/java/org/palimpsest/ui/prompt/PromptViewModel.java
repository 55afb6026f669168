package org.palimpsest.ui.prompt;

import de.saxsys.mvvmfx.ViewModel;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableStringValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.inference.AnswerSpeed;
import org.palimpsest.inference.InferenceJob;
import org.palimpsest.inference.InferenceRequest;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.inference.JobState;
import org.palimpsest.inference.Prediction;
import org.palimpsest.inference.Priority;
import org.palimpsest.paligemma.prompt.Language;
import org.palimpsest.paligemma.prompt.ParsedOutput;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Workspace;

/// Makes the prompt of the fields, asks the model about the image on the screen, and shows what it says.
///
/// Every image keeps its own last answer, so that one may go on to another image while the model still works on the
/// first. What the model finds becomes annotations of the image that was asked about, as one step of the history.
///
/// Confined to the interface's thread.
public final class PromptViewModel implements ViewModel {
    private static final int MOST_NEW_TOKENS = 512;

    private final Workspace workspace;
    private final InferenceService inference;
    private final TaskRunner tasks;

    private final ObjectProperty<TaskKind> kind = new SimpleObjectProperty<>(TaskKind.DETECT);
    private final ObservableList<String> labels = FXCollections.observableArrayList();
    private final StringProperty text = new SimpleStringProperty("");
    private final ObjectProperty<Language> language = new SimpleObjectProperty<>(Language.ENGLISH);
    private final Map<TaskKind, String> texts = new EnumMap<>(TaskKind.class);

    private final Map<ImageId, AnswerRun> runs = new HashMap<>();
    private final Map<ImageId, InferenceJob> jobs = new HashMap<>();
    private final ReadOnlyObjectWrapper<AnswerRun> shown =
            new ReadOnlyObjectWrapper<>(AnswerRun.NONE);

    private final StringBinding missing;
    private final StringBinding preview;
    private final BooleanBinding running;
    private final BooleanBinding runnable;

    public PromptViewModel(Workspace workspace, InferenceService inference, TaskRunner tasks) {
        this.workspace = workspace;
        this.inference = inference;
        this.tasks = tasks;
        labels.setAll("triangle", "circle", "star");
        kind.addListener((_, before, after) -> swapText(before, after));
        missing =
                Bindings.createStringBinding(
                        () -> kind.get().missing(labels, text.get()).orElse(""),
                        kind,
                        labels,
                        text);
        preview =
                Bindings.createStringBinding(
                        () ->
                                missing.get().isEmpty()
                                        ? kind.get()
                                                .task(labels, language.get(), text.get())
                                                .prompt()
                                        : "",
                        missing,
                        kind,
                        labels,
                        text,
                        language);
        running = Bindings.createBooleanBinding(() -> shown.get().isRunning(), shown);
        runnable =
                missing.isEmpty()
                        .and(running.not())
                        .and(workspace.currentImageProperty().isNotNull());
        workspace.currentImageProperty().addListener(_ -> showCurrent());
    }

    private void swapText(TaskKind before, TaskKind after) {
        texts.put(before, text.get());
        text.set(texts.getOrDefault(after, ""));
    }

    /// Asks the model about the image on the screen.
    public void run() {
        ImageEntry image = workspace.currentImage();
        if (image == null || !runnable.get()) {
            return;
        }
        var task = kind.get().task(labels, language.get(), text.get());
        update(image.id(), AnswerRun.begun(task.prompt(), "Waiting"));
        var request = new InferenceRequest(image, task, MOST_NEW_TOKENS, Priority.INTERACTIVE);
        jobs.put(
                image.id(),
                inference.submit(
                        request, state -> tasks.onInterface(() -> follow(image.id(), state))));
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
            var run = shown.get();
            update(image.id(), run.continued("Stopping", run.text(), run.speed()));
        }
        return true;
    }

    private void follow(ImageId image, JobState state) {
        var run = runs.getOrDefault(image, AnswerRun.NONE);
        switch (state) {
            case JobState.Queued(int ahead) ->
                    update(image, run.continued("Waiting for " + ahead + " more", "", ""));
            case JobState.Running(
                            String activity,
                            String textSoFar,
                            int tokens,
                            double tokensPerSecond,
                            var _,
                            var _) ->
                    update(
                            image,
                            run.continued(activity, textSoFar, speed(tokens, tokensPerSecond)));
            case JobState.Succeeded(Prediction prediction) -> succeed(image, run, prediction);
            case JobState.Failed(var problem) ->
                    update(
                            image,
                            run.ended(
                                    run.text(),
                                    "",
                                    Optional.of(
                                            new Notice(
                                                    Notice.Severity.ERROR,
                                                    problem.summary(),
                                                    joined(problem.detail(), problem.remedy())))));
            case JobState.Cancelled(String textSoFar) ->
                    update(
                            image,
                            run.ended(
                                    textSoFar,
                                    run.speed(),
                                    Optional.of(
                                            new Notice(
                                                    Notice.Severity.INFORMATION,
                                                    "Stopped",
                                                    "Nothing was added to the image."))));
        }
        if (state.isFinal()) {
            jobs.remove(image);
        }
    }

    private void succeed(ImageId image, AnswerRun run, Prediction prediction) {
        workspace.propose(image, prediction.request().task().prompt(), prediction.annotations());
        update(
                image,
                run.ended(prediction.text(), summary(prediction.speed()), notice(prediction)));
    }

    private static Optional<Notice> notice(Prediction prediction) {
        int found = prediction.annotations().size();
        if (prediction.output() instanceof ParsedOutput.Malformed malformed) {
            String understood =
                    switch (found) {
                        case 0 -> "Nothing was added to the image.";
                        case 1 -> "The part that could be read was added: 1 annotation.";
                        default ->
                                "The part that could be read was added: " + found + " annotations.";
                    };
            return Optional.of(
                    new Notice(
                            Notice.Severity.WARNING,
                            "The answer does not have the form of this task",
                            capitalised(malformed.reason())
                                    + ", at character "
                                    + (malformed.position() + 1)
                                    + ". "
                                    + understood));
        }
        if (prediction.cutShort()) {
            return Optional.of(
                    new Notice(
                            Notice.Severity.WARNING,
                            "The answer was cut after " + prediction.speed().tokens() + " tokens",
                            "The model had more to say than the limit allows."));
        }
        boolean objectsAsked = !prediction.request().task().labels().isEmpty();
        return found == 0 && objectsAsked
                ? Optional.of(
                        new Notice(
                                Notice.Severity.INFORMATION,
                                "Nothing found",
                                "The model sees none of these labels in the image."))
                : Optional.empty();
    }

    private void update(ImageId image, AnswerRun run) {
        runs.put(image, run);
        var current = workspace.currentImage();
        if (current != null && current.id().equals(image)) {
            shown.set(run);
        }
    }

    private void showCurrent() {
        var current = workspace.currentImage();
        shown.set(
                current == null ? AnswerRun.NONE : runs.getOrDefault(current.id(), AnswerRun.NONE));
    }

    private static String speed(int tokens, double tokensPerSecond) {
        if (tokens == 0) {
            return "";
        }
        var count = tokens == 1 ? "1 token" : tokens + " tokens";
        return tokensPerSecond > 0
                ? String.format(Locale.ROOT, "%s · %.0f/s", count, tokensPerSecond)
                : count;
    }

    private static String summary(AnswerSpeed speed) {
        return String.format(
                Locale.ROOT,
                "%s · %.1f s",
                speed(speed.tokens(), speed.tokensPerSecond()),
                speed.seconds());
    }

    private static String joined(String detail, String remedy) {
        return detail.isEmpty() || remedy.isEmpty() ? detail + remedy : detail + ". " + remedy;
    }

    private static String capitalised(String words) {
        return words.isEmpty()
                ? words
                : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    public ObjectProperty<TaskKind> kindProperty() {
        return kind;
    }

    public ObservableList<String> labels() {
        return labels;
    }

    /// The question, answer or prompt, whichever the kind of task takes.
    public StringProperty textProperty() {
        return text;
    }

    public ObjectProperty<Language> languageProperty() {
        return language;
    }

    public List<Language> languages() {
        return List.of(Language.values());
    }

    /// The prompt exactly as the model gets it; empty while something is missing.
    public ObservableStringValue previewProperty() {
        return preview;
    }

    /// What is missing or wrong, in words; empty if the task can be asked.
    public ObservableStringValue missingProperty() {
        return missing;
    }

    public ObservableBooleanValue runningProperty() {
        return running;
    }

    public ObservableBooleanValue runnableProperty() {
        return runnable;
    }

    /// The last answer about the image on the screen, or the one being written.
    ReadOnlyObjectProperty<AnswerRun> shownProperty() {
        return shown.getReadOnlyProperty();
    }
}

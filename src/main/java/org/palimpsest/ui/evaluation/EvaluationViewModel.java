package org.palimpsest.ui.evaluation;

import de.saxsys.mvvmfx.ViewModel;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.palimpsest.batch.EvaluationTask;
import org.palimpsest.batch.ImageResult;
import org.palimpsest.imaging.ThumbnailQueue;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.problem.Problem;
import org.palimpsest.project.FilterText;
import org.palimpsest.project.ImageFilter;
import org.palimpsest.project.ProjectEvaluations;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.ui.support.DialogService;
import org.palimpsest.ui.support.DisplayImage;
import org.palimpsest.ui.support.OpenProject;
import org.palimpsest.ui.support.Page;
import org.palimpsest.ui.support.Pages;
import org.palimpsest.ui.support.ProjectWork;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Texts;
import org.palimpsest.ui.support.Workspace;

/// Judges a model on images that people went through, and shows the evaluations of the project, each held against an earlier
/// one. Goes on while the page is closed.
///
/// Confined to the interface's thread.
public final class EvaluationViewModel implements ViewModel {
    /// Those that the window asks; referring expressions take a question for every object.
    static final List<EvaluationTask> TASKS =
            List.of(
                    EvaluationTask.DETECT,
                    EvaluationTask.SEGMENT,
                    EvaluationTask.CAPTION,
                    EvaluationTask.ANSWER,
                    EvaluationTask.OCR);

    private static final int MOST_EVALUATIONS = 200;

    private static final double NANOS = 1e9;

    /// What it works with.
    ///
    /// @param bundledModel the folder of the model that comes with the program
    public record Services(
            Workspace workspace,
            InferenceService inference,
            SettingsStore settings,
            DialogService dialogs,
            TaskRunner tasks,
            Pages pages,
            Path bundledModel) {}

    private final Services services;
    private final Workspace workspace;
    private final TaskRunner tasks;
    private final ThumbnailQueue thumbnails;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final EvaluationHistory history;

    private final ObjectProperty<ImageChoice> images =
            new SimpleObjectProperty<>(ImageChoice.VALIDATION);
    private final Map<EvaluationTask, BooleanProperty> chosenTasks =
            new EnumMap<>(EvaluationTask.class);
    private final ObservableList<KnownModel> models = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable KnownModel> model = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<Optional<Known>> known =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyDoubleWrapper fraction = new ReadOnlyDoubleWrapper(-1);
    private final ReadOnlyStringWrapper progressWords = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Optional<Message>> message =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private Optional<TaskRunner.Job> job = Optional.empty();
    private TaskRunner.Job counting = () -> {};
    private int round;
    private int counted;

    /// @param nanoTime a clock, as System.nanoTime is
    public EvaluationViewModel(
            Services services,
            ThumbnailQueue thumbnails,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.services = services;
        this.workspace = services.workspace();
        this.tasks = services.tasks();
        this.thumbnails = thumbnails;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.history = new EvaluationHistory(services.settings(), services.dialogs(), tasks);
        for (var task : TASKS) {
            chosenTasks.put(task, new SimpleBooleanProperty(true));
        }
        workspace.openProjectProperty().addListener(_ -> useProject());
        images.addListener(_ -> count());
        workspace.images().queryProperty().addListener(_ -> count());
        services.pages().openProperty().addListener(_ -> refresh());
    }

    private boolean isOpen() {
        return services.pages().openProperty().get().equals(Optional.of(Page.EVALUATION));
    }

    private void useProject() {
        stop();
        round++;
        end();
        message.set(Optional.empty());
        history.clear();
        refresh();
    }

    /// Looks again for models, evaluations and images, when the page is opened.
    private void refresh() {
        if (!isOpen()) {
            return;
        }
        var choices =
                KnownModel.of(
                        services.inference().chosenModel(),
                        services.bundledModel(),
                        services.settings().settings().models());
        var chosen = model.get();
        models.setAll(choices);
        model.set(
                choices.stream()
                        .filter(one -> chosen != null && one.choice().equals(chosen.choice()))
                        .findFirst()
                        .orElse(choices.getFirst()));
        count();
        workspace.read(
                Texts.get("evaluation.job.read"),
                (project, _) ->
                        ProjectEvaluations.list(project).stream()
                                .limit(MOST_EVALUATIONS)
                                .flatMap(entry -> Shown.of(entry).stream())
                                .toList(),
                history::list,
                services.dialogs()::show);
    }

    private ImageFilter filter() {
        return images.get().filter(workspace.images().query().filter());
    }

    private void count() {
        known.set(Optional.empty());
        int asked = ++counted;
        counting.cancel();
        if (isOpen()) {
            var filter = filter();
            workspace.read(
                    Texts.get("evaluation.job.count"),
                    (project, progress) -> Known.of(project.dataset(filter), progress),
                    found -> {
                        if (asked == counted) {
                            known.set(Optional.of(found));
                        }
                    },
                    this::fail);
        }
    }

    /// Begins to judge the model that is chosen.
    void start() {
        var project = workspace.openProjectProperty().get();
        var asked = model.get();
        if (project.isEmpty() || asked == null || busy.get()) {
            return;
        }
        message.set(Optional.empty());
        busy.set(true);
        fraction.set(-1);
        progressWords.set(Texts.get("evaluation.opening"));
        int begun = ++round;
        var filter = filter();
        workspace.read(
                Texts.get("evaluation.job.count"),
                (reader, progress) -> Known.of(reader.dataset(filter), progress),
                found -> {
                    if (begun == round) {
                        if (found.known() == 0) {
                            end();
                            known.set(Optional.of(found));
                        } else {
                            run(begun, project.get(), asked, filter);
                        }
                    }
                },
                problem -> failed(begun, problem));
    }

    private void run(int begun, OpenProject project, KnownModel asked, ImageFilter filter) {
        var wanted = EnumSet.copyOf(chosenTasks.keySet());
        wanted.removeIf(task -> !taskProperty(task).get());
        var run = EvaluationRun.of(services.inference(), asked.choice(), wanted);
        long[] start = {nanoTime.getAsLong()};
        Consumer<Double> told =
                done ->
                        tasks.onInterface(() -> {
                            if (begun == round && busy.get()) {
                                if (done == 0) {
                                    start[0] = nanoTime.getAsLong();
                                }
                                tell(done, (nanoTime.getAsLong() - start[0]) / NANOS);
                            }
                        });
        job =
                Optional.of(
                        tasks.<EvaluationRun.Outcome>runShown(
                                Texts.get("evaluation.job", asked.title()),
                                progress ->
                                        run.run(project.reader().dataset(filter), told, progress),
                                outcome -> ended(begun, outcome, filter),
                                problem -> failed(begun, problem)));
        if (!busy.get()) {
            job = Optional.empty();
        }
    }

    private void tell(double done, double seconds) {
        fraction.set(done);
        progressWords.set(EvaluationRun.words(done, seconds));
    }

    private void ended(int begun, EvaluationRun.Outcome outcome, ImageFilter filter) {
        if (begun != round) {
            return;
        }
        end();
        switch (outcome) {
            case EvaluationRun.Outcome.Stopped() ->
                    message.set(
                            Optional.of(
                                    new Message(
                                            Message.Kind.HINT,
                                            Texts.get("evaluation.stopped"),
                                            Texts.get("evaluation.stopped.words"))));
            case EvaluationRun.Outcome.Finished(var evaluation) -> {
                var name = FilterText.of(filter).orElse("…");
                var entry = evaluation.entry(clock.instant(), name);
                workspace.change(
                        Texts.get("evaluation.job.keep"),
                        (project, _) -> {
                            ProjectEvaluations.add(project, entry);
                            return new ProjectWork.Changed<>(Set.of(), true);
                        },
                        _ -> {},
                        services.dialogs()::show);
                history.add(
                        new Shown(
                                entry.at(),
                                name,
                                evaluation.figures(),
                                Optional.of(evaluation.report())));
            }
        }
    }

    private void failed(int begun, Problem problem) {
        if (begun == round) {
            end();
            fail(problem);
        }
    }

    private void fail(Problem problem) {
        message.set(Optional.of(Message.of(problem)));
    }

    private void end() {
        busy.set(false);
        job = Optional.empty();
        progressWords.set("");
        fraction.set(-1);
    }

    /// Stops; nothing of it is kept.
    void stop() {
        if (job.isPresent()) {
            progressWords.set(Texts.get("evaluation.stopping"));
            job.get().cancel();
        }
    }

    /// Puts an image on the canvas.
    void open(ImageResult result) {
        workspace.show(result.image().id());
        services.pages().close();
    }

    /// The picture of an image in the small; the consumer is called on the interface's thread, if there is one.
    ThumbnailQueue.Request thumbnail(Path file, Consumer<DisplayImage> consumer) {
        return thumbnails.request(
                file,
                outcome -> {
                    if (outcome instanceof ThumbnailQueue.Outcome.Made(var made)) {
                        var display = DisplayImage.of(made.picture());
                        tasks.onInterface(() -> consumer.accept(display));
                    }
                });
    }

    /// The evaluations of the project, and the one that is shown.
    EvaluationHistory history() {
        return history;
    }

    ObjectProperty<ImageChoice> imagesProperty() {
        return images;
    }

    BooleanProperty taskProperty(EvaluationTask task) {
        var chosen = chosenTasks.get(task);
        if (chosen == null) {
            throw new IllegalArgumentException("Not asked in the window: " + task);
        }
        return chosen;
    }

    ObservableList<KnownModel> models() {
        return models;
    }

    ObjectProperty<@Nullable KnownModel> modelProperty() {
        return model;
    }

    /// Of how many images somebody said what is true; empty while they are counted.
    ReadOnlyObjectProperty<Optional<Known>> knownProperty() {
        return known.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /// How much is done, 0 to 1; negative where that is not known.
    ReadOnlyDoubleProperty fractionProperty() {
        return fraction.getReadOnlyProperty();
    }

    ReadOnlyStringProperty progressWordsProperty() {
        return progressWords.getReadOnlyProperty();
    }

    /// What the person should know.
    ReadOnlyObjectProperty<Optional<Message>> messageProperty() {
        return message.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Optional<OpenProject>> projectProperty() {
        return workspace.openProjectProperty();
    }

    /// Whether there is something to judge, and something to judge it by.
    ObservableBooleanValue startableProperty() {
        var observed = new ArrayList<Observable>(chosenTasks.values());
        observed.addAll(List.of(busy, model, known, workspace.openProjectProperty()));
        return Bindings.createBooleanBinding(
                () ->
                        !busy.get()
                                && model.get() != null
                                && workspace.openProjectProperty().get().isPresent()
                                && known.get().filter(found -> found.known() == 0).isEmpty()
                                && chosenTasks.values().stream().anyMatch(BooleanProperty::get),
                observed.toArray(Observable[]::new));
    }
}

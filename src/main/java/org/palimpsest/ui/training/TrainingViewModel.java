package org.palimpsest.ui.training;

import de.saxsys.mvvmfx.ViewModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;
import org.palimpsest.batch.fit.EarlierRun;
import org.palimpsest.batch.fit.Fitting;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.inference.ModelChoice;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.training.TrainingEvent.FinishReason;
import org.palimpsest.ui.support.DialogService;
import org.palimpsest.ui.support.Page;
import org.palimpsest.ui.support.Pages;
import org.palimpsest.ui.support.SmallPicture;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Texts;
import org.palimpsest.ui.support.Workspace;

/// Fitting an adapter on what people corrected: what would be learnt, the run while it goes on, and what came of it.
///
/// A run goes on while the page is closed, another image is labelled or another project is opened.
///
/// Confined to the interface's thread.
public final class TrainingViewModel implements ViewModel {
    /// Where the page is.
    public enum Stage {
        BEFORE,
        RUNNING,
        /// Stopped by the person; the same run can go on.
        PAUSED,
        AFTER
    }

    /// What training needs of the program.
    ///
    /// @param trainer where training runs; its one thread may be busy for hours
    public record Tools(DialogService dialogs, TaskRunner tasks, Executor trainer) {}

    private final Workspace workspace;
    private final InferenceService inference;
    private final Pages pages;
    private final DialogService dialogs;
    private final TaskRunner tasks;
    private final FittingWork work;
    private final AdapterUse use;
    private final TrainingForm form = new TrainingForm();
    private final Lookup lookup;

    private final ReadOnlyObjectWrapper<Stage> stage = new ReadOnlyObjectWrapper<>(Stage.BEFORE);
    private final ReadOnlyObjectWrapper<List<Advice>> advice =
            new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Optional<LiveRun>> live =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Ending>> ending =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private TaskRunner.@Nullable Job job;

    public TrainingViewModel(
            Workspace workspace,
            InferenceService inference,
            SettingsStore settings,
            Pages pages,
            Tools tools) {
        this.workspace = workspace;
        this.inference = inference;
        this.pages = pages;
        this.dialogs = tools.dialogs();
        this.tasks = tools.tasks();
        this.work = new FittingWork(tools.trainer());
        this.use = new AdapterUse(inference, settings, dialogs, tasks);
        this.lookup =
                new Lookup(
                        workspace,
                        inference,
                        work,
                        form,
                        dialogs,
                        why -> problem.set(Optional.of(why)),
                        this::advise);
        pages.openProperty()
                .addListener((_, _, now) -> {
                    if (now.filter(Page.TRAINING::equals).isPresent()) {
                        look();
                    }
                });
        workspace.openProjectProperty().addListener(_ -> otherProject());
        use.usedProperty()
                .addListener((_, before, now) -> {
                    if (!before.map(ModelChoice::folder).equals(now.map(ModelChoice::folder))) {
                        lookIfOpen();
                    }
                    advise();
                });
        advise();
    }

    private void otherProject() {
        lookup.forget();
        if (stage.get() != Stage.RUNNING) {
            startAnew();
        }
        advise();
    }

    private void lookIfOpen() {
        if (pages.openProperty().get().filter(Page.TRAINING::equals).isPresent()) {
            look();
        }
    }

    private void advise() {
        var model = inference.chosenModel();
        advice.set(
                Advice.of(
                        workspace.openProjectProperty().get().isPresent(),
                        model.isPresent(),
                        lookup.outlookProperty().get(),
                        model.flatMap(ModelChoice::adapter).isPresent()));
    }

    /// Trains with the settings as they are.
    void begin() {
        var open = workspace.openProjectProperty().get();
        var model = inference.chosenModel();
        var target = lookup.folderProperty().get();
        if (stage.get() == Stage.RUNNING
                || open.isEmpty()
                || model.isEmpty()
                || target.isEmpty()
                || !form.rightProperty().get()) {
            return;
        }
        try {
            var wish = lookup.wish(form, model.get(), target.get());
            start(
                    wish,
                    open.get().name(),
                    (file, watch, progress) -> work.train(wish, file, watch, progress));
        } catch (ProblemException e) {
            problem.set(Optional.of(e.problem()));
        }
    }

    /// Goes on with a run that was stopped, with what it was begun with.
    void goOn(EarlierRun run) {
        var open = workspace.openProjectProperty().get();
        if (stage.get() == Stage.RUNNING || open.isEmpty()) {
            return;
        }
        var its = new TrainingForm();
        its.fill(run.record().choices());
        if (!its.rightProperty().get()) {
            problem.set(Optional.of(new Problem(Texts.get("training.unreadable"), "", "")));
            return;
        }
        try {
            var wish = lookup.wish(its, ModelChoice.of(run.record().model()), run.folder());
            start(
                    wish,
                    open.get().name(),
                    (file, watch, progress) -> work.goOn(run, wish, file, watch, progress));
        } catch (ProblemException e) {
            problem.set(Optional.of(e.problem()));
        }
    }

    /// Goes on with the run that was paused.
    void goOn() {
        live.get()
                .ifPresent(paused ->
                        tasks.<Optional<EarlierRun>>run(
                                Texts.get("training.job.look"),
                                _ -> EarlierRun.read(paused.folder()),
                                found -> found.ifPresentOrElse(this::goOn, this::startAnew),
                                failed -> problem.set(Optional.of(failed))));
    }

    /// Trains somehow, given the project's file.
    private interface Training {
        Optional<Fitting.Outcome> run(Path file, FittingWork.Watch watch, Progress progress)
                throws ProblemException;
    }

    private void start(FittingWork.Wish wish, String name, Training training) {
        lookup.stop();
        problem.set(Optional.empty());
        ending.set(Optional.empty());
        var run = new LiveRun(wish.folder(), name, wish.settings().batch());
        live.set(Optional.of(run));
        stage.set(Stage.RUNNING);
        var watch =
                new FittingWork.Watch(
                        event -> tasks.onInterface(() -> run.hear(event)), run::isEnough);
        // What was corrected a moment ago is to be in the file.
        workspace.<Path>read(
                Texts.get("training.job", name),
                (project, _) -> project.file(),
                file ->
                        job =
                                tasks.<Optional<Fitting.Outcome>>runShown(
                                        Texts.get("training.job", name),
                                        progress -> training.run(file, watch, progress),
                                        outcome -> ended(wish, outcome),
                                        this::failed),
                this::failed);
    }

    private void ended(FittingWork.Wish wish, Optional<Fitting.Outcome> outcome) {
        job = null;
        boolean paused =
                outcome.map(came ->
                                came.result().finished().reason() == FinishReason.CANCELLED
                                        && !live.get().map(LiveRun::isEnough).orElse(false))
                        .orElse(true);
        if (paused) {
            stage.set(Stage.PAUSED);
        } else {
            ending.set(outcome.map(came -> Ending.of(wish.folder(), wish.model().folder(), came)));
            stage.set(Stage.AFTER);
            dialogs.notify(Texts.get("training.ended"));
        }
    }

    private void failed(Problem why) {
        job = null;
        problem.set(Optional.of(why));
        stage.set(Stage.BEFORE);
        live.set(Optional.empty());
        lookIfOpen();
    }

    /// Stops the run so that it can go on later, also after the next start of the program.
    void pause() {
        var running = job;
        if (running != null) {
            live.get().ifPresent(LiveRun::pause);
            running.cancel();
        }
    }

    /// Ends the run with the best there is, and judges that.
    void stop() {
        live.get().ifPresent(LiveRun::stop);
    }

    /// Shows again what could be trained.
    void startAnew() {
        live.set(Optional.empty());
        ending.set(Optional.empty());
        lookup.takeFolder();
        stage.set(Stage.BEFORE);
        lookIfOpen();
    }

    /// Deletes a run's folder, if the person wants it.
    void discard(Path run, Path model) {
        use.discard(
                run,
                model,
                () -> {
                    if (stage.get() == Stage.RUNNING) {
                        look();
                    } else {
                        startAnew();
                    }
                });
    }

    void showFolder(Path run) {
        dialogs.showFolder(run);
    }

    /// Shows an image in the place of the page.
    void open(ImageId image) {
        workspace.show(image);
        pages.close();
    }

    /// Reads a small copy of an image.
    void picture(Path file, Consumer<SmallPicture> onRead) {
        tasks.<SmallPicture>run(
                Texts.get("training.job.look"), _ -> SmallPicture.read(file), onRead, _ -> {});
    }

    /// The person's colour of a label, 0xRRGGBB.
    int color(String label) {
        return workspace.color(label);
    }

    AdapterUse use() {
        return use;
    }

    Lookup lookup() {
        return lookup;
    }

    /// Finds out what would be learnt with the settings as they are.
    void look() {
        lookup.look();
    }

    TrainingForm form() {
        return form;
    }

    public ReadOnlyObjectProperty<Stage> stageProperty() {
        return stage.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<List<Advice>> adviceProperty() {
        return advice.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Optional<LiveRun>> liveProperty() {
        return live.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Optional<Ending>> endingProperty() {
        return ending.getReadOnlyProperty();
    }

    /// What went wrong last; empty where nothing did.
    public ReadOnlyObjectProperty<Optional<Problem>> problemProperty() {
        return problem.getReadOnlyProperty();
    }
}

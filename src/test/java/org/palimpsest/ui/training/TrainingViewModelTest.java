package org.palimpsest.ui.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.batch.fit.EarlierRun;
import org.palimpsest.dataset.edit.AddAnnotations;
import org.palimpsest.geometry.Box;
import org.palimpsest.inference.FakeModel;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.inference.ModelChoice;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.modelstore.Installation;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.training.TrainingEvent;
import org.palimpsest.training.TrainingEvent.FinishReason;
import org.palimpsest.ui.support.ImmediateTaskRunner;
import org.palimpsest.ui.support.Page;
import org.palimpsest.ui.support.Pages;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.support.Samples;
import org.palimpsest.ui.support.Workspace;
import org.palimpsest.ui.training.Outlook.Obstacle;
import org.palimpsest.ui.training.TrainingViewModel.Stage;

/// The page without a window, with the bundled model in earnest.
@Timeout(180)
final class TrainingViewModelTest {
    @TempDir Path folder;

    private final Workspace workspace = Samples.workspace();
    private final RecordingDialogs dialogs = new RecordingDialogs();
    private final ImmediateTaskRunner tasks = new ImmediateTaskRunner();
    private final Pages pages = new Pages();
    private final InferenceService inference =
            new InferenceService(
                    (choice, _) -> new FakeModel(choice.folder()),
                    InstantSource.fixed(Samples.NOW));
    private SettingsStore settings;
    private TrainingViewModel training;
    private Path model;
    private Path file;

    @BeforeEach
    void open() throws Exception {
        model = Installation.locate().bundledModel().toAbsolutePath().normalize();
        settings = SettingsStore.open(folder.resolve("settings.json"));
        inference.useModel(model);
        training =
                new TrainingViewModel(
                        workspace,
                        inference,
                        settings,
                        pages,
                        new TrainingViewModel.Tools(dialogs, tasks, Runnable::run));
    }

    @AfterEach
    void close() {
        workspace.use(null);
        inference.close();
    }

    /// A project of pictures, on so many of which a box is drawn.
    private void project(int images, int corrected) throws Exception {
        var entries = Samples.images(folder, images);
        file = Samples.open(workspace, entries);
        for (var entry : entries.subList(0, corrected)) {
            workspace.show(entry);
            workspace.apply(
                    AddAnnotations.onTopOf(
                            workspace.current(),
                            List.of(Samples.drawn("moon", new Box(20, 20, 90, 80)))));
        }
    }

    private void few() {
        training.form().field("steps").textProperty().set("2");
        training.form().field("batch").textProperty().set("2");
        training.form().field("tokens").textProperty().set("32");
        training.form().field("evaluateEvery").textProperty().set("2");
        training.form().field("share").textProperty().set("0.34");
    }

    private List<String> advice() {
        return training.adviceProperty().get().stream().map(Advice::words).toList();
    }

    @Test
    void whatIsMissingIsSaid() throws Exception {
        pages.open(Page.TRAINING);
        assertThat(advice()).singleElement().asString().startsWith("Open a project first");
        project(3, 0);
        pages.close();
        pages.open(Page.TRAINING);
        var outlook = training.lookup().outlookProperty().get().orElseThrow();
        assertThat(outlook.obstacle()).isEqualTo(Obstacle.NOTHING_KNOWN);
        assertThat(outlook.outline().usable()).isZero();
        assertThat(advice()).anyMatch(words -> words.startsWith("There is nothing to learn from"));
        training.begin();
        assertThat(training.stageProperty().get()).isEqualTo(Stage.BEFORE);
    }

    @Test
    void anOnnxFolderIsRefusedWithARemedy() throws Exception {
        project(3, 3);
        var onnx = Files.createDirectories(folder.resolve("model-onnx/onnx"));
        Files.copy(model.resolve("config.json"), folder.resolve("model-onnx/config.json"));
        Files.createFile(onnx.resolve("decoder_model_merged.onnx"));
        inference.useModel(folder.resolve("model-onnx"));
        pages.open(Page.TRAINING);
        assertThat(training.lookup().outlookProperty().get().orElseThrow().obstacle())
                .isEqualTo(Obstacle.ONNX);
        assertThat(training.adviceProperty().get()).anyMatch(Advice::blocking);
    }

    @Test
    void withoutHeldOutImagesOneIsTold() throws Exception {
        project(3, 3);
        training.form().field("share").textProperty().set("0");
        pages.open(Page.TRAINING);
        assertThat(advice()).anyMatch(words -> words.startsWith("Nothing is held out"));
        assertThat(training.lookup().outlookProperty().get().orElseThrow().canBegin()).isTrue();
    }

    @Test
    void aRunEndsWithFiguresAndItsAdapterIsUsedAndThrownAway() throws Exception {
        project(3, 3);
        few();
        pages.open(Page.TRAINING);
        var outlook = training.lookup().outlookProperty().get().orElseThrow();
        assertThat(outlook.canBegin()).isTrue();
        assertThat(outlook.data().orElseThrow().training()).hasSize(2);
        assertThat(outlook.data().orElseThrow().validation()).hasSize(1);
        assertThat(outlook.estimate().orElseThrow().steps()).isEqualTo(2);
        var run = training.lookup().folderProperty().get().orElseThrow();
        assertThat(run)
                .isEqualTo(file.toAbsolutePath().resolveSibling("adapters").resolve("test-1"));

        training.begin();
        assertThat(training.problemProperty().get()).isEmpty();
        assertThat(training.stageProperty().get()).isEqualTo(Stage.AFTER);
        var live = training.liveProperty().get().orElseThrow();
        assertThat(live.loss().points()).hasSize(2);
        assertThat(live.validation().points()).hasSize(2);
        var ending = training.endingProperty().get().orElseThrow();
        assertThat(ending.figures()).isNotEmpty();
        assertThat(ending.figures().getFirst().title()).isEqualTo("Corrections per image");
        assertThat(ending.images()).hasSize(1);
        assertThat(ending.images().getFirst().truth().objects()).hasSize(1);

        training.use().use(ending.model(), ending.learnt());
        assertThat(inference.chosenModel()).contains(new ModelChoice(model, Optional.of(run)));
        assertThat(settings.settings().adapter()).contains(run);
        assertThat(settings.settings().models().adapters()).containsExactly(run);
        assertThat(training.use().isUsed(run)).isTrue();

        training.startAnew();
        assertThat(training.lookup().folderProperty().get().orElseThrow())
                .endsWithRaw(Path.of("test-2"));
        var earlier = training.lookup().earlierProperty().get();
        assertThat(earlier).hasSize(1);
        assertThat(earlier.getFirst().canGoOn()).isFalse();
        assertThat(earlier.getFirst().record().comparison()).isPresent();

        dialogs.confirms = false;
        training.discard(run, model);
        assertThat(run).isDirectory();
        dialogs.confirms = true;
        training.discard(run, model);
        assertThat(run).doesNotExist();
        assertThat(inference.chosenModel()).contains(ModelChoice.of(model));
        assertThat(settings.settings().adapter()).isEmpty();
        assertThat(training.lookup().earlierProperty().get()).isEmpty();
    }

    @Test
    void aFolderOfSomebodyElseIsNotDeleted() throws Exception {
        var theirs = Files.createDirectory(folder.resolve("thesis"));
        Files.writeString(theirs.resolve("chapter.txt"), "dear");
        training.discard(theirs, model);
        assertThat(theirs.resolve("chapter.txt")).exists();
    }

    @Test
    void aRunThatWasStoppedGoesOnWithTheExamplesItWasBegunWith() throws Exception {
        project(3, 3);
        few();
        pages.open(Page.TRAINING);
        var run = training.lookup().folderProperty().get().orElseThrow();
        var form = training.form();
        var wish =
                new FittingWork.Wish(
                        ModelChoice.of(model),
                        true,
                        run,
                        form.settings(),
                        form.examples(),
                        form.holdOut(),
                        form.values());
        var steps = new AtomicInteger();
        var stopped =
                new FittingWork(Runnable::run)
                        .train(
                                wish,
                                file,
                                new FittingWork.Watch(
                                        event -> {
                                            if (event instanceof TrainingEvent.StepCompleted) {
                                                steps.incrementAndGet();
                                            }
                                        },
                                        () -> false),
                                new StopAfter(steps));
        assertThat(stopped.orElseThrow().result().finished().reason())
                .isEqualTo(FinishReason.CANCELLED);
        // What is corrected meanwhile is for the next run.
        workspace.apply(
                AddAnnotations.onTopOf(
                        workspace.current(),
                        List.of(Samples.drawn("star", new Box(100, 20, 150, 80)))));
        var found = EarlierRun.read(run).orElseThrow();
        assertThat(found.isInterrupted()).isTrue();
        assertThat(found.step()).isEqualTo(1);

        training.goOn(found);
        assertThat(training.problemProperty().get()).isEmpty();
        assertThat(training.stageProperty().get()).isEqualTo(Stage.AFTER);
        var finished = training.endingProperty().get().orElseThrow().finished();
        assertThat(finished.step()).isEqualTo(2);
        assertThat(finished.reason()).isEqualTo(FinishReason.COMPLETED);
        assertThat(training.liveProperty().get().orElseThrow().loss().points()).hasSize(2);
    }

    /// Stops after the first step.
    private record StopAfter(AtomicInteger steps) implements Progress {
        @Override
        public void update(ProgressUpdate update) {
            // Nobody looks.
        }

        @Override
        public boolean isCancelled() {
            return steps.get() > 0;
        }
    }
}

package org.palimpsest.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.batch.fit.FittingData;
import org.palimpsest.batch.fit.JsonlExamples;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.geometry.Point;
import org.palimpsest.inference.ModelState;
import org.palimpsest.inference.PaliGemmaOpener;
import org.palimpsest.job.Progress;
import org.palimpsest.modelstore.Installation;
import org.palimpsest.runtime.DeviceChoice;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.settings.Theme;
import org.palimpsest.training.data.Example;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.exchange.ExportViewModel;
import org.palimpsest.ui.prompt.PromptViewModel;
import org.palimpsest.ui.shell.ShellViewModel;
import org.palimpsest.ui.support.FxThread;
import org.palimpsest.ui.support.Pictures;
import org.palimpsest.ui.support.ProjectOpener;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.training.TrainingViewModel;
import org.palimpsest.ui.training.TrainingViewModel.Stage;

/// The loop that the program is for, in the window with the bundled model: label and correct, export, fit an adapter on the
/// corrections, compare before and after, use the adapter, and label with it.
@Timeout(300)
final class ClosedLoopTest {
    private static final int IMAGES = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir Path folder;

    private final RecordingDialogs dialogs = new RecordingDialogs();
    private Path images;
    private javafx.stage.Stage stage;
    private DesktopSession session;

    @BeforeEach
    void openWindow() throws Exception {
        var installation = Installation.locate();
        assumeTrue(Files.isRegularFile(installation.bundledModel().resolve("model.safetensors")));
        images = Files.createDirectory(folder.resolve("scenes"));
        for (int i = 1; i <= IMAGES; i++) {
            var name = "scene-0" + i + ".png";
            Files.copy(installation.samples().resolve(name), images.resolve(name));
        }
        FxThread.start();
        FxThread.run(() -> {
            stage = new javafx.stage.Stage();
            session =
                    new DesktopSession(
                            stage,
                            new DesktopSession.Environment(
                                    new PaliGemmaOpener(
                                            DeviceChoice.AUTO, installation.bundledModel()),
                                    SettingsStore.open(folder.resolve("settings.json")),
                                    dialogs,
                                    "ada",
                                    new ProjectOpener.Places(folder.resolve("projects"), folder)),
                            installation.bundledModel());
            stage.setWidth(1280);
            stage.setHeight(860);
            stage.show();
            session.begin(List.of(images));
        });
        FxThread.await("images", () -> session.workspace().images().lines().size() == IMAGES);
    }

    @AfterEach
    void closeWindow() throws Exception {
        FxThread.run(() -> {
            stage.close();
            session.close();
        });
    }

    @Test
    void whatIsCorrectedTeachesTheModelThatAnswersNext() throws Exception {
        labelAndCorrect();
        exportAndReadBack();
        fit();
        compareAndUse();
        askAgain();
        assertThat(dialogs.problems).isEmpty();
    }

    private void labelAndCorrect() throws Exception {
        var prompt = session.viewModel(PromptViewModel.class);
        var hands = FxThread.call(() -> new Hands(session, stage));
        for (int i = 0; i < IMAGES; i++) {
            int index = i;
            FxThread.await("an image", () -> session.workspace().current() != null);
            FxThread.run(() -> prompt.labels().setAll("triangle", "cross", "star", "moon"));
            FxThread.await("the model", () -> prompt.runnableProperty().get());
            FxThread.run(() -> fire("#run"));
            FxThread.await("an answer", () -> isPredicted() && prompt.runnableProperty().get());
            FxThread.run(() -> {
                if (index == 0) {
                    // What the model did not see is drawn by hand.
                    session.commands().run(Command.BOX_TOOL);
                    hands.drag(new Point(4, 150), new Point(40, 200));
                    session.commands().run(Command.SELECT_TOOL);
                }
                session.commands().run(Command.ACCEPT_ALL);
                session.commands().run(Command.DONE_AND_NEXT);
            });
        }
        FxThread.await("the last image is done", () -> count(ImageState.DONE) == IMAGES);
    }

    private boolean isPredicted() {
        var now = session.workspace().current();
        return now != null
                && now.annotations().stream()
                        .anyMatch(one -> one.provenance() instanceof Provenance.Predicted);
    }

    private long count(ImageState state) {
        return session.workspace().images().lines().stream()
                .filter(line -> line.state() == state)
                .count();
    }

    private void exportAndReadBack() throws Exception {
        var target = folder.resolve("exported");
        var export = session.viewModel(ExportViewModel.class);
        FxThread.run(export::export);
        FxThread.await("a preview", () -> export.readyProperty().get());
        FxThread.run(() -> {
            export.typeTarget(target.toString());
            export.run();
        });
        FxThread.await("the files", () -> export.reportProperty().get().isPresent());
        FxThread.run(export::close);
        Path jsonl;
        try (var files = Files.walk(target)) {
            jsonl =
                    files.filter(one -> one.toString().endsWith(".jsonl"))
                            .findFirst()
                            .orElseThrow();
        }
        assertThat(Files.readAllLines(jsonl)).hasSizeGreaterThanOrEqualTo(IMAGES - 1);
        var read =
                JsonlExamples.read(
                        jsonl,
                        Optional.empty(),
                        Optional.empty(),
                        new FittingData.HoldOut(0, 0),
                        Progress.NONE);
        assertThat(read.findings()).isEmpty();
        assertThat(read.training().stream().map(Example::image).distinct()).hasSize(IMAGES);
    }

    private void fit() throws Exception {
        var training = session.viewModel(TrainingViewModel.class);
        FxThread.run(() -> session.commands().run(Command.TRAINING));
        type("steps", "3");
        type("batch", "2");
        type("evaluateEvery", "3");
        type("share", "0.25");
        FxThread.await("what can be learnt", () -> !button("#begin").isDisabled());
        look("before");
        FxThread.run(() -> fire("#begin"));
        FxThread.await("training", () -> training.stageProperty().get() == Stage.RUNNING);
        look("during");
        // It goes on while the page is closed.
        FxThread.run(() -> fire(".page-close"));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (FxThread.call(() -> training.stageProperty().get() == Stage.RUNNING)
                && System.nanoTime() < deadline) {
            Thread.sleep(50);
        }
        assertThat(training.problemProperty().get()).isEmpty();
        assertThat(training.stageProperty().get()).isEqualTo(Stage.AFTER);
        FxThread.run(() -> session.commands().run(Command.TRAINING));
    }

    private void compareAndUse() throws Exception {
        look("after");
        FxThread.run(() -> {
            var figures = stage.getScene().lookup(".training-figures");
            assertThat(figures.lookupAll(".training-number")).hasSizeGreaterThan(8);
            assertThat(stage.getScene().getRoot().lookupAll(".training-image")).hasSize(1);
            fire(".training-use");
        });
        FxThread.await(
                "the adapter answers",
                () ->
                        session.modelState() instanceof ModelState.Ready(var card)
                                && card.choice().adapter().equals(Optional.of(run())));
        assertThat(run().resolve("adapter_model.safetensors")).isRegularFile();
        assertThat(run().resolve("README.md")).content().contains("before");
        assertThat(SettingsStore.open(folder.resolve("settings.json")).settings().adapter())
                .contains(run());
    }

    private Path run() {
        return images.resolve("adapters").resolve("scenes-1");
    }

    private void askAgain() throws Exception {
        var prompt = session.viewModel(PromptViewModel.class);
        FxThread.run(() -> {
            fire(".page-close");
            session.commands().run(Command.FIRST_IMAGE);
            prompt.labels().setAll("moon", "triangle");
        });
        FxThread.await("the model", () -> prompt.runnableProperty().get());
        FxThread.run(() -> fire("#run"));
        FxThread.await("an answer", () -> answeredBy("scenes-1"));
    }

    /// Whether a model whose name has this in it proposed something for the image on the screen.
    private boolean answeredBy(String name) {
        var now = session.workspace().current();
        return now != null
                && now.annotations().stream()
                        .anyMatch(one ->
                                one.provenance() instanceof Provenance.Predicted predicted
                                        && predicted.model().contains(name)
                                        && predicted.prompt().equals("detect moon ; triangle"));
    }

    private void look(String name) throws Exception {
        for (var theme : List.of(Theme.DARK, Theme.LIGHT)) {
            FxThread.run(
                    () -> session.viewModel(ShellViewModel.class).preferences().setTheme(theme));
            FxThread.call(() ->
                    Pictures.write(
                            stage.getScene().getRoot(),
                            "training-" + name + "-" + theme.name().toLowerCase(Locale.ROOT),
                            1));
        }
    }

    private void type(String field, String text) throws Exception {
        FxThread.run(
                () -> ((TextField) stage.getScene().lookup(".training-" + field)).setText(text));
    }

    private Button button(String selector) {
        return (Button) stage.getScene().lookup(selector);
    }

    private void fire(String selector) {
        button(selector).fire();
    }
}

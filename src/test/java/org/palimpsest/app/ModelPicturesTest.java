package org.palimpsest.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Semaphore;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TitledPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.palimpsest.inference.FakeModel;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.settings.Theme;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.prompt.PromptViewModel;
import org.palimpsest.ui.prompt.TaskKind;
import org.palimpsest.ui.queue.QueueViewModel;
import org.palimpsest.ui.queue.QueuedRun;
import org.palimpsest.ui.shell.ShellViewModel;
import org.palimpsest.ui.support.Contrast;
import org.palimpsest.ui.support.FxThread;
import org.palimpsest.ui.support.Pictures;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.support.Samples;

/// Shows the task panel, the queue and the comparison in both themes, measures them, and writes pictures to look at.
@Timeout(180)
final class ModelPicturesTest {
    private static final String CIRCLES =
            "<loc0102><loc0102> <loc0512><loc0409> circle ; <loc0512><loc0614> <loc0921><loc0921> circle";
    private static final String LONG =
            "answer en how many objects with a rather long name are there in this picture?";

    /// Prompts of any length are cut, with a tooltip.
    private static final Set<String> CUT = Set.of("run-prompt", "combo-box");

    @TempDir Path folder;

    private final FakeModel model = new FakeModel(Path.of("fake"));
    private final List<String> faults = new ArrayList<>();
    private DesktopSession session;
    private Stage stage;

    @BeforeEach
    void open() throws Exception {
        FxThread.start();
        var images = Files.createDirectory(folder.resolve("images"));
        Samples.images(images, 4);
        model.confidences = new double[] {0.95, 0.7, 0.4, 0.2};
        model.answering("detect circle ; square", CIRCLES);
        model.answering(
                "detect star", "<loc0102><loc0102> <loc0512><loc0409> star ; <loc0001> star");
        model.answering(LONG, "there are three of them");
        FxThread.run(() -> {
            var window =
                    TestWindow.show(folder, (_, _) -> model, new RecordingDialogs(), 1200, 1000);
            stage = window.stage();
            session = window.session();
            session.begin(List.of(images));
        });
        FxThread.await("images", () -> session.workspace().current() != null);
    }

    @AfterEach
    void close() throws Exception {
        model.gate.release(1_000_000);
        FxThread.run(() -> {
            preferences().setTheme(Theme.LIGHT);
            stage.close();
            session.close();
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Theme.class,
            names = {"LIGHT", "DARK"})
    void everythingIsReadableAndNothingIsCutOff(Theme theme) throws Exception {
        FxThread.run(() -> preferences().setTheme(theme));
        var prompt = session.viewModel(PromptViewModel.class);
        FxThread.run(() -> prompt.usePrompt("detect circle ; square"));
        ask(prompt);
        look("task-detect", ".prompt-panel", theme);
        FxThread.run(() -> prompt.usePrompt("detect star"));
        ask(prompt);
        look("task-malformed", ".prompt-panel", theme);
        FxThread.run(() -> prompt.labels().clear());
        look("task-missing", ".prompt-panel", theme);
        FxThread.run(() -> prompt.usePrompt(LONG));
        model.failure = new ProblemException("The GPU is gone", "cuda:0", "Use the processor");
        ask(prompt);
        look("task-problem", ".prompt-panel", theme);
        FxThread.run(() -> prompt.kindProperty().set(TaskKind.CAPTION));
        FxThread.run(() -> session.workspace().step(1));
        look("task-caption", ".prompt-panel", theme);

        lookAtQueue(prompt, theme);
        lookAtComparison(prompt, theme);
        assertThat(faults).isEmpty();
    }

    private void lookAtQueue(PromptViewModel prompt, Theme theme) throws Exception {
        command(Command.QUEUE);
        look("queue-empty", ".queue-panel", theme);
        model.gate = new Semaphore(0);
        for (var text : List.of("detect star", LONG, "caption en")) {
            FxThread.run(() -> prompt.usePrompt(text));
            command(Command.RUN_ON_ALL);
        }
        look("queue-waiting", ".queue-panel", theme);
        model.gate.release(1_000_000);
        var queue = session.viewModel(QueueViewModel.class);
        FxThread.await(
                "the runs",
                () ->
                        queue.runs().size() == 3
                                && queue.runs().stream()
                                        .allMatch(run -> run.state() == QueuedRun.State.DONE));
        FxThread.run(() ->
                stage.getScene()
                        .getRoot()
                        .lookupAll(".run-failures")
                        .forEach(pane -> ((TitledPane) pane).setExpanded(true)));
        look("queue-done", ".queue-panel", theme);
    }

    private void lookAtComparison(PromptViewModel prompt, Theme theme) throws Exception {
        FxThread.run(() -> prompt.usePrompt("detect circle ; square"));
        command(Command.COMPARE_MODELS);
        look("compare-begin", ".compare", theme);
        FxThread.run(() -> {
            for (var box : stage.getScene().getRoot().lookup(".compare").lookupAll(".combo-box")) {
                ((ComboBox<?>) box).getSelectionModel().selectFirst();
            }
            ((Button) stage.getScene().getRoot().lookup(".compare").lookup("#ask")).fire();
        });
        Thread.sleep(500);
        look("compare", ".compare", theme);
        command(Command.COMPARE_MODELS);
    }

    private void ask(PromptViewModel prompt) throws Exception {
        FxThread.run(prompt::run);
        FxThread.await("an answer", () -> !prompt.runningProperty().get());
    }

    private org.palimpsest.ui.settings.Preferences preferences() {
        return session.viewModel(ShellViewModel.class).preferences();
    }

    private void command(Command command) throws Exception {
        FxThread.run(() -> session.viewModel(ShellViewModel.class).commands().run(command));
    }

    private void look(String name, String part, Theme theme) throws Exception {
        Thread.sleep(300);
        FxThread.call(() -> {
            var root = (Parent) stage.getScene().getRoot().lookup(part);
            assertThat(root).as(part).isNotNull();
            var file = name + "-" + theme.name().toLowerCase(Locale.ROOT);
            Pictures.write(root, file, 1);
            Pictures.write(root, file, 2);
            Contrast.faint(root, Set.of()).forEach(text -> faults.add(name + " faint: " + text));
            Contrast.clipped(root, CUT).forEach(text -> faults.add(name + " clipped: " + text));
            Contrast.nameless(root, Set.of())
                    .forEach(text -> faults.add(name + " nameless: " + text));
            return true;
        });
    }
}

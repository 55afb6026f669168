package org.palimpsest.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.inference.ModelState;
import org.palimpsest.inference.PaliGemmaOpener;
import org.palimpsest.modelstore.Installation;
import org.palimpsest.runtime.DeviceChoice;
import org.palimpsest.settings.Settings;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.settings.Theme;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.exchange.ExportViewModel;
import org.palimpsest.ui.prompt.PromptViewModel;
import org.palimpsest.ui.queue.QueueViewModel;
import org.palimpsest.ui.queue.QueuedRun;
import org.palimpsest.ui.support.FxThread;
import org.palimpsest.ui.support.Page;
import org.palimpsest.ui.support.ProjectOpener;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.support.Texts;

/// Writes the pictures of the guide when it is run with `-Dpalimpsest.guide=write`: the window with the sample images and
/// what the bundled model really answers about them. `GuideDocumentsTest` checks that they are there.
@Timeout(600)
final class GuidePicturesTest {
    private static final Path FOLDER = Path.of("docs", "guide", "pictures");
    private static final String SHAPES = "detect circle ; cross ; moon ; heart ; star ; ring";

    @TempDir Path folder;

    private DesktopSession session;
    private Stage stage;

    @BeforeEach
    void open() throws Exception {
        assumeTrue("write".equals(System.getProperty("palimpsest.guide")));
        var installation = Installation.locate();
        FxThread.start();
        var settings = SettingsStore.open(folder.resolve("settings.json"));
        settings.save(Settings.DEFAULT.withTheme(Theme.LIGHT).withReopen(false));
        FxThread.run(() -> {
            stage = new Stage();
            session =
                    new DesktopSession(
                            stage,
                            new DesktopSession.Environment(
                                    new PaliGemmaOpener(
                                            DeviceChoice.AUTO, installation.bundledModel()),
                                    settings,
                                    new RecordingDialogs(),
                                    "ada",
                                    new ProjectOpener.Places(
                                            folder.resolve("projects"), installation.samples())),
                            installation.bundledModel());
            stage.setX(0);
            stage.setY(0);
            size(920, 640);
            stage.show();
            session.begin(List.of());
        });
        FxThread.await("the model", () -> session.modelState() instanceof ModelState.Ready);
    }

    @AfterEach
    void close() throws Exception {
        if (session != null) {
            FxThread.run(() -> {
                stage.close();
                session.close();
            });
        }
    }

    @Test
    void everyPictureOfTheGuide() throws Exception {
        picture("welcome", ".root");
        FxThread.run(() -> {
            size(1240, 760);
            session.openSamples();
        });
        FxThread.await(
                "the samples",
                () ->
                        session.workspace().images().lines().size() == 30
                                && session.workspace().current() != null);
        answers();
        correcting();
        exporting();
        running();
        reviewing();
        guide();
        pages();
        command(Command.SETTINGS);
        picture("settings", ".settings-card");
    }

    private void answers() throws Exception {
        show("scene-24");
        ask("segment moon ; circle ; star");
        picture("window", ".root");
        show("scene-03");
        ask("detect circle ; star");
        picture("detect", ".canvas-pane");
        FxThread.run(() -> size(1240, 980));
        picture("task", ".prompt-panel");
        FxThread.run(() -> size(1240, 760));
        takeAway();
        ask("segment star");
        picture("segment", ".canvas-pane");
        takeAway();
        show("scene-28");
        ask(SHAPES);
        FxThread.run(() -> size(1240, 980));
        picture("malformed", ".prompt-panel");
        FxThread.run(() -> size(1240, 760));
        takeAway();
    }

    private void correcting() throws Exception {
        show("scene-24");
        FxThread.run(() -> {
            var objects = session.workspace().current().objects();
            session.workspace().select(Set.of(objects.get(0).id(), objects.get(1).id()));
        });
        command(Command.ACCEPT);
        FxThread.run(() -> {
            var last = session.workspace().current().objects().getLast();
            session.workspace().select(Set.of(last.id()));
        });
        FxThread.run(() -> reveal(".inspector"));
        picture("correct", ".root");
        FxThread.run(() -> session.workspace().select(Set.of()));
        unfold("shell.panel.labels");
        picture("labels", ".labels");
        unfold("shell.panel.labels");
        show("scene-04");
        ask("detect cross ; moon");
        FxThread.run(() -> reveal(".inspector"));
        picture("predictions", ".root");
    }

    private void exporting() throws Exception {
        var export = session.viewModel(ExportViewModel.class);
        command(Command.EXPORT);
        FxThread.await("a preview", () -> export.readyProperty().get());
        FxThread.run(() -> export.typeTarget("/home/ada/shapes-for-big-vision"));
        settle();
        settle();
        save("export", dialog().getScene(), dialog().getScene().getRoot());
        FxThread.run(() -> dialog().close());
    }

    private void running() throws Exception {
        FxThread.run(() -> prompt().usePrompt(SHAPES));
        command(Command.RUN_ON_ALL);
        finished(1);
        command(Command.QUEUE);
        settle();
        FxThread.run(() -> reveal(".queue-panel"));
        picture("runs", ".queue-panel");
    }

    private void finished(int runs) throws Exception {
        var queue = session.viewModel(QueueViewModel.class);
        while (!FxThread.call(
                () ->
                        queue.runs().size() == runs
                                && queue.runs().stream()
                                        .allMatch(run -> run.state() == QueuedRun.State.DONE))) {
            settle();
        }
    }

    private void reviewing() throws Exception {
        command(Command.REVIEW_MODE);
        unfold("shell.panel.review");
        FxThread.run(() -> reveal(".review-queue"));
        picture("review", ".root");
        picture("review-bar", ".review-bar");
        command(Command.REVIEW_MODE);
        show("scene-04");
        FxThread.run(() -> prompt().usePrompt("detect cross ; moon"));
        command(Command.COMPARE_MODELS);
        settle();
        for (int side = 0; side < 2; side++) {
            int at = side;
            FxThread.run(() -> {
                var boxes =
                        List.copyOf(stage.getScene().lookup(".compare").lookupAll(".combo-box"));
                ((ComboBox<?>) boxes.get(at)).getSelectionModel().select(at);
            });
            settle();
        }
        FxThread.run(() -> ((Button) stage.getScene().lookup(".compare").lookup("#ask")).fire());
        settle();
        settle();
        settle();
        picture("compare", ".compare");
        command(Command.COMPARE_MODELS);
    }

    private void guide() throws Exception {
        command(Command.GUIDE);
        settle();
        var window =
                FxThread.call(() ->
                        Window.getWindows().stream()
                                .filter(one ->
                                        one.getScene()
                                                .getRoot()
                                                .getStyleClass()
                                                .contains("guide-window"))
                                .findFirst()
                                .orElseThrow());
        settle();
        save("guide", window.getScene(), window.getScene().getRoot());
    }

    /// The pages in the place of the images, and the settings.
    private void pages() throws Exception {
        show("scene-01");
        for (int i = 0; i < 8; i++) {
            command(Command.DONE_AND_NEXT);
            settle();
        }
        for (var page : Page.values()) {
            command(Command.valueOf(page.name()));
            for (int i = 0; i < 8; i++) {
                settle();
            }
            if (page == Page.EVALUATION) {
                evaluate();
            }
            if (page == Page.DOCTOR) {
                // Without what is said of this very computer.
                FxThread.run(() -> size(1240, 530));
            }
            picture(page.name().toLowerCase(Locale.ROOT), ".root");
        }
        FxThread.run(() -> {
            size(1240, 760);
            press(KeyCode.ESCAPE);
        });
        settle();
    }

    private void evaluate() throws Exception {
        var page = stage.getScene().lookup(".evaluation");
        FxThread.run(() -> ((ComboBox<?>) page.lookup("#images")).getSelectionModel().select(2));
        settle();
        FxThread.run(() -> ((Button) page.lookup("#start")).fire());
        settle();
        while (FxThread.call(() -> page.lookup("#progressRow").isVisible())) {
            settle();
        }
        settle();
    }

    private void press(KeyCode code) {
        Event.fireEvent(
                stage.getScene().getFocusOwner(),
                new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false));
    }

    private PromptViewModel prompt() {
        return session.viewModel(PromptViewModel.class);
    }

    private void ask(String words) throws Exception {
        var prompt = prompt();
        FxThread.run(() -> prompt.usePrompt(words));
        FxThread.await("it can be asked", () -> prompt.runnableProperty().get());
        FxThread.run(prompt::run);
        FxThread.await("an answer", () -> !prompt.runningProperty().get());
        settle();
    }

    /// Leaves the image as it was before the question.
    private void takeAway() throws Exception {
        command(Command.UNDO);
        settle();
    }

    private void show(String name) throws Exception {
        FxThread.run(() ->
                session.workspace().images().lines().stream()
                        .filter(line -> line.image().file().toString().contains(name))
                        .findFirst()
                        .ifPresent(line -> session.workspace().show(line.image().id())));
        FxThread.await(
                name,
                () ->
                        session.workspace().current() != null
                                && session.workspace()
                                        .current()
                                        .image()
                                        .file()
                                        .toString()
                                        .contains(name));
        settle();
    }

    private void command(Command command) throws Exception {
        assertThat(FxThread.call(() -> session.commands().run(command)))
                .as(command.name())
                .isTrue();
    }

    private void size(double width, double height) {
        stage.setWidth(width);
        stage.setHeight(height);
    }

    private static void settle() throws Exception {
        Thread.sleep(700);
    }

    /// Opens a panel by its heading, or folds it.
    private void unfold(String panel) throws Exception {
        var name = Texts.get(panel);
        FxThread.run(() ->
                stage.getScene().getRoot().lookupAll(".panel-heading .button").stream()
                        .map(Button.class::cast)
                        .filter(button ->
                                List.of(
                                                Texts.get("shell.panel.open", name),
                                                Texts.get("shell.panel.fold", name))
                                        .contains(button.getAccessibleText()))
                        .findFirst()
                        .orElseThrow()
                        .fire());
        settle();
    }

    /// Scrolls the side so that a panel begins at its top.
    private void reveal(String part) {
        var scroll = (javafx.scene.control.ScrollPane) stage.getScene().lookup("#side");
        var content = scroll.getContent();
        var panel = content.lookup(part);
        if (panel == null) {
            return;
        }
        double top = content.sceneToLocal(panel.localToScene(0, 0)).getY() - 40;
        double room =
                content.getLayoutBounds().getHeight() - scroll.getViewportBounds().getHeight();
        scroll.setVvalue(room <= 0 ? 0 : Math.clamp(top / room, 0, 1));
    }

    private static Stage dialog() {
        return Window.getWindows().stream()
                .filter(window -> window instanceof Stage one && one.getOwner() != null)
                .map(Stage.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private void picture(String name, String part) throws Exception {
        settle();
        save(name, stage.getScene(), part.equals(".root") ? null : part);
    }

    private static void save(String name, Scene scene, String part) throws Exception {
        var node = part == null ? scene.getRoot() : scene.getRoot().lookup(part);
        assertThat(node).as(part).isNotNull();
        save(name, scene, node);
    }

    private static void save(String name, Scene scene, Node node) throws Exception {
        FxThread.call(() -> {
            SmallPng.write(scene, node, FOLDER.resolve(name + "@2x.png"));
            return true;
        });
    }
}

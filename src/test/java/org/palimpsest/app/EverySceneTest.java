package org.palimpsest.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javafx.application.Platform;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.PopupWindow;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.dataset.edit.AddAnnotations;
import org.palimpsest.geometry.Box;
import org.palimpsest.inference.FakeModel;
import org.palimpsest.problem.Problem;
import org.palimpsest.settings.Settings;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.settings.Theme;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.prompt.PromptViewModel;
import org.palimpsest.ui.shell.ShellViewModel;
import org.palimpsest.ui.support.Contrast;
import org.palimpsest.ui.support.FxDialogService;
import org.palimpsest.ui.support.FxThread;
import org.palimpsest.ui.support.Page;
import org.palimpsest.ui.support.Pictures;
import org.palimpsest.ui.support.Reach;
import org.palimpsest.ui.support.Samples;

/// Walks every scene of the window as somebody does who has no mouse or does not see it.
@Timeout(600)
final class EverySceneTest {
    private static final String ANSWER =
            "<loc0102><loc0102><loc0512><loc0409> circle ; <loc0512><loc0614><loc0921><loc0921> circle";

    /// The line at the foot shortens what it tells for a moment; all of it is on the page of jobs.
    private static final Set<String> SHORTENED = Set.of("status-bar");

    @TempDir Path folder;

    private final FakeModel model = new FakeModel(Path.of("fake"));
    private final FxDialogService dialogs = new FxDialogService();
    private final List<String> faults = new ArrayList<>();
    private final Set<String> lookedAt = new HashSet<>();
    private DesktopSession session;
    private Stage stage;
    private Path images;

    @BeforeEach
    void open() throws Exception {
        FxThread.start();
        images = Files.createDirectory(folder.resolve("images"));
        Samples.images(images, 3);
        model.answering("detect circle", ANSWER);
        var settings = SettingsStore.open(folder.resolve("settings.json"));
        settings.save(
                Settings.DEFAULT
                        .withTheme(Theme.LIGHT)
                        .withProject(Files.createFile(folder.resolve("cells.palimpsest")))
                        .withReopen(false));
        FxThread.run(() -> {
            var window = TestWindow.show(folder, (_, _) -> model, dialogs, 1000, 980);
            stage = window.stage();
            session = window.session();
            session.begin(List.of());
        });
    }

    @AfterEach
    void close() throws Exception {
        FxThread.run(() -> {
            session.viewModel(ShellViewModel.class).preferences().setScale(100);
            stage.close();
            session.close();
        });
    }

    @Test
    void everySceneIsReachedAndUnderstoodWithoutAMouseAndWithoutEyes() throws Exception {
        FxThread.await("recent projects", () -> lookup(".recent") != null);
        walk("welcome");
        FxThread.run(() -> session.begin(List.of(images)));
        FxThread.await("images", () -> session.workspace().current() != null);
        FxThread.run(() -> lookup(".canvas-pane").requestFocus());
        fill();
        walk("main");
        command(Command.NEXT_OBJECT);
        walk("an object is selected");
        FxThread.run(() -> {
            var prompt = session.viewModel(PromptViewModel.class);
            prompt.usePrompt("detect circle");
            prompt.run();
        });
        FxThread.await("an answer", () -> session.workspace().current().objects().size() >= 3);
        walk("an answer");
        command(Command.OVERVIEW);
        command(Command.ADJUST_PICTURE);
        walk("overview and brightness");
        command(Command.OVERVIEW);
        command(Command.ADJUST_PICTURE);
        command(Command.BROWSER_LAYOUT);
        walk("grid");
        command(Command.STATISTICS);
        walk("statistics");
        command(Command.STATISTICS);
        command(Command.QUEUE);
        FxThread.run(() -> session.viewModel(PromptViewModel.class).usePrompt("detect circle"));
        command(Command.RUN_ON_ALL);
        Thread.sleep(500);
        walk("queue");
        command(Command.REVIEW_MODE);
        walk("review");
        command(Command.ACCEPT_ABOVE);
        walk("accept above");
        command(Command.REVIEW_MODE);
        FxThread.run(() -> {
            dialogs.notify("2 objects were deleted", "Undo", () -> {});
        });
        command(Command.NOTICE);
        walk("notice");
        command(Command.COMPARE_MODELS);
        walk("compare");
        command(Command.COMPARE_MODELS);
        walkOverlays();
        walkPages();
        walkWindows();
        assertThat(faults).isEmpty();
    }

    /// At twice the size on a common screen every word can be read: it wraps, or is scrolled to.
    @Test
    void atTwiceTheSizeNoWordIsCutOff() throws Exception {
        var preferences = session.viewModel(ShellViewModel.class).preferences();
        FxThread.run(() -> {
            stage.setWidth(1280);
            stage.setHeight(800);
            preferences.setScale(200);
        });
        FxThread.await("recent projects", () -> lookup(".recent") != null);
        read("welcome");
        FxThread.run(() -> session.begin(List.of(images)));
        FxThread.await("images", () -> session.workspace().current() != null);
        fill();
        command(Command.NEXT_OBJECT);
        read("main");
        for (var command : List.of(Command.PALETTE, Command.KEYS, Command.ABOUT)) {
            command(command);
            read(command.name());
            escape();
        }
        command(Command.SETTINGS);
        read("settings");
        escape();
        for (var page : Page.values()) {
            var command = Command.valueOf(page.name());
            var commands = session.viewModel(ShellViewModel.class).commands();
            if (FxThread.call(() -> commands.known().contains(command))) {
                command(command);
                read("page " + page);
                key(KeyCode.ESCAPE);
            }
        }
        assertThat(faults).isEmpty();
    }

    private void read(String name) throws Exception {
        Thread.sleep(400);
        FxThread.call(() -> {
            var root = stage.getScene().getRoot();
            root.applyCss();
            root.layout();
            Pictures.write(root, "twice-" + name.replace(' ', '-').toLowerCase(Locale.ROOT), 1);
            Contrast.clipped(root, SHORTENED).forEach(text -> faults.add(name + " cut: " + text));
            return true;
        });
    }

    private void walkOverlays() throws Exception {
        for (var command : List.of(Command.PALETTE, Command.KEYS, Command.ABOUT)) {
            command(command);
            walk(command.name());
            escape();
        }
        command(Command.SETTINGS);
        int tabs =
                FxThread.call(() -> stage.getScene().getRoot().lookupAll(".settings-tab").size());
        for (int i = 0; i < tabs; i++) {
            int tab = i;
            FxThread.run(() -> {
                var all = List.copyOf(stage.getScene().getRoot().lookupAll(".settings-tab"));
                ((ToggleButton) all.get(tab)).setSelected(true);
            });
            walk("settings " + tab);
        }
        escape();
    }

    /// Whichever pages there are: each has a command of its name.
    private void walkPages() throws Exception {
        for (var page : Page.values()) {
            var command = Command.valueOf(page.name());
            var commands = session.viewModel(ShellViewModel.class).commands();
            if (FxThread.call(() -> commands.known().contains(command))) {
                command(command);
                walk("page " + page);
                key(KeyCode.ESCAPE);
            }
        }
    }

    private void walkWindows() throws Exception {
        walkWindow(
                "problem",
                () -> dialogs.show(new Problem("The file is gone", "/a/b.png", "Choose another")));
        walkWindow("question", () -> dialogs.confirm("Delete?", "Two objects", "Delete"));
        walkWindow("words", () -> dialogs.askForText("Name", "What is it called?", "a"));
        walkWindow("export", () -> run(Command.EXPORT));
        walkWindow("import", () -> run(Command.IMPORT));
    }

    private void walkWindow(String name, Runnable show) throws Exception {
        Platform.runLater(show);
        FxThread.await(name, () -> other() != null);
        Thread.sleep(400);
        FxThread.run(() -> other().requestFocus());
        walk(name, FxThread.call(() -> other().getScene()));
        FxThread.run(() -> other().hide());
        FxThread.await(name + " is closed", () -> other() == null);
    }

    private Window other() {
        return Window.getWindows().stream()
                .filter(window -> window != stage && !(window instanceof PopupWindow))
                .findFirst()
                .orElse(null);
    }

    private void fill() throws Exception {
        FxThread.run(() -> {
            var workspace = session.workspace();
            workspace.apply(
                    AddAnnotations.onTopOf(
                            workspace.current(),
                            List.of(
                                    Samples.drawn("square", new Box(10, 10, 80, 60)),
                                    Samples.predicted(
                                            "circle",
                                            new Box(100, 20, 160, 80),
                                            "detect circle"))));
        });
    }

    private Node lookup(String style) {
        return stage.getScene().getRoot().lookup(style);
    }

    private void run(Command command) {
        session.viewModel(ShellViewModel.class).commands().run(command);
    }

    private void command(Command command) throws Exception {
        FxThread.run(() -> run(command));
    }

    private void key(KeyCode code) throws Exception {
        FxThread.run(() ->
                Event.fireEvent(
                        stage.getScene().getFocusOwner(),
                        new KeyEvent(
                                KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false)));
    }

    private void escape() throws Exception {
        key(KeyCode.ESCAPE);
        FxThread.await("the page is closed", () -> lookup(".overlay") == null);
    }

    private void walk(String name) throws Exception {
        walk(name, stage.getScene());
    }

    private void walk(String name, Scene scene) throws Exception {
        Thread.sleep(120);
        FxThread.run(() -> {
            scene.getRoot().applyCss();
            scene.getRoot().layout();
        });
        Reach.faults(scene, node -> isBehind(node, scene), lookedAt)
                .forEach(fault -> faults.add(name + ": " + fault));
    }

    /// What lies under an overlay is not to be reached.
    private static boolean isBehind(Node node, Scene scene) {
        var overlay = scene.getRoot().lookup(".overlay");
        for (Node one = node; one != null && overlay != null; one = one.getParent()) {
            if (one == overlay) {
                return false;
            }
        }
        return overlay != null;
    }
}

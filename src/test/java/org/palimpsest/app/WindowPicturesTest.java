package org.palimpsest.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javafx.event.Event;
import javafx.scene.Parent;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.palimpsest.dataset.edit.AddAnnotations;
import org.palimpsest.geometry.Box;
import org.palimpsest.inference.FakeModel;
import org.palimpsest.settings.Settings;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.settings.Theme;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.shell.ShellViewModel;
import org.palimpsest.ui.support.Contrast;
import org.palimpsest.ui.support.FxDialogService;
import org.palimpsest.ui.support.FxThread;
import org.palimpsest.ui.support.Pictures;
import org.palimpsest.ui.support.Samples;

/// Shows every page of the shell in both themes, measures it, and writes pictures of it to look at.
@Timeout(180)
final class WindowPicturesTest {
    /// The features look after themselves.
    private static final Set<String> OTHERS =
            Set.of(
                    "browser",
                    "canvas-area",
                    "prompt-panel",
                    "inspector",
                    "labels",
                    "queue-panel",
                    "compare",
                    "review-bar",
                    "review-queue");

    /// Also written at 2×.
    private static final Set<String> SHARP = Set.of("welcome", "main", "palette-typed", "settings");

    @TempDir Path folder;

    private final FakeModel model = new FakeModel(Path.of("fake"));
    private final FxDialogService dialogs = new FxDialogService();
    private final List<String> faults = new ArrayList<>();
    private DesktopSession session;
    private Stage stage;
    private Path images;

    @BeforeEach
    void open() throws Exception {
        FxThread.start();
        images = Files.createDirectory(folder.resolve("images"));
        Samples.images(images, 3);
        var settings = SettingsStore.open(folder.resolve("settings.json"));
        var other = Files.createFile(folder.resolve("Receipts of the second quarter.palimpsest"));
        settings.save(
                Settings.DEFAULT
                        .withTheme(Theme.LIGHT)
                        .withProject(
                                Path.of(
                                        "/mnt/laboratory/a place with a long name/and more of it/cells.palimpsest"))
                        .withProject(other)
                        .withReopen(false));
        FxThread.run(() -> {
            var window = TestWindow.show(folder, (_, _) -> model, dialogs, 980, 760);
            stage = window.stage();
            session = window.session();
            session.begin(List.of());
        });
    }

    @AfterEach
    void close() throws Exception {
        FxThread.run(() -> {
            preferences().setTheme(Theme.LIGHT);
            preferences().setScale(100);
            stage.close();
            session.close();
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Theme.class,
            names = {"LIGHT", "DARK"})
    void everyPageIsReadableAndNothingIsCutOff(Theme theme) throws Exception {
        FxThread.run(() -> preferences().setTheme(theme));
        FxThread.await("recent projects", () -> lookup(".recent").size() == 2);
        look("welcome", theme);
        openImages();
        look("main", theme);
        size(880, 560);
        look("main-least", theme);
        size(980, 760);
        FxThread.run(() -> {
            dialogs.notify("The settings were saved");
            dialogs.notify("2 objects were deleted", "Undo", () -> {});
        });
        look("notices", theme);
        command(Command.PALETTE);
        look("palette", theme);
        type("acc");
        look("palette-typed", theme);
        type("no such command");
        look("palette-empty", theme);
        escape();
        command(Command.KEYS);
        look("keys", theme);
        escape();
        command(Command.SETTINGS);
        look("settings", theme);
        tab(1);
        look("settings-working", theme);
        tab(2);
        look("settings-keys", theme);
        size(880, 560);
        look("settings-keys-least", theme);
        escape();
        size(980, 760);
        command(Command.FOCUS_MODE);
        look("focus", theme);
        for (int i = 0; i < menus().size(); i++) {
            menu(i, theme);
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void atEverySizeNothingOfTheShellIsCutOff() throws Exception {
        openImages();
        for (int percent : new int[] {80, 150, 200}) {
            FxThread.run(() -> preferences().setScale(percent));
            look("main-" + percent, Theme.LIGHT);
        }
        faults.removeIf(fault -> fault.startsWith("main-200")); // 980 px hold 490 of them.
        assertThat(faults).isEmpty();
    }

    private void openImages() throws Exception {
        FxThread.run(() -> session.begin(List.of(images)));
        FxThread.await("images", () -> session.workspace().current() != null);
        FxThread.run(() -> {
            var workspace = session.workspace();
            workspace.apply(
                    AddAnnotations.onTopOf(
                            workspace.current(),
                            List.of(
                                    Samples.drawn(
                                            "a label with a rather long name that goes on",
                                            new Box(10, 10, 80, 60)),
                                    Samples.predicted(
                                            "circle",
                                            new Box(100, 20, 160, 80),
                                            "detect circle"))));
        });
    }

    private org.palimpsest.ui.settings.Preferences preferences() {
        return session.viewModel(ShellViewModel.class).preferences();
    }

    private void command(Command command) throws Exception {
        FxThread.run(() -> session.viewModel(ShellViewModel.class).commands().run(command));
    }

    private void escape() throws Exception {
        FxThread.run(() -> {
            var focus = stage.getScene().getFocusOwner();
            Event.fireEvent(
                    focus,
                    new KeyEvent(
                            KeyEvent.KEY_PRESSED,
                            "",
                            "",
                            KeyCode.ESCAPE,
                            false,
                            false,
                            false,
                            false));
        });
        FxThread.await("the page is closed", () -> lookup(".overlay").isEmpty());
    }

    private List<javafx.scene.control.Menu> menus() {
        return ((javafx.scene.control.MenuBar) lookup(".menu-bar").getFirst()).getMenus();
    }

    private void menu(int index, Theme theme) throws Exception {
        FxThread.run(() -> menus().get(index).show());
        Thread.sleep(150);
        FxThread.call(() -> {
            var popup =
                    javafx.stage.Window.getWindows().stream()
                            .filter(javafx.stage.PopupWindow.class::isInstance)
                            .findFirst()
                            .orElseThrow();
            Parent root = popup.getScene().getRoot();
            Pictures.write(
                    root,
                    "menu-" + index + "-" + theme.name().toLowerCase(java.util.Locale.ROOT),
                    1);
            Contrast.faint(root, OTHERS).forEach(text -> faults.add("menu faint: " + text));
            menus().get(index).hide();
            return true;
        });
    }

    private void type(String text) throws Exception {
        FxThread.run(() -> ((TextField) lookup(".palette-field").getFirst()).setText(text));
    }

    private void tab(int index) throws Exception {
        FxThread.run(() -> ((ToggleButton) lookup(".settings-tab").get(index)).setSelected(true));
    }

    private void size(double width, double height) throws Exception {
        FxThread.run(() -> {
            stage.setWidth(width);
            stage.setHeight(height);
        });
    }

    private List<javafx.scene.Node> lookup(String style) {
        return List.copyOf(stage.getScene().getRoot().lookupAll(style));
    }

    private void look(String name, Theme theme) throws Exception {
        Thread.sleep(250);
        FxThread.call(() -> {
            Parent root = stage.getScene().getRoot();
            var file = name + "-" + theme.name().toLowerCase(java.util.Locale.ROOT);
            Pictures.write(root, file, 1);
            if (SHARP.contains(name)) {
                Pictures.write(root, file, 2);
            }
            Contrast.faint(root, OTHERS).forEach(text -> faults.add(name + " faint: " + text));
            Contrast.clipped(root, OTHERS).forEach(text -> faults.add(name + " clipped: " + text));
            Contrast.nameless(root, OTHERS)
                    .forEach(text -> faults.add(name + " nameless: " + text));
            return true;
        });
    }
}

package org.palimpsest.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.palimpsest.dataset.edit.AddAnnotations;
import org.palimpsest.geometry.Box;
import org.palimpsest.inference.FakeModel;
import org.palimpsest.settings.Settings;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.settings.Theme;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.prompt.PromptViewModel;
import org.palimpsest.ui.shell.ShellViewModel;
import org.palimpsest.ui.support.Contrast;
import org.palimpsest.ui.support.FxDialogService;
import org.palimpsest.ui.support.FxThread;
import org.palimpsest.ui.support.Pictures;
import org.palimpsest.ui.support.Samples;
import org.palimpsest.ui.support.Texts;

/// Shows the main screens in the languages whose words need most room, and measures that none is cut off.
///
/// Pictures of German are written into `target/pictures/languages`. With `-Dpalimpsest.pictures=all` every language is
/// measured and pictured, in both themes.
@Timeout(180)
final class LanguagePicturesTest {
    private static final boolean ALL = "all".equals(System.getProperty("palimpsest.pictures"));
    private static final Set<String> PICTURED = Set.of("de");

    /// What people named, of any length, is cut where it has a tooltip.
    private static final Set<String> NAMED = Set.of("file-name", "run-prompt");

    private static final String CIRCLES =
            "<loc0102><loc0102> <loc0512><loc0409> circle ; <loc0512><loc0614> <loc0921><loc0921> circle";

    @TempDir Path folder;

    private final FakeModel model = new FakeModel(Path.of("fake"));
    private final FxDialogService dialogs = new FxDialogService();

    /// What is wrong, and the screen on which it was seen first.
    private final Map<String, String> faults = new TreeMap<>();

    private String language = "";
    private DesktopSession session;
    private Stage stage;

    private static List<String> languages() {
        return ALL
                ? Texts.LANGUAGES.stream().map(Locale::toLanguageTag).toList()
                : List.of("de", "fr", "es", "ja");
    }

    private void open() throws Exception {
        FxThread.start();
        var settings = SettingsStore.open(folder.resolve("settings.json"));
        var other = Files.createFile(folder.resolve("Receipts.palimpsest"));
        settings.save(
                Settings.DEFAULT
                        .withTheme(Theme.LIGHT)
                        .withProject(Path.of("/mnt/laboratory/cells.palimpsest"))
                        .withProject(other)
                        .withReopen(false));
        model.confidences = new double[] {0.95, 0.7, 0.4, 0.2};
        model.answering("detect circle ; square", CIRCLES);
        FxThread.run(() -> {
            Texts.use(Locale.forLanguageTag(language));
            var window = TestWindow.show(folder, (_, _) -> model, dialogs, 1280, 800);
            stage = window.stage();
            session = window.session();
            session.begin(List.of());
        });
        FxThread.await("recent projects", () -> lookup(".recent").size() == 2);
    }

    @AfterEach
    void close() throws Exception {
        FxThread.run(() -> {
            preferences().setTheme(Theme.LIGHT);
            stage.close();
            session.close();
            Texts.use(Locale.ENGLISH);
        });
    }

    @ParameterizedTest
    @MethodSource("languages")
    void noWordIsCutOff(String tag) throws Exception {
        language = tag;
        open();
        look("welcome");
        openImages();
        look("workbench");
        ask();
        look("answer");
        lookAtMenus();
        run(Command.STATISTICS);
        FxThread.await("charts", () -> !lookup(".statistics-chart").isEmpty());
        look("statistics");
        run(Command.STATISTICS);
        run(Command.REVIEW_MODE);
        run(Command.QUEUE);
        FxThread.await("an image to review", () -> session.workspace().current() != null);
        look("review");
        run(Command.REVIEW_MODE);
        run(Command.COMPARE_MODELS);
        look("compare");
        run(Command.COMPARE_MODELS);
        run(Command.PALETTE);
        look("palette");
        escape();
        run(Command.KEYS);
        look("keys");
        escape();
        lookAtSettings();
        lookAtPages();
        run(Command.EXPORT);
        lookAtDialog("export");
        run(Command.IMPORT);
        lookAtDialog("import");
        assertThat(faults).as(tag).isEmpty();
    }

    private void openImages() throws Exception {
        var images = Files.createDirectory(folder.resolve("images"));
        Samples.images(images, 3);
        FxThread.run(() -> session.begin(List.of(images)));
        FxThread.await("images", () -> session.workspace().current() != null);
        FxThread.run(() ->
                session.workspace()
                        .apply(
                                AddAnnotations.onTopOf(
                                        session.workspace().current(),
                                        List.of(
                                                Samples.drawn("square", new Box(10, 10, 80, 60)),
                                                Samples.predicted(
                                                        "circle",
                                                        new Box(100, 20, 160, 80),
                                                        "detect circle")))));
        run(Command.SELECT_ALL);
        FxThread.run(() -> {
            dialogs.notify(Texts.get("tools.copied", 3));
            dialogs.notify(
                    Texts.get("browser.done", Command.ACCEPT.title(), 12),
                    Texts.get("browser.undo"),
                    () -> {});
        });
    }

    private void ask() throws Exception {
        run(Command.NEXT_IMAGE);
        FxThread.await("the image", () -> session.workspace().current() != null);
        var prompt = session.viewModel(PromptViewModel.class);
        FxThread.run(() -> prompt.usePrompt("detect circle ; square"));
        FxThread.run(prompt::run);
        FxThread.await("an answer", () -> !prompt.runningProperty().get());
        FxThread.await("objects", () -> !session.workspace().current().objects().isEmpty());
        FxThread.run(() ->
                session.workspace()
                        .select(Set.of(session.workspace().current().objects().getFirst().id())));
    }

    private void lookAtSettings() throws Exception {
        run(Command.SETTINGS);
        for (int page = 0; page < lookup(".settings-tab").size(); page++) {
            int shown = page;
            FxThread.run(
                    () -> ((ToggleButton) lookup(".settings-tab").get(shown)).setSelected(true));
            look("settings-" + page);
        }
        escape();
    }

    private void lookAtPages() throws Exception {
        for (var page :
                EnumSet.of(Command.MODELS, Command.TRAINING, Command.EVALUATION, Command.DOCTOR)) {
            run(page);
            look("page-" + page.name().toLowerCase(Locale.ROOT));
            escape();
        }
    }

    /// Menus shorten nothing, but may be wider than the window.
    private void lookAtMenus() throws Exception {
        FxThread.run(() -> {
            var bar = (javafx.scene.control.MenuBar) lookup(".menu-bar").getFirst();
            for (int i = 0; i < bar.getMenus().size() && (ALL || i == 4); i++) {
                var menu = bar.getMenus().get(i);
                menu.show();
                for (var window : popups()) {
                    measure("menu", window.getScene().getRoot());
                    if (ALL) {
                        picture(window.getScene().getRoot(), "menu-" + i, Theme.LIGHT);
                    }
                }
                menu.hide();
            }
        });
    }

    private static List<Window> popups() {
        return Window.getWindows().stream()
                .filter(javafx.stage.PopupWindow.class::isInstance)
                .toList();
    }

    private void lookAtDialog(String name) throws Exception {
        BooleanSupplier open =
                () ->
                        Window.getWindows().stream()
                                .anyMatch(one -> one != stage && one instanceof Stage);
        FxThread.await("the dialog", open::getAsBoolean);
        var dialog =
                FxThread.call(() ->
                        Window.getWindows().stream()
                                .filter(one -> one != stage && one instanceof Stage)
                                .findFirst()
                                .orElseThrow());
        look(name, dialog.getScene().getRoot());
        FxThread.run(((Stage) dialog)::close);
    }

    private void look(String name) throws Exception {
        look(name, stage.getScene().getRoot());
    }

    private void look(String name, Parent root) throws Exception {
        Thread.sleep(ALL ? 350 : 50);
        FxThread.run(() -> {
            root.applyCss();
            root.layout();
            measure(name, root);
            picture(root, name, Theme.LIGHT);
        });
        if (ALL) {
            FxThread.run(() -> preferences().setTheme(Theme.DARK));
            Thread.sleep(150);
            FxThread.run(() -> picture(root, name, Theme.DARK));
            FxThread.run(() -> preferences().setTheme(Theme.LIGHT));
        }
    }

    private void measure(String name, Parent root) {
        Contrast.clipped(root, NAMED).forEach(text -> faults.putIfAbsent("cut off: " + text, name));
        Contrast.overhanging(root, NAMED)
                .forEach(text -> faults.putIfAbsent("beyond its place: " + text, name));
    }

    private void picture(Node root, String name, Theme theme) {
        if (!ALL && !PICTURED.contains(language)) {
            return;
        }
        try {
            Pictures.write(
                    root,
                    "languages/%s-%s-%s"
                            .formatted(language, name, theme.name().toLowerCase(Locale.ROOT)),
                    1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private org.palimpsest.ui.settings.Preferences preferences() {
        return session.viewModel(ShellViewModel.class).preferences();
    }

    private void run(Command command) throws Exception {
        FxThread.run(() -> session.commands().run(command));
    }

    private void escape() throws Exception {
        FxThread.run(() -> {
            var focus = stage.getScene().getFocusOwner();
            Event.fireEvent(
                    focus == null ? stage.getScene().getRoot() : focus,
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
    }

    private List<Node> lookup(String style) {
        return List.copyOf(stage.getScene().getRoot().lookupAll(style));
    }
}

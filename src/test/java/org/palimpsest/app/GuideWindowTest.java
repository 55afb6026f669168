package org.palimpsest.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.image.ImageView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.inference.FakeModel;
import org.palimpsest.settings.Theme;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.guide.GuideViewModel;
import org.palimpsest.ui.guide.Topic;
import org.palimpsest.ui.shell.ShellViewModel;
import org.palimpsest.ui.support.Contrast;
import org.palimpsest.ui.support.FxThread;
import org.palimpsest.ui.support.Pictures;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.support.Samples;

/// The guide in its window: opened by its key from everywhere, every page shown, read with mouse and keys.
@Timeout(120)
final class GuideWindowTest {
    @TempDir Path folder;

    private final RecordingDialogs dialogs = new RecordingDialogs();
    private final List<String> faults = new ArrayList<>();
    private DesktopSession session;
    private Stage stage;

    @BeforeEach
    void open() throws Exception {
        FxThread.start();
        var images = Files.createDirectory(folder.resolve("images"));
        Samples.images(images, 2);
        FxThread.run(() -> {
            var window =
                    TestWindow.show(
                            folder, (_, _) -> new FakeModel(Path.of("fake")), dialogs, 1000, 760);
            stage = window.stage();
            session = window.session();
            session.begin(List.of(images));
        });
        FxThread.await("images", () -> session.workspace().current() != null);
    }

    @AfterEach
    void close() throws Exception {
        FxThread.run(() -> {
            session.viewModel(ShellViewModel.class).preferences().setTheme(Theme.LIGHT);
            stage.close();
            session.close();
        });
    }

    private static Optional<Stage> guide() {
        return Window.getWindows().stream()
                .filter(window ->
                        window.getScene() != null
                                && window.getScene()
                                        .getRoot()
                                        .getStyleClass()
                                        .contains("guide-window"))
                .map(Stage.class::cast)
                .findFirst();
    }

    private static Scene scene() {
        return guide().orElseThrow().getScene();
    }

    private static void press(Scene scene, KeyCode code, boolean alt) throws Exception {
        FxThread.run(() -> {
            Node focus = scene.getFocusOwner();
            Event.fireEvent(
                    focus == null ? scene : focus,
                    new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, alt, false));
        });
    }

    private static String heading() throws Exception {
        return FxThread.call(
                () -> ((javafx.scene.control.Label) scene().lookup(".guide-h1")).getText());
    }

    private static Stage dialog() {
        return Window.getWindows().stream()
                .filter(window -> window instanceof Stage one && one.getOwner() != null)
                .map(Stage.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theKeyForHelpWorksInTheWindowOverItAndInDialogs() throws Exception {
        press(stage.getScene(), KeyCode.F1, false);
        assertThat(heading()).isEqualTo("The first ten minutes");
        var first = FxThread.call(GuideWindowTest::scene);

        FxThread.run(() -> session.commands().run(Command.SETTINGS));
        press(stage.getScene(), KeyCode.F1, false);
        assertThat(heading()).isEqualTo("Languages and accessibility");
        press(stage.getScene(), KeyCode.ESCAPE, false);

        FxThread.run(() -> session.commands().run(Command.EXPORT));
        FxThread.await("the dialog", () -> dialog().isShowing());
        press(FxThread.call(() -> dialog().getScene()), KeyCode.F1, false);
        assertThat(heading()).isEqualTo("Export to trainers");
        FxThread.run(() -> dialog().close());

        FxThread.run(() -> session.commands().run(Command.REVIEW_MODE));
        FxThread.run(() -> stage.getScene().lookup(".canvas-pane").requestFocus());
        press(stage.getScene(), KeyCode.F1, false);
        assertThat(heading()).isEqualTo("Review");
        assertThat(FxThread.call(GuideWindowTest::scene)).isSameAs(first);
        FxThread.run(stage::close);
        assertThat(FxThread.call(GuideWindowTest::guide)).isEmpty();
    }

    @Test
    void pagesAreReadWithLinksBackAndSearch() throws Exception {
        FxThread.run(() -> session.viewModel(GuideViewModel.class).open(Topic.CONTENTS));
        FxThread.run(() -> link("Keys").fire());
        assertThat(heading()).isEqualTo("Keys");
        press(scene(), KeyCode.LEFT, true);
        assertThat(heading()).isEqualTo("Guide");
        FxThread.run(() -> ((Button) scene().lookup("#forward")).fire());
        assertThat(heading()).isEqualTo("Keys");

        FxThread.run(() -> ((TextField) scene().lookup("#search")).setText("review mode"));
        FxThread.run(() -> {
            var search = (TextField) scene().lookup("#search");
            search.fireEvent(new javafx.event.ActionEvent());
        });
        assertThat(heading()).isEqualTo("Review");
        var lines = (ListView<?>) FxThread.call(() -> scene().lookup("#lines"));
        assertThat(lines.getItems()).isNotEmpty();

        FxThread.run(() -> session.viewModel(GuideViewModel.class).open(Topic.MODELS));
        FxThread.run(() -> link("Gemma terms").fire());
        assertThat(dialogs.pages).hasSize(1);
        press(scene(), KeyCode.ESCAPE, false); // empties the search
        press(scene(), KeyCode.ESCAPE, false);
        assertThat(FxThread.call(GuideWindowTest::guide)).isEmpty();
    }

    private static Hyperlink link(String text) {
        return scene().getRoot().lookupAll(".guide-link").stream()
                .map(Hyperlink.class::cast)
                .filter(link -> link.getText().equals(text))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyPageIsShownAndCanBeReadInBothThemes() throws Exception {
        for (var theme : List.of(Theme.LIGHT, Theme.DARK)) {
            FxThread.run(
                    () -> session.viewModel(ShellViewModel.class).preferences().setTheme(theme));
            // One page has all that the colours differ in.
            var topics = theme == Theme.LIGHT ? List.of(Topic.values()) : List.of(Topic.TASKS);
            for (var topic : topics) {
                FxThread.run(() -> session.viewModel(GuideViewModel.class).open(topic));
                FxThread.run(() -> {});
                FxThread.call(() -> {
                    look(topic, theme);
                    return true;
                });
            }
        }
        assertThat(faults).isEmpty();
    }

    private void look(Topic topic, Theme theme) throws Exception {
        var root = scene().getRoot();
        var name = topic.name().toLowerCase(Locale.ROOT);
        root.applyCss();
        root.layout();
        if (topic == Topic.TASKS) {
            Pictures.write(root, "guide-" + theme.name().toLowerCase(Locale.ROOT), 1);
        }
        Contrast.faint(root, Set.of()).forEach(text -> faults.add(name + " faint: " + text));
        Contrast.clipped(root, Set.of()).forEach(text -> faults.add(name + " clipped: " + text));
        Contrast.nameless(root, Set.of()).forEach(text -> faults.add(name + " nameless: " + text));
        double width = scene().lookup(".guide-page").getLayoutBounds().getWidth();
        for (var picture : root.lookupAll(".guide-picture")) {
            var view = (ImageView) picture.lookup("ImageView");
            if (view.getBoundsInLocal().getWidth() > width || view.getImage().isError()) {
                faults.add(name + " picture " + view.getAccessibleText());
            }
        }
    }
}

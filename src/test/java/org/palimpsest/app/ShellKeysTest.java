package org.palimpsest.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.dataset.Label;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.edit.ReplaceLabels;
import org.palimpsest.geometry.Box;
import org.palimpsest.inference.FakeModel;
import org.palimpsest.settings.Theme;
import org.palimpsest.ui.canvas.CanvasPane;
import org.palimpsest.ui.canvas.CanvasViewModel;
import org.palimpsest.ui.canvas.ToolKind;
import org.palimpsest.ui.shell.ShellViewModel;
import org.palimpsest.ui.support.FxDialogService;
import org.palimpsest.ui.support.FxThread;
import org.palimpsest.ui.support.Samples;

/// The window by its keys alone: palette, pages, notices, labels, and fields that keep their letters.
@Timeout(120)
final class ShellKeysTest {
    @TempDir Path folder;

    private final FxDialogService dialogs = new FxDialogService();
    private DesktopSession session;
    private Stage stage;

    @BeforeEach
    void open() throws Exception {
        FxThread.start();
        var images = Files.createDirectory(folder.resolve("images"));
        Samples.images(images, 3);
        FxThread.run(() -> {
            var window =
                    TestWindow.show(
                            folder, (_, _) -> new FakeModel(Path.of("fake")), dialogs, 980, 760);
            stage = window.stage();
            session = window.session();
            session.begin(List.of(images));
        });
        FxThread.await("an image", () -> session.workspace().current() != null);
        FxThread.run(() -> lookup(".canvas-pane").requestFocus());
    }

    @AfterEach
    void close() throws Exception {
        FxThread.run(() -> {
            shell().preferences().setTheme(Theme.LIGHT);
            stage.close();
            session.close();
        });
    }

    @Test
    void aCommandIsFoundByTypingAndTheFocusGoesBackToTheImage() throws Exception {
        press(KeyCode.P, true, true);
        assertThat(FxThread.call(() -> focus())).isInstanceOf(TextField.class);
        FxThread.run(() -> ((TextField) focus()).setText("polyg"));
        press(KeyCode.ENTER);
        assertThat(FxThread.call(() -> tool())).isEqualTo(ToolKind.POLYGON);
        assertThat(FxThread.call(() -> focus())).isInstanceOf(CanvasPane.class);
        assertThat(FxThread.call(() -> stage.getScene().getRoot().lookup(".overlay"))).isNull();
    }

    @Test
    void keysOfTheImagesRestWhileAPageLiesOverThem() throws Exception {
        press(KeyCode.M, true, true);
        press(KeyCode.B);
        assertThat(FxThread.call(() -> tool())).isEqualTo(ToolKind.SELECT);
        press(KeyCode.ESCAPE);
        press(KeyCode.B);
        assertThat(FxThread.call(() -> tool())).isEqualTo(ToolKind.BOX);
    }

    @Test
    void whileAPageIsOpenKeysDoNotReachTheWindowBelow() throws Exception {
        press(KeyCode.COMMA, true, false);
        press(KeyCode.PAGE_DOWN);
        press(KeyCode.B);
        assertThat(FxThread.call(() -> tool())).isEqualTo(ToolKind.SELECT);
        press(KeyCode.ESCAPE);
        press(KeyCode.B);
        assertThat(FxThread.call(() -> tool())).isEqualTo(ToolKind.BOX);
    }

    @Test
    void aKeyDoesItsWorkOnceThoughItStandsInTheMenuToo() throws Exception {
        press(KeyCode.PAGE_DOWN);
        FxThread.await("the second image", () -> index() == 1);
        press(KeyCode.T, true, false);
        assertThat(FxThread.call(() -> shell().preferences().themeProperty().get()))
                .isEqualTo(Theme.LIGHT); // After the system's, once round.
    }

    @Test
    void digitsSetTheLabelOfTheSelectionButNotWhileTyping() throws Exception {
        FxThread.run(() -> {
            var workspace = session.workspace();
            var labels = workspace.labels();
            workspace.apply(
                    new ReplaceLabels(
                            labels,
                            new LabelSet(List.of(new Label("cat", 0xff0000).withShortcut("7")))));
            var box = Samples.addBox(workspace, "dog", new Box(10, 10, 40, 40));
            workspace.select(Set.of(box.id()));
        });
        FxThread.run(() -> lookup(".canvas-pane").requestFocus());
        press(KeyCode.DIGIT7);
        FxThread.await(
                "the label",
                () -> session.workspace().current().objects().getFirst().label().equals("cat"));

        FxThread.run(() -> lookup(".label-input").requestFocus());
        press(KeyCode.B);
        assertThat(FxThread.call(() -> tool())).isEqualTo(ToolKind.SELECT);
    }

    @Test
    void aNoticeIsReachedAndAnsweredByKeys() throws Exception {
        var undone = new ArrayList<String>();
        FxThread.run(() -> dialogs.notify("2 objects were deleted", "Undo", () -> undone.add("2")));
        press(KeyCode.F6);
        FxThread.run(() -> assertThat(((Button) focus()).getText()).isEqualTo("Undo"));
        FxThread.run(() -> ((Button) focus()).fire());
        assertThat(undone).containsExactly("2");
        assertThat(FxThread.call(() -> stage.getScene().getRoot().lookup(".notice-card"))).isNull();
    }

    @Test
    void imageOnlyTakesTheSidesAwayAndGivesThemBack() throws Exception {
        press(KeyCode.F11);
        assertThat(FxThread.call(() -> stage.getScene().getRoot().lookup(".browser"))).isNull();
        press(KeyCode.F11);
        assertThat(FxThread.call(() -> stage.getScene().getRoot().lookup(".browser"))).isNotNull();
    }

    private ShellViewModel shell() {
        return session.viewModel(ShellViewModel.class);
    }

    private ToolKind tool() {
        return session.viewModel(CanvasViewModel.class).toolProperty().get();
    }

    private int index() {
        return session.workspace().images().indexOf(session.workspace().currentImage().id());
    }

    private Node focus() {
        return stage.getScene().getFocusOwner();
    }

    private Node lookup(String style) {
        return stage.getScene().getRoot().lookup(style);
    }

    private void press(KeyCode code) throws Exception {
        press(code, false, false);
    }

    private void press(KeyCode code, boolean control, boolean shift) throws Exception {
        var text = code.isLetterKey() || code.isDigitKey() ? code.getChar() : "";
        FxThread.run(() ->
                Event.fireEvent(
                        focus(),
                        new KeyEvent(
                                KeyEvent.KEY_PRESSED,
                                "",
                                text,
                                code,
                                shift,
                                control,
                                false,
                                false)));
        // What is left of the key is done before the next one.
        FxThread.run(() -> {});
    }
}

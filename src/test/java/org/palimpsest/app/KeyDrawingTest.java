package org.palimpsest.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.edit.ReplaceLabels;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Region;
import org.palimpsest.inference.FakeModel;
import org.palimpsest.ui.canvas.CanvasPane;
import org.palimpsest.ui.canvas.CanvasViewModel;
import org.palimpsest.ui.support.FxThread;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.support.Samples;

/// Draws, moves and resizes in the window by keys alone; what comes of it is what the mouse makes.
@Timeout(60)
final class KeyDrawingTest {
    @TempDir Path folder;

    private DesktopSession session;
    private Stage stage;
    private Hands hands;

    @BeforeEach
    void open() throws Exception {
        FxThread.start();
        var images = Files.createDirectory(folder.resolve("images"));
        Samples.images(images, 1);
        FxThread.run(() -> {
            var window =
                    TestWindow.show(
                            folder,
                            (_, _) -> new FakeModel(Path.of("fake")),
                            new RecordingDialogs(),
                            980,
                            760);
            stage = window.stage();
            session = window.session();
            session.begin(List.of(images));
        });
        FxThread.await("an image", () -> session.workspace().current() != null);
        FxThread.run(() -> hands = new Hands(session, stage));
        FxThread.await("its picture", () -> canvas().pictureProperty().get() != null);
        FxThread.run(() -> {
            var workspace = session.workspace();
            var labels = LabelSet.ofNames(List.of("cell"));
            workspace.apply(new ReplaceLabels(workspace.labels(), labels));
            workspace.setCurrentLabel("cell");
            hands.pane().requestFocus();
        });
    }

    @AfterEach
    void close() throws Exception {
        FxThread.run(() -> {
            stage.close();
            session.close();
        });
    }

    @Test
    void aBoxDrawnByKeysIsTheOneThatTheMouseDraws() throws Exception {
        press(KeyCode.B);
        FxThread.run(() -> hands.drag(new Point(20, 30), new Point(90, 70)));
        var byMouse = regions();
        assertThat(byMouse).containsExactly(new Box(20, 30, 90, 70));
        press(KeyCode.Z, "Ctrl");
        FxThread.await("undone", () -> objects().isEmpty());

        press(KeyCode.S, "Shift"); // Does not stick to edges, as the drag above.
        go(20, 30);
        press(KeyCode.ENTER);
        go(90, 70);
        press(KeyCode.ENTER);

        assertThat(regions()).isEqualTo(byMouse);
        press(KeyCode.Z, "Ctrl");
        FxThread.await("undone", () -> objects().isEmpty());
    }

    @Test
    void aPolygonIsDrawnMovedAndReshapedByKeys() throws Exception {
        press(KeyCode.P);
        press(KeyCode.S, "Shift");
        go(20, 20);
        press(KeyCode.SPACE);
        go(100, 25);
        press(KeyCode.SPACE);
        go(150, 90);
        press(KeyCode.SPACE);
        press(KeyCode.BACK_SPACE);
        go(60, 80);
        press(KeyCode.ENTER);
        press(KeyCode.ENTER);
        assertThat(regions())
                .containsExactly(
                        new Polygon(
                                List.of(new Point(20, 20), new Point(100, 25), new Point(60, 80))));

        press(KeyCode.PERIOD); // The first point; this takes the tool that selects.
        press(KeyCode.PERIOD);
        press(KeyCode.RIGHT, "Shift");
        press(KeyCode.ESCAPE);
        press(KeyCode.UP);
        assertThat(regions())
                .containsExactly(
                        new Polygon(
                                List.of(new Point(20, 19), new Point(110, 24), new Point(60, 79))));
    }

    @Test
    void aBoxIsResizedByKeysAsByItsHandles() throws Exception {
        press(KeyCode.B);
        FxThread.run(() -> hands.drag(new Point(20, 30), new Point(90, 70)));
        press(KeyCode.V);
        FxThread.run(() -> hands.drag(new Point(90, 70), new Point(101, 72)));
        FxThread.run(() -> hands.drag(new Point(20, 51), new Point(10, 51)));
        var byMouse = regions();
        assertThat(byMouse).containsExactly(new Box(10, 30, 101, 72));
        press(KeyCode.Z, "Ctrl");
        press(KeyCode.Z, "Ctrl");
        FxThread.await("undone", () -> objects().equals(List.of(new Box(20, 30, 90, 70))));

        press(KeyCode.RIGHT, "Alt", "Shift");
        press(KeyCode.RIGHT, "Alt");
        press(KeyCode.DOWN, "Alt");
        press(KeyCode.DOWN, "Alt");
        press(KeyCode.COMMA); // The left side.
        press(KeyCode.LEFT, "Shift");

        assertThat(regions()).isEqualTo(byMouse);
    }

    @Test
    void theFocusLeavesTheImageByAKeyAndComesBack() throws Exception {
        press(KeyCode.TAB, "Ctrl");
        assertThat(FxThread.call(() -> inside(".side-panel")))
                .as("%s", FxThread.call(() -> stage.getScene().getFocusOwner()))
                .isTrue();
        press(KeyCode.TAB, "Ctrl", "Shift");
        assertThat(FxThread.call(() -> stage.getScene().getFocusOwner()))
                .isInstanceOf(CanvasPane.class);
        press(KeyCode.TAB, "Ctrl", "Shift");
        press(KeyCode.TAB, "Ctrl", "Shift");
        assertThat(FxThread.call(() -> inside(".browser")))
                .as("%s", FxThread.call(() -> stage.getScene().getFocusOwner()))
                .isTrue();
    }

    private boolean inside(String style) {
        for (var node = stage.getScene().getFocusOwner(); node != null; node = node.getParent()) {
            if (node.getStyleClass().contains(style.substring(1))) {
                return true;
            }
        }
        return false;
    }

    private CanvasViewModel canvas() {
        return session.viewModel(CanvasViewModel.class);
    }

    private List<Region> regions() throws Exception {
        return FxThread.call(this::objects);
    }

    private List<Region> objects() {
        return session.workspace().current().objects().stream()
                .map(ObjectAnnotation::region)
                .toList();
    }

    /// Leads the crosshair to a place of the image, as the status bar tells a person where it is.
    private void go(int x, int y) throws Exception {
        press(KeyCode.RIGHT, "Ctrl");
        FxThread.run(() -> {
            var at = canvas().crosshairProperty().get().orElseThrow();
            step(x < at.x() ? KeyCode.LEFT : KeyCode.RIGHT, Math.abs(x - (int) at.x()));
            step(y < at.y() ? KeyCode.UP : KeyCode.DOWN, Math.abs(y - (int) at.y()));
        });
    }

    private void step(KeyCode code, int pixels) {
        for (int i = 0; i < pixels; i++) {
            fire(KeyEvent.KEY_PRESSED, code, List.of("Ctrl"));
        }
    }

    private void press(KeyCode code, String... held) throws Exception {
        FxThread.run(() -> {
            fire(KeyEvent.KEY_PRESSED, code, List.of(held));
            fire(KeyEvent.KEY_RELEASED, code, List.of(held));
        });
        FxThread.run(() -> {}); // What is left of the key is done before the next one.
    }

    private void fire(EventType<KeyEvent> type, KeyCode code, List<String> held) {
        Event.fireEvent(
                stage.getScene().getFocusOwner(),
                new KeyEvent(
                        type,
                        "",
                        code.isLetterKey() ? code.getChar() : "",
                        code,
                        held.contains("Shift"),
                        held.contains("Ctrl"),
                        held.contains("Alt"),
                        false));
    }
}

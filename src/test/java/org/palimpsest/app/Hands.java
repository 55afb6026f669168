package org.palimpsest.app;

import java.util.List;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.PickResult;
import javafx.stage.Stage;
import org.palimpsest.geometry.Point;
import org.palimpsest.ui.canvas.CanvasPane;
import org.palimpsest.ui.canvas.CanvasViewModel;

/// A person's hands on the canvas of a window: each of their actions is an event that the canvas gets, and is counted.
///
/// Used on the JavaFX thread.
final class Hands {
    private final DesktopSession session;
    private final Stage stage;
    private int keys;
    private int clicks;
    private int drags;
    private boolean exact;

    Hands(DesktopSession session, Stage stage) {
        this.session = session;
        this.stage = stage;
    }

    int keys() {
        return keys;
    }

    int clicks() {
        return clicks;
    }

    int drags() {
        return drags;
    }

    void press(KeyCode code) {
        press(code, false, false);
    }

    void press(KeyCode code, boolean shift, boolean control) {
        keys++;
        for (var type : List.of(KeyEvent.KEY_PRESSED, KeyEvent.KEY_RELEASED)) {
            Event.fireEvent(pane(), new KeyEvent(type, "", "", code, shift, control, false, false));
        }
    }

    /// A click on a point of the image.
    void click(Point point) {
        clicks++;
        mouse(MouseEvent.MOUSE_MOVED, point, false);
        mouse(MouseEvent.MOUSE_PRESSED, point, true);
        mouse(MouseEvent.MOUSE_RELEASED, point, false);
        mouse(MouseEvent.MOUSE_CLICKED, point, false);
    }

    /// A drag from one point of the image to another, with the key held that keeps it from snapping to edges.
    void drag(Point from, Point to) {
        drags++;
        exact = true;
        mouse(MouseEvent.MOUSE_MOVED, from, false);
        mouse(MouseEvent.MOUSE_PRESSED, from, true);
        mouse(
                MouseEvent.MOUSE_DRAGGED,
                new Point((from.x() + to.x()) / 2, (from.y() + to.y()) / 2),
                true);
        mouse(MouseEvent.MOUSE_DRAGGED, to, true);
        mouse(MouseEvent.MOUSE_RELEASED, to, false);
        exact = false;
    }

    CanvasPane pane() {
        return (CanvasPane) stage.getScene().lookup(".canvas-pane");
    }

    private void mouse(EventType<MouseEvent> type, Point point, boolean down) {
        var pane = pane();
        var view = session.viewModel(CanvasViewModel.class).camera().viewport();
        var scene = pane.localToScene(view.toScreenX(point.x()), view.toScreenY(point.y()));
        Event.fireEvent(
                pane,
                new MouseEvent(
                        type,
                        scene.getX(),
                        scene.getY(),
                        scene.getX(),
                        scene.getY(),
                        MouseButton.PRIMARY,
                        1,
                        false,
                        exact,
                        false,
                        false,
                        down,
                        false,
                        false,
                        false,
                        false,
                        type == MouseEvent.MOUSE_CLICKED,
                        new PickResult(pane, scene.getX(), scene.getY())));
    }
}

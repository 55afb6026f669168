package org.palimpsest.ui.canvas;

import javafx.scene.Cursor;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.input.ZoomEvent;
import org.palimpsest.ui.canvas.tool.CursorKind;
import org.palimpsest.ui.canvas.tool.Modifiers;

/// Turns what the mouse, the wheel and two fingers do on the canvas into gestures and moves of the camera.
///
/// Confined to the JavaFX thread.
final class PointerInput {
    private static final double LINE = 40;

    private final CanvasPane pane;
    private final CanvasViewModel viewModel;
    private boolean spaceDown;
    private double panX;
    private double panY;
    private boolean panning;
    private boolean drawing;

    PointerInput(CanvasPane pane, CanvasViewModel viewModel) {
        this.pane = pane;
        this.viewModel = viewModel;
        pane.addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        pane.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::dragged);
        pane.addEventHandler(MouseEvent.MOUSE_RELEASED, this::released);
        pane.setOnMouseMoved(event -> viewModel.moved(event.getX(), event.getY()));
        pane.setOnMouseExited(_ -> viewModel.exited());
        pane.setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY
                    && event.getClickCount() == 2
                    && event.isStillSincePress()) {
                viewModel.doubleClicked(event.getX(), event.getY());
            }
        });
        pane.addEventHandler(ScrollEvent.SCROLL, this::scrolled);
        pane.addEventHandler(
                ZoomEvent.ZOOM,
                event ->
                        viewModel
                                .camera()
                                .zoomAt(event.getX(), event.getY(), event.getZoomFactor()));
        listenToSpace();
        viewModel.cursorProperty().addListener(_ -> showCursor());
    }

    private void listenToSpace() {
        pane.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.SPACE) {
                if (!viewModel.keyPressed(modifiers(event))) {
                    spaceDown = true;
                    showCursor();
                }
                event.consume();
            }
        });
        pane.setOnKeyReleased(event -> {
            if (event.getCode() == KeyCode.SPACE) {
                viewModel.keyReleased();
                spaceDown = false;
                showCursor();
            }
        });
        pane.focusedProperty()
                .addListener(_ -> {
                    spaceDown = false;
                    showCursor();
                });
    }

    private void pressed(MouseEvent event) {
        pane.requestFocus();
        boolean pans =
                event.getButton() == MouseButton.MIDDLE
                        || (event.getButton() == MouseButton.PRIMARY && spaceDown);
        if (pans) {
            panning = true;
            panX = event.getX();
            panY = event.getY();
            showCursor();
        } else if (event.getButton() == MouseButton.PRIMARY) {
            drawing = true;
            viewModel.pressed(event.getX(), event.getY(), modifiers(event));
        }
    }

    private void dragged(MouseEvent event) {
        if (panning) {
            viewModel.camera().pan(event.getX() - panX, event.getY() - panY);
            panX = event.getX();
            panY = event.getY();
        } else if (drawing) {
            viewModel.dragged(event.getX(), event.getY(), modifiers(event));
        }
    }

    private void released(MouseEvent event) {
        if (panning) {
            panning = false;
            showCursor();
        } else if (drawing && event.getButton() == MouseButton.PRIMARY) {
            drawing = false;
            viewModel.released(event.getX(), event.getY(), modifiers(event));
        }
    }

    /// The wheel zooms; with Shift, or two fingers on a touchpad moving sideways, it pans.
    private void scrolled(ScrollEvent event) {
        boolean touchpad = event.isInertia() || event.getTouchCount() > 0;
        if (event.isShiftDown() || touchpad) {
            viewModel.camera().pan(event.getDeltaX(), event.getDeltaY());
        } else if (event.getDeltaY() != 0) {
            double notches = event.getDeltaY() / LINE;
            viewModel
                    .camera()
                    .zoomAt(event.getX(), event.getY(), Math.pow(1.2, Math.clamp(notches, -4, 4)));
        }
        event.consume();
    }

    private static Modifiers modifiers(KeyEvent event) {
        return new Modifiers(event.isShiftDown(), event.isShortcutDown(), event.isAltDown());
    }

    private static Modifiers modifiers(MouseEvent event) {
        return new Modifiers(event.isShiftDown(), event.isShortcutDown(), event.isAltDown());
    }

    private void showCursor() {
        if (panning) {
            pane.setCursor(Cursor.CLOSED_HAND);
        } else if (spaceDown) {
            pane.setCursor(Cursor.OPEN_HAND);
        } else {
            pane.setCursor(cursor(viewModel.cursorProperty().get()));
        }
    }

    private static Cursor cursor(CursorKind kind) {
        return switch (kind) {
            case ARROW -> Cursor.DEFAULT;
            case CROSSHAIR -> Cursor.CROSSHAIR;
            case MOVE -> Cursor.MOVE;
            case HAND -> Cursor.OPEN_HAND;
            case GRABBING -> Cursor.CLOSED_HAND;
            case RESIZE_HORIZONTAL -> Cursor.H_RESIZE;
            case RESIZE_VERTICAL -> Cursor.V_RESIZE;
            case RESIZE_FALLING -> Cursor.NW_RESIZE;
            case RESIZE_RISING -> Cursor.NE_RESIZE;
        };
    }
}

package org.palimpsest.ui.canvas;

import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Color;
import org.palimpsest.geometry.Point;

/// A small map of the picture with a frame around what is seen, which can be dragged.
///
/// Confined to the JavaFX thread.
public final class OverviewPane extends StackPane {
    private static final double LONGER_SIDE = 180;
    private static final Color FRAME = Color.web("#0969da");
    private static final Color VEIL = Color.color(0, 0, 0, 0.35);

    private final Canvas canvas = new Canvas();
    private Camera camera = new Camera();
    private double zoom = 1;

    public OverviewPane() {
        getStyleClass().add("overview");
        getChildren().add(canvas);
        setPickOnBounds(true);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        addEventHandler(MouseEvent.MOUSE_PRESSED, this::go);
        addEventHandler(MouseEvent.MOUSE_DRAGGED, this::go);
    }

    void use(Camera shown) {
        camera = shown;
    }

    private void go(MouseEvent event) {
        if (event.getButton() == MouseButton.PRIMARY) {
            var place = canvas.sceneToLocal(event.getSceneX(), event.getSceneY());
            camera.centre(new Point(place.getX() / zoom, place.getY() / zoom));
        }
        event.consume();
    }

    /// Draws the map anew.
    void paint(PicturePainter picture, double imageWidth, double imageHeight) {
        zoom = LONGER_SIDE / Math.max(imageWidth, imageHeight);
        double width = Math.max(1, Math.rint(imageWidth * zoom));
        double height = Math.max(1, Math.rint(imageHeight * zoom));
        if (canvas.getWidth() != width || canvas.getHeight() != height) {
            canvas.setWidth(width);
            canvas.setHeight(height);
        }
        var gc = canvas.getGraphicsContext2D();
        gc.setImageSmoothing(true);
        gc.drawImage(picture.overview(), 0, 0, width, height);
        var seen = camera.visible();
        double left = Math.clamp(seen.xMin() * zoom, 0, width);
        double top = Math.clamp(seen.yMin() * zoom, 0, height);
        double right = Math.clamp(seen.xMax() * zoom, 0, width);
        double bottom = Math.clamp(seen.yMax() * zoom, 0, height);
        gc.setFill(VEIL);
        gc.fillRect(0, 0, width, top);
        gc.fillRect(0, bottom, width, height - bottom);
        gc.fillRect(0, top, left, bottom - top);
        gc.fillRect(right, top, width - right, bottom - top);
        gc.setStroke(Color.WHITE);
        gc.setLineWidth(3);
        gc.strokeRect(left, top, right - left, bottom - top);
        gc.setStroke(FRAME);
        gc.setLineWidth(1.5);
        gc.strokeRect(left, top, right - left, bottom - top);
    }
}

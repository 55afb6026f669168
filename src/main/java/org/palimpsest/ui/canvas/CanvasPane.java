package org.palimpsest.ui.canvas;

import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.layout.Region;
import org.palimpsest.ui.support.Texts;

/// A canvas as large as its place. However often a redraw is asked for, it draws once for each frame.
public final class CanvasPane extends Region {
    private final Canvas canvas = new Canvas();
    private Runnable painter = () -> {};

    public CanvasPane() {
        getStyleClass().add("canvas-pane");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setAccessibleRoleDescription(Texts.get("access.canvas.role"));
        getChildren().add(canvas);
    }

    void setPainter(Runnable painter) {
        this.painter = painter;
        requestRedraw();
    }

    Canvas canvas() {
        return canvas;
    }

    /// Draws with the next frame.
    void requestRedraw() {
        setNeedsLayout(true);
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        double width = Math.floor(getWidth());
        double height = Math.floor(getHeight());
        if (canvas.getWidth() != width || canvas.getHeight() != height) {
            canvas.setWidth(width);
            canvas.setHeight(height);
        }
        if (width > 0 && height > 0) {
            painter.run();
        }
    }

    @Override
    protected double computeMinWidth(double height) {
        return 0;
    }

    @Override
    protected double computeMinHeight(double width) {
        return 0;
    }

    @Override
    protected double computePrefWidth(double height) {
        return 0;
    }

    @Override
    protected double computePrefHeight(double width) {
        return 0;
    }
}

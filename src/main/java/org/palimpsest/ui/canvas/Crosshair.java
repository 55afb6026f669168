package org.palimpsest.ui.canvas;

import java.util.List;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

/// Lines through the pointer to all sides, to aim with. They are nodes of their own, so that moving them draws nothing
/// of the picture anew.
final class Crosshair {
    private static final double THICKNESS = 3;

    private final Region across = line();
    private final Region down = line();
    private final Region place;

    /// @param place what they cross
    Crosshair(Pane parent, Region place) {
        this.place = place;
        parent.getChildren().addAll(1, List.of(across, down));
        hide();
    }

    private static Region line() {
        var line = new Region();
        line.getStyleClass().add("crosshair");
        line.setMouseTransparent(true);
        line.setManaged(false);
        return line;
    }

    void show(double x, double y) {
        across.setVisible(true);
        down.setVisible(true);
        across.resizeRelocate(0, Math.floor(y) - 1, place.getWidth(), THICKNESS);
        down.resizeRelocate(Math.floor(x) - 1, 0, THICKNESS, place.getHeight());
    }

    void hide() {
        across.setVisible(false);
        down.setVisible(false);
    }
}

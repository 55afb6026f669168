package org.palimpsest.ui.shell;

import javafx.animation.PauseTransition;
import javafx.geometry.Rectangle2D;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.util.Duration;

/// Gives the window the size it had last, and remembers the one it gets. Confined to the JavaFX thread.
final class WindowMemory {
    private static final Duration REST = Duration.millis(500);

    private final LayoutViewModel layout;
    private final PauseTransition rest = new PauseTransition(REST);

    WindowMemory(LayoutViewModel layout) {
        this.layout = layout;
        rest.setOnFinished(_ -> layout.save());
    }

    void attach(Window window) {
        if (!(window instanceof Stage stage)) {
            return;
        }
        Rectangle2D screen = Screen.getPrimary().getVisualBounds();
        if (layout.windowWidth() > 0) {
            stage.setWidth(Math.min(layout.windowWidth(), screen.getWidth()));
            stage.setHeight(Math.min(layout.windowHeight(), screen.getHeight()));
        }
        stage.setMaximized(layout.isMaximized());
        stage.widthProperty().addListener(_ -> changed(stage));
        stage.heightProperty().addListener(_ -> changed(stage));
        stage.maximizedProperty().addListener(_ -> changed(stage));
    }

    private void changed(Stage stage) {
        if (stage.isShowing()) {
            layout.setWindow(stage.getWidth(), stage.getHeight(), stage.isMaximized());
            saveSoon();
        }
    }

    /// Writes the arrangement when it has not changed for a moment.
    void saveSoon() {
        rest.playFromStart();
    }
}

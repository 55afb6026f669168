package org.palimpsest.ui.control;

import java.util.List;
import javafx.beans.InvalidationListener;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import org.jspecify.annotations.Nullable;

/// Makes a row of buttons one stop for Tab: inside of it arrow keys, Home and End go from button to button.
///
/// A click with the mouse leaves the focus where it was, so that the keys of the image go on working. Confined to the
/// JavaFX thread.
public final class RovingFocus {
    private final Pane row;
    private @Nullable Node stop;

    private RovingFocus(Pane row) {
        this.row = row;
    }

    /// For the buttons that are in the row now, at any depth.
    public static void in(Pane row) {
        var roving = new RovingFocus(row);
        roving.begin();
    }

    private void begin() {
        InvalidationListener changed = _ -> choose();
        for (var button : buttons()) {
            button.setFocusTraversable(false);
            button.getStyleClass().add("keys-lead");
            button.disabledProperty().addListener(changed);
            button.visibleProperty().addListener(changed);
            button.focusedProperty()
                    .addListener((_, _, focused) -> {
                        if (focused) {
                            stopAt(button);
                        }
                    });
        }
        row.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        row.addEventFilter(MouseEvent.MOUSE_PRESSED, _ -> stopAt(null));
        row.addEventFilter(MouseEvent.MOUSE_RELEASED, _ -> choose());
        row.addEventFilter(MouseEvent.MOUSE_EXITED, _ -> choose());
        choose();
    }

    private List<ButtonBase> buttons() {
        return row.lookupAll("*").stream()
                .filter(ButtonBase.class::isInstance)
                .map(ButtonBase.class::cast)
                .toList();
    }

    private static boolean isUsable(Node node) {
        return node.isVisible() && !node.isDisabled();
    }

    private List<ButtonBase> usable() {
        return buttons().stream().filter(RovingFocus::isUsable).toList();
    }

    /// One button can be reached as long as one can be pressed.
    private void choose() {
        var now = stop;
        if (now == null || !isUsable(now)) {
            stopAt(usable().stream().findFirst().orElse(null));
        }
    }

    private void stopAt(@Nullable Node button) {
        var before = stop;
        stop = button;
        if (before != null && !before.equals(button)) {
            before.setFocusTraversable(false);
        }
        if (button != null) {
            button.setFocusTraversable(true);
        }
    }

    private void pressed(KeyEvent event) {
        var usable = usable();
        int now = usable.indexOf(event.getTarget());
        if (now < 0 || event.isShortcutDown() || event.isAltDown()) {
            return;
        }
        int next =
                switch (event.getCode()) {
                    case LEFT, UP, KP_LEFT, KP_UP -> Math.floorMod(now - 1, usable.size());
                    case RIGHT, DOWN, KP_RIGHT, KP_DOWN -> (now + 1) % usable.size();
                    case HOME -> 0;
                    case END -> usable.size() - 1;
                    default -> -1;
                };
        // A button that opens a menu does so with the arrow that points down.
        boolean opens =
                event.getCode() == KeyCode.DOWN
                        && event.getTarget() instanceof javafx.scene.control.MenuButton;
        if (next >= 0 && !opens) {
            var target = usable.get(next);
            stopAt(target);
            target.requestFocus();
            event.consume();
        }
    }
}

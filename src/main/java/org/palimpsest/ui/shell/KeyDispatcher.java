package org.palimpsest.ui.shell;

import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import org.palimpsest.ui.canvas.CanvasPane;
import org.palimpsest.ui.canvas.tool.Modifiers;
import org.palimpsest.ui.canvas.tool.ToolKey;

/// Turns keys into actions, wherever the focus is, but leaves plain keys to text fields and lists that need them.
final class KeyDispatcher {
    private final ShellViewModel shell;
    private final Actions actions;
    private final ShortcutPage help;

    KeyDispatcher(ShellViewModel shell, Actions actions, ShortcutPage help) {
        this.shell = shell;
        this.actions = actions;
        this.help = help;
    }

    void install(Region root) {
        root.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
    }

    private void pressed(KeyEvent event) {
        if (help.isShowing()) {
            help.close();
            event.consume();
            return;
        }
        Node focus = event.getTarget() instanceof Node node ? node : null;
        boolean typing = focus instanceof TextInputControl;
        if (typing && event.getCode() == KeyCode.ESCAPE && belongsToCanvas(focus)) {
            return; // The field over the canvas ends itself.
        }
        if (focus instanceof CanvasPane && arrow(event).isPresent()) {
            shell.arrow(
                    arrow(event).get(),
                    new Modifiers(event.isShiftDown(), event.isShortcutDown(), event.isAltDown()));
            event.consume();
            return;
        }
        for (var group : actions.groups()) {
            for (var action : group.actions()) {
                boolean fits = action.keys().stream().anyMatch(keys -> keys.match(event));
                if (fits && (action.whileTyping() || !typing && !needs(focus, event.getCode()))) {
                    action.runIfEnabled();
                    event.consume();
                    return;
                }
            }
        }
    }

    /// Enter presses the button that has the focus, and opens a list of choices.
    private static boolean needs(@Nullable Node focus, KeyCode code) {
        return code == KeyCode.ENTER
                && (focus instanceof ButtonBase || focus instanceof ComboBoxBase<?>);
    }

    private static boolean belongsToCanvas(@Nullable Node focus) {
        return focus != null && focus.getStyleClass().contains("name-editor");
    }

    private static Optional<ToolKey> arrow(KeyEvent event) {
        return switch (event.getCode()) {
            case LEFT, KP_LEFT -> Optional.of(ToolKey.LEFT);
            case RIGHT, KP_RIGHT -> Optional.of(ToolKey.RIGHT);
            case UP, KP_UP -> Optional.of(ToolKey.UP);
            case DOWN, KP_DOWN -> Optional.of(ToolKey.DOWN);
            default -> Optional.empty();
        };
    }
}

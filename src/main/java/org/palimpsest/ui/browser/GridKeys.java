package org.palimpsest.ui.browser;

import javafx.animation.PauseTransition;
import javafx.event.EventHandler;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.util.Duration;
import org.palimpsest.ui.browser.ImageSelection.Extension;

/// The keys of the grid: arrows, Home and End go, Shift extends, Ctrl goes without choosing, Space chooses, Enter shows,
/// Ctrl+A chooses all. Whoever came by Tab can type the beginning of a name; whoever came by mouse keeps the keys of the
/// tools.
final class GridKeys {
    private static final Duration TYPING = Duration.seconds(1);

    private final ImageGrid grid;
    private final BrowserViewModel viewModel;
    private final StringBuilder typed = new StringBuilder();
    private final PauseTransition forgetting = new PauseTransition(TYPING);
    private final EventHandler<KeyEvent> pressed = this::pressed;
    private final EventHandler<KeyEvent> wasTyped = this::typed;

    GridKeys(ImageGrid grid, BrowserViewModel viewModel) {
        this.grid = grid;
        this.viewModel = viewModel;
    }

    /// At the scene, before the keys of the commands are looked at.
    void install() {
        forgetting.setOnFinished(_ -> typed.setLength(0));
        grid.sceneProperty()
                .addListener((_, before, scene) -> {
                    if (before != null) {
                        uninstall(before);
                    }
                    if (scene != null) {
                        scene.addEventFilter(KeyEvent.KEY_PRESSED, pressed);
                        scene.addEventFilter(KeyEvent.KEY_TYPED, wasTyped);
                    }
                });
    }

    private void uninstall(Scene scene) {
        scene.removeEventFilter(KeyEvent.KEY_PRESSED, pressed);
        scene.removeEventFilter(KeyEvent.KEY_TYPED, wasTyped);
    }

    private void pressed(KeyEvent event) {
        if (!grid.isFocused() || event.isAltDown()) {
            return;
        }
        int lead = viewModel.selection().leadIndex();
        int last = viewModel.images().size() - 1;
        int columns = grid.columns();
        switch (event.getCode()) {
            case LEFT, KP_LEFT -> go(event, lead - 1, lead);
            case RIGHT, KP_RIGHT -> go(event, lead + 1, lead);
            case UP, KP_UP -> go(event, lead - columns, lead);
            case DOWN, KP_DOWN -> go(event, lead + columns, lead);
            case HOME -> go(event, 0, lead);
            case END -> go(event, last, lead);
            case SPACE -> {
                if (typed.isEmpty()) {
                    viewModel.choose(
                            lead, event.isShiftDown() ? Extension.RANGE : Extension.TOGGLE);
                }
                event.consume();
            }
            case ENTER -> {
                viewModel.showLead();
                event.consume();
            }
            case A -> {
                if (event.isShortcutDown()) {
                    viewModel.selection().chooseAll();
                    event.consume();
                } else {
                    consumeWhereTyped(event);
                }
            }
            default -> consumeWhereTyped(event);
        }
    }

    private void go(KeyEvent event, int index, int lead) {
        int last = viewModel.images().size() - 1;
        event.consume();
        if (last < 0) {
            return;
        }
        // A row up or down where there is none goes nowhere, but into the last, shorter row.
        int target =
                index < 0
                        ? (lead < 0 ? 0 : index == lead - 1 ? 0 : lead)
                        : index > last
                                ? (lead / grid.columns() < last / grid.columns() ? last : lead)
                                : index;
        viewModel.choose(
                target,
                event.isShiftDown()
                        ? Extension.RANGE
                        : event.isShortcutDown() ? Extension.MOVE : Extension.ALONE);
        grid.reveal(target);
        grid.refresh();
    }

    private boolean isTyping(KeyEvent event) {
        return grid.isFocused()
                && grid.isFocusVisible()
                && !event.isShortcutDown()
                && !event.isAltDown();
    }

    /// A letter that begins a name is no command.
    private void consumeWhereTyped(KeyEvent event) {
        var code = event.getCode();
        if (isTyping(event)
                && (code.isLetterKey()
                        || code.isDigitKey()
                        || code == KeyCode.MINUS
                        || code == KeyCode.UNDERSCORE
                        || code == KeyCode.PERIOD)) {
            event.consume();
        }
    }

    private void typed(KeyEvent event) {
        var text = event.getCharacter();
        if (!isTyping(event)
                || text.isEmpty()
                || Character.isISOControl(text.charAt(0))
                || (typed.isEmpty() && text.isBlank())) {
            return;
        }
        event.consume();
        if (!typed.toString().equals(text)) {
            typed.append(text);
        }
        forgetting.playFromStart();
        // The same letter again goes on to the next one.
        int found = viewModel.find(typed.toString(), typed.length() == 1);
        if (found >= 0) {
            viewModel.choose(found, Extension.ALONE);
            grid.reveal(found);
        }
    }
}

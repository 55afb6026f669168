package org.palimpsest.ui.shell;

import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
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
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.command.KeyBindings;
import org.palimpsest.ui.support.Pages;

/// Turns keys into commands, wherever the focus is, but leaves plain keys to text fields and lists that need them.
///
/// Confined to the JavaFX thread.
final class KeyDispatcher {
    private final Commands commands;
    private final KeyBindings keys;
    private final Overlays overlays;
    private final Pages pages;
    private final Consumer<Runnable> later;
    private BiConsumer<ToolKey, Modifiers> arrows = (_, _) -> {};
    private Predicate<Modifiers> clicks = _ -> false;
    private Predicate<String> labels = _ -> false;
    private Runnable leaveText = () -> {};
    private boolean handling;

    /// @param later runs something when the window is done with the key
    KeyDispatcher(
            Commands commands,
            KeyBindings keys,
            Overlays overlays,
            Pages pages,
            Consumer<Runnable> later) {
        this.later = later;
        this.pages = pages;
        this.commands = commands;
        this.keys = keys;
        this.overlays = overlays;
    }

    /// Says who sets labels by their keys, which are those that no command has.
    void onLabelKey(Predicate<String> choose) {
        labels = choose;
    }

    private static boolean isPlain(KeyEvent event) {
        return !event.isShortcutDown()
                && !event.isAltDown()
                && !event.isMetaDown()
                && (event.getCode().isDigitKey() || !event.getText().isBlank());
    }

    /// Says where the focus goes when Escape is pressed in a text field.
    void onLeavingText(Runnable leave) {
        leaveText = leave;
    }

    /// Says who moves things by the arrow keys while the image has the focus.
    void onArrow(BiConsumer<ToolKey, Modifiers> move) {
        arrows = move;
    }

    /// Says who draws with Enter while the image has the focus; where nobody does, it is a key like others.
    void onImageEnter(Predicate<Modifiers> click) {
        clicks = click;
    }

    /// Hears the keys of the window that the root comes into, also while nothing in it has the focus.
    void install(Region root) {
        root.sceneProperty()
                .addListener((_, _, scene) -> {
                    if (scene != null) {
                        scene.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
                    }
                });
    }

    /// Whether a key is on its way through the window: what it does was decided here.
    boolean isKeyBeingHandled() {
        return handling;
    }

    private void pressed(KeyEvent event) {
        handling = true;
        later.accept(() -> handling = false);
        if (overlays.openProperty().get()) {
            if (event.getCode() == KeyCode.ESCAPE) {
                overlays.close();
                event.consume();
            }
            return;
        }
        Node focus = event.getTarget() instanceof Node node ? node : null;
        boolean typing = focus instanceof TextInputControl field && field.isEditable();
        if (pages.openProperty().get().isPresent()) {
            pressedOnPage(event, typing && endsItself(focus));
            return;
        }
        if (typing && event.getCode() == KeyCode.ESCAPE) {
            if (!endsItself(focus)) {
                commands.run(Command.STOP);
                leaveText.run();
                event.consume();
            }
            return;
        }
        var arrow = arrow(event.getCode());
        if (focus instanceof CanvasPane && arrow.isPresent()) {
            arrows.accept(arrow.get(), modifiers(event));
            event.consume();
            return;
        }
        if (focus instanceof CanvasPane
                && event.getCode() == KeyCode.ENTER
                && !event.isShortcutDown()
                && clicks.test(modifiers(event))) {
            event.consume();
            return;
        }
        var command = keys.match(event, typing, focus instanceof CanvasPane);
        if (command.isEmpty() && !typing && isPlain(event) && labels.test(character(event))) {
            event.consume();
            return;
        }
        command.filter(_ -> !needs(focus, event.getCode()))
                .ifPresent(one -> {
                    if (commands.run(one) || !typing) {
                        event.consume();
                    }
                });
    }

    private static Modifiers modifiers(KeyEvent event) {
        return new Modifiers(event.isShiftDown(), event.isShortcutDown(), event.isAltDown());
    }

    /// What would change the images that lie behind a page is not done.
    private void pressedOnPage(KeyEvent event, boolean ownEscape) {
        if (event.getCode() == KeyCode.ESCAPE) {
            if (!ownEscape) {
                pages.close();
                event.consume();
            }
            return;
        }
        keys.match(event, true, false).filter(commands::run).ifPresent(_ -> event.consume());
    }

    /// A digit by its key, for some keyboards have it with Shift only; else the letter that was typed.
    private static String character(KeyEvent event) {
        var name = event.getCode().getName();
        return event.getCode().isDigitKey()
                ? name.substring(name.length() - 1)
                : event.getText().toLowerCase(Locale.ROOT);
    }

    /// Enter and Space press the button that has the focus, open a list of choices, and choose from some lists.
    private static boolean needs(@Nullable Node focus, KeyCode code) {
        return (code == KeyCode.ENTER || code == KeyCode.SPACE)
                && (focus instanceof ButtonBase
                        || focus instanceof ComboBoxBase<?>
                        || focus != null && focus.getStyleClass().contains("own-enter"));
    }

    /// A field over the canvas or in a list takes Escape for itself.
    private static boolean endsItself(@Nullable Node focus) {
        for (Node node = focus; node != null; node = node.getParent()) {
            if (node.getStyleClass().contains("name-editor")
                    || node.getStyleClass().contains("own-escape")) {
                return true;
            }
        }
        return false;
    }

    private static Optional<ToolKey> arrow(KeyCode code) {
        return switch (code) {
            case LEFT, KP_LEFT -> Optional.of(ToolKey.LEFT);
            case RIGHT, KP_RIGHT -> Optional.of(ToolKey.RIGHT);
            case UP, KP_UP -> Optional.of(ToolKey.UP);
            case DOWN, KP_DOWN -> Optional.of(ToolKey.DOWN);
            default -> Optional.empty();
        };
    }
}

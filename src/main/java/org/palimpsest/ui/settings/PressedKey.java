package org.palimpsest.ui.settings;

import java.util.ArrayList;
import java.util.Optional;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

/// A key with what was held down with it.
record PressedKey(KeyCodeCombination combination) {

    /// The key of an event; empty as long as only Shift, Ctrl and the like are down.
    static Optional<PressedKey> of(KeyEvent event) {
        var code = event.getCode();
        if (code.isModifierKey() || code == KeyCode.UNDEFINED) {
            return Optional.empty();
        }
        var held = new ArrayList<KeyCombination.Modifier>();
        if (event.isShortcutDown()) {
            held.add(KeyCombination.SHORTCUT_DOWN);
        }
        if (event.isShiftDown()) {
            held.add(KeyCombination.SHIFT_DOWN);
        }
        if (event.isAltDown()) {
            held.add(KeyCombination.ALT_DOWN);
        }
        return Optional.of(
                new PressedKey(
                        new KeyCodeCombination(
                                code, held.toArray(KeyCombination.Modifier[]::new))));
    }

    /// In words, such as `Ctrl+K`.
    String text() {
        return combination.getDisplayText();
    }

    /// Whether nothing is held down with it.
    boolean isPlain() {
        return combination.getShortcut() != KeyCombination.ModifierValue.DOWN
                && combination.getShift() != KeyCombination.ModifierValue.DOWN
                && combination.getAlt() != KeyCombination.ModifierValue.DOWN;
    }

    /// Whether it is a digit alone: digits belong to labels.
    boolean isDigit() {
        return isPlain() && combination.getCode().isDigitKey();
    }
}

package org.palimpsest.ui.shell;

import java.util.List;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.input.KeyCombination;

/// Something a person can do, as data: menus, toolbar, keys and the page of shortcuts are all made from it.
///
/// @param title what it is called in a menu
/// @param icon an icon's name; empty for none
/// @param keys the keys that do it, the first one is shown
/// @param whileTyping whether the keys also work while the cursor is in a text field
/// @param enabled whether it can be done now
/// @param run does it
record Action(
        String title,
        String icon,
        List<KeyCombination> keys,
        boolean whileTyping,
        ObservableBooleanValue enabled,
        Runnable run) {

    Action {
        keys = List.copyOf(keys);
    }

    /// The keys in words, such as `Ctrl+Z`; empty if there are none.
    String keyText() {
        return keys.isEmpty() ? "" : keys.getFirst().getDisplayText();
    }

    void runIfEnabled() {
        if (enabled.get()) {
            run.run();
        }
    }
}

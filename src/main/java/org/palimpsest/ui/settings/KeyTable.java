package org.palimpsest.ui.settings;

import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.scene.input.KeyCombination;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.KeyBindings;

/// The keys of commands in words, and changes of them.
///
/// Confined to the interface's thread.
public final class KeyTable {
    private final KeyBindings bindings;
    private final Preferences preferences;

    public KeyTable(KeyBindings bindings, Preferences preferences) {
        this.bindings = bindings;
        this.preferences = preferences;
    }

    List<String> texts(Command command) {
        return bindings.keys(command).stream()
                .map(KeyCombination::getDisplayText)
                .distinct()
                .toList();
    }

    /// Whether the person chose the keys of this command.
    boolean isChanged(Command command) {
        return bindings.changed().containsKey(command.name());
    }

    /// The other commands that have this key.
    List<Command> holders(Command command, PressedKey key) {
        return bindings.conflicts(command, key.combination());
    }

    /// A usual key of a command that others have now.
    ///
    /// @param key in words
    record Lost(String key, Command holder) {}

    Optional<Lost> lost(Command command) {
        for (var key : usual(command)) {
            var holders = bindings.conflicts(command, key);
            if (!holders.isEmpty()) {
                return Optional.of(new Lost(key.getDisplayText(), holders.getFirst()));
            }
        }
        return Optional.empty();
    }

    private static List<KeyCombination> usual(Command command) {
        return command.defaultKeys().stream().map(KeyCombination::valueOf).toList();
    }

    /// Gives a command this key alone.
    void bind(Command command, PressedKey key) {
        change(command, List.of(key.combination()));
    }

    void unbind(Command command) {
        change(command, List.of());
    }

    /// Gives a command the keys of the table.
    void reset(Command command) {
        change(command, usual(command));
    }

    private void change(Command command, List<KeyCombination> keys) {
        bindings.rebind(command, keys);
        preferences.setKeys(bindings.changed());
    }

    void resetAll() {
        bindings.reset();
        preferences.setKeys(bindings.changed());
    }

    /// Changes whenever a key changes.
    ReadOnlyIntegerProperty revisionProperty() {
        return bindings.revisionProperty();
    }
}

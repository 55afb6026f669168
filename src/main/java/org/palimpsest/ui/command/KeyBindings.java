package org.palimpsest.ui.command;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which keys do what: the table's own, and those that the person chose instead.
///
/// Confined to the interface's thread.
public final class KeyBindings {
    private static final Logger LOG = LoggerFactory.getLogger(KeyBindings.class);

    private final Map<Command, List<KeyCombination>> chosen = new EnumMap<>(Command.class);
    private final Map<Command, List<KeyCombination>> usual = new EnumMap<>(Command.class);
    private final ReadOnlyIntegerWrapper revision = new ReadOnlyIntegerWrapper();

    /// @param changed the keys of commands, by their names, that a person chose in the place of the usual ones; what
    ///     cannot be read is left out
    public KeyBindings(Map<String, List<String>> changed) {
        for (var command : Command.values()) {
            usual.put(command, command.defaultKeys().stream().map(KeyBindings::read).toList());
            var keys = changed.get(command.name());
            if (keys != null) {
                chosen.put(command, readAll(keys));
            }
        }
    }

    private static List<KeyCombination> readAll(List<String> keys) {
        var read = new ArrayList<KeyCombination>();
        for (var key : keys) {
            try {
                read.add(read(key));
            } catch (IllegalArgumentException e) {
                LOG.warn("Not a key: {}", key);
            }
        }
        return List.copyOf(read);
    }

    private static KeyCombination read(String key) {
        return KeyCombination.valueOf(key);
    }

    /// The keys of a command, the one that is shown first; empty if it has none.
    public List<KeyCombination> keys(Command command) {
        return chosen.getOrDefault(command, usual.getOrDefault(command, List.of()));
    }

    /// The first key in words, such as `Ctrl+Z`; empty if there is none.
    public String keyText(Command command) {
        var keys = keys(command);
        return keys.isEmpty() ? "" : keys.getFirst().getDisplayText();
    }

    /// The command of a key.
    ///
    /// @param typing whether the text cursor is in a field
    /// @param onCanvas whether the image has the focus
    public Optional<Command> match(KeyEvent event, boolean typing, boolean onCanvas) {
        for (var command : Command.values()) {
            boolean works =
                    switch (command.where()) {
                        case EVERYWHERE -> true;
                        case NOT_IN_TEXT -> !typing;
                        case CANVAS -> onCanvas;
                    };
            if (works && keys(command).stream().anyMatch(key -> key.match(event))) {
                return Optional.of(command);
            }
        }
        return Optional.empty();
    }

    /// Gives a command other keys.
    public void rebind(Command command, List<KeyCombination> keys) {
        if (keys.equals(usual.get(command))) {
            chosen.remove(command);
        } else {
            chosen.put(command, List.copyOf(keys));
        }
        revision.set(revision.get() + 1);
    }

    /// Gives every command its usual keys again.
    public void reset() {
        chosen.clear();
        revision.set(revision.get() + 1);
    }

    /// The commands, other than the given one, that have this key as well.
    public List<Command> conflicts(Command command, KeyCombination key) {
        var found = new ArrayList<Command>();
        for (var other : Command.values()) {
            if (other != command && keys(other).contains(key)) {
                found.add(other);
            }
        }
        return found;
    }

    /// What differs from the table, for the settings.
    public Map<String, List<String>> changed() {
        var names = new TreeMap<String, List<String>>();
        chosen.forEach((command, keys) ->
                names.put(command.name(), keys.stream().map(KeyCombination::getName).toList()));
        return names;
    }

    /// Changes whenever a key changes.
    public ReadOnlyIntegerProperty revisionProperty() {
        return revision.getReadOnlyProperty();
    }
}

package org.palimpsest.ui.label;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.scene.input.KeyCombination;
import org.palimpsest.dataset.Label;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.KeyBindings;

/// Which key chooses which label: the one that a person gave it; else, for the first ten labels, the digit of their place.
final class LabelKeys {
    private static final int DIGITS = 10;

    private final KeyBindings commands;

    LabelKeys(KeyBindings commands) {
        this.commands = commands;
    }

    /// The keys by label; labels without a key are missing.
    static Map<String, String> of(LabelSet labels) {
        var chosen =
                labels.labels().stream()
                        .map(Label::shortcut)
                        .filter(key -> !key.isEmpty())
                        .map(LabelKeys::normal)
                        .collect(Collectors.toCollection(HashSet::new));
        var keys = new LinkedHashMap<String, String>();
        var used = new HashSet<String>();
        for (int place = 0; place < labels.labels().size(); place++) {
            var label = labels.labels().get(place);
            var key = normal(label.shortcut());
            if (key.isEmpty() && place < DIGITS) {
                var digit = Integer.toString((place + 1) % DIGITS);
                key = chosen.contains(digit) ? "" : digit;
            }
            if (!key.isEmpty() && used.add(key)) {
                keys.put(label.name(), key);
            }
        }
        return keys;
    }

    /// The label that a key chooses.
    static Optional<String> label(LabelSet labels, String key) {
        var wanted = normal(key);
        return of(labels).entrySet().stream()
                .filter(entry -> entry.getValue().equals(wanted))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /// As it is compared and shown: one digit or one capital letter.
    static String normal(String key) {
        return key.strip().toUpperCase(Locale.ROOT);
    }

    /// Whether a label may have it: a letter or a digit.
    static boolean isKey(String key) {
        return normal(key).matches("[A-Z0-9]");
    }

    /// The command that has this key; a label cannot have it then.
    Optional<Command> commandOf(String key) {
        var combination = KeyCombination.valueOf(normal(key));
        for (var command : Command.values()) {
            if (commands.keys(command).contains(combination)) {
                return Optional.of(command);
            }
        }
        return Optional.empty();
    }
}

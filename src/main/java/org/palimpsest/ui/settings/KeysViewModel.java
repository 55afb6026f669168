package org.palimpsest.ui.settings;

import de.saxsys.mvvmfx.ViewModel;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyIntegerProperty;
import org.palimpsest.dataset.Label;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.support.Texts;

/// Which keys do what, and how they are changed: a key that is taken already is refused.
///
/// Confined to the interface's thread.
public final class KeysViewModel implements ViewModel {
    private final KeyTable table;
    private final Supplier<LabelSet> labels;

    /// A command with its keys in words.
    ///
    /// @param changed whether the person chose them
    public record Row(
            Command command, String title, String group, List<String> keys, boolean changed) {}

    /// @param labels the labels of the project that is open, which have keys of their own
    public KeysViewModel(KeyTable table, Supplier<LabelSet> labels) {
        this.table = table;
        this.labels = labels;
    }

    /// The commands whose name, group or key has what was typed in it, in the order of the table.
    List<Row> rows(String typed) {
        var wanted = typed.strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(Command.values())
                .map(this::row)
                .filter(row ->
                        (row.group() + " " + row.title() + " " + String.join(" ", row.keys()))
                                .toLowerCase(Locale.ROOT)
                                .contains(wanted))
                .toList();
    }

    private Row row(Command command) {
        return new Row(
                command,
                command.title(),
                command.group().title(),
                table.texts(command),
                table.isChanged(command));
    }

    /// Gives a command this key alone.
    ///
    /// @return why not; empty if it has it now
    String bind(Command command, PressedKey key) {
        if (key.isDigit()) {
            return Texts.get("settings.keys.digit");
        }
        var label =
                labels.get().labels().stream()
                        .filter(one -> key.isPlain() && one.shortcut().equalsIgnoreCase(key.text()))
                        .map(Label::name)
                        .findFirst();
        if (label.isPresent()) {
            return Texts.get("settings.keys.label", key.text(), label.get());
        }
        var others = table.holders(command, key);
        if (!others.isEmpty()) {
            return Texts.get(
                    "settings.keys.taken",
                    key.text(),
                    others.stream().map(Command::title).collect(Collectors.joining(", ")));
        }
        table.bind(command, key);
        return "";
    }

    /// Takes all keys from a command.
    void unbind(Command command) {
        table.unbind(command);
    }

    /// Gives a command the keys that the table has for it.
    ///
    /// @return why not, where another command has one of them now; empty if it has them
    String reset(Command command) {
        var lost = table.lost(command);
        if (lost.isPresent()) {
            return Texts.get("settings.keys.taken", lost.get().key(), lost.get().holder().title());
        }
        table.reset(command);
        return "";
    }

    void resetAll() {
        table.resetAll();
    }

    ReadOnlyIntegerProperty revisionProperty() {
        return table.revisionProperty();
    }
}

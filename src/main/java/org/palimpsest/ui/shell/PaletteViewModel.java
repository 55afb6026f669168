package org.palimpsest.ui.shell;

import de.saxsys.mvvmfx.ViewModel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.MissingResourceException;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.command.KeyBindings;
import org.palimpsest.ui.support.Texts;

/// Finds commands by what is typed.
///
/// Confined to the interface's thread.
public final class PaletteViewModel implements ViewModel {
    private static final int MOST_RECENT = 8;

    private final Commands commands;
    private final KeyBindings keys;
    private final Deque<Command> recent = new ArrayDeque<>();

    /// A command that was found.
    ///
    /// @param keys in words; empty for none
    /// @param hint its group, or why it cannot be done now
    public record Entry(Command command, String title, String keys, boolean enabled, String hint) {}

    private record Rated(Entry entry, int score) {}

    public PaletteViewModel(Commands commands, KeyBindings keys) {
        this.commands = commands;
        this.keys = keys;
    }

    /// The commands that fit, the best first; those that were used last come before others that fit as well, and those
    /// that cannot be done now come last.
    public List<Entry> find(String typed) {
        var rated = new ArrayList<Rated>();
        for (var command : Command.values()) {
            if (command == Command.PALETTE || !commands.known().contains(command)) {
                continue;
            }
            int score = score(typed, command);
            if (score >= 0) {
                rated.add(new Rated(entry(command), score));
            }
        }
        rated.sort(
                Comparator.<Rated, Boolean>comparing(found -> !found.entry().enabled())
                        .thenComparing(Comparator.comparingInt(Rated::score).reversed())
                        .thenComparingInt(found -> age(found.entry().command())));
        return rated.stream().map(Rated::entry).toList();
    }

    /// The name counts more than the name of the group.
    private static int score(String typed, Command command) {
        var title = command.title();
        int inTitle = FuzzyMatch.score(typed, title).orElse(-1);
        int withGroup = FuzzyMatch.score(typed, command.group().title() + " " + title).orElse(-1);
        return inTitle >= 0 ? 2 * inTitle : withGroup;
    }

    private int age(Command command) {
        int place = 0;
        for (var used : recent) {
            if (used == command) {
                return place;
            }
            place++;
        }
        return MOST_RECENT;
    }

    private Entry entry(Command command) {
        boolean enabled = commands.enabled(command).get();
        return new Entry(
                command,
                command.title(),
                keys.keyText(command),
                enabled,
                enabled ? command.group().title() : whyNot(command));
    }

    private static String whyNot(Command command) {
        for (var name : List.of(command.name(), command.group().name())) {
            try {
                return Texts.get("shell.why." + name);
            } catch (MissingResourceException e) {
                // The next one is more general.
            }
        }
        return Texts.get("shell.why");
    }

    /// Does it and remembers it as the one that was used last.
    public void run(Command command) {
        recent.remove(command);
        recent.addFirst(command);
        if (recent.size() > MOST_RECENT) {
            recent.removeLast();
        }
        commands.run(command);
    }
}

package org.palimpsest.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javafx.beans.property.SimpleBooleanProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.command.KeyBindings;

final class PaletteViewModelTest {
    private final Commands commands = new Commands();
    private final List<Command> done = new ArrayList<>();
    private final SimpleBooleanProperty canUndo = new SimpleBooleanProperty(false);
    private final PaletteViewModel palette =
            new PaletteViewModel(commands, new KeyBindings(Map.of()));

    @BeforeEach
    void register() {
        commands.on(Command.ACCEPT, () -> done.add(Command.ACCEPT));
        commands.on(Command.ACCEPT_ALL, () -> done.add(Command.ACCEPT_ALL));
        commands.on(Command.UNDO, canUndo, () -> done.add(Command.UNDO));
        commands.on(Command.THEME, () -> done.add(Command.THEME));
        commands.on(Command.PALETTE, () -> done.add(Command.PALETTE));
    }

    @Test
    void onlyWhatSomebodyCarriesOutIsFoundAndNotThePaletteItself() {
        assertThat(found(""))
                .containsExactlyInAnyOrder(
                        Command.ACCEPT, Command.ACCEPT_ALL, Command.THEME, Command.UNDO);
    }

    @Test
    void whatCannotBeDoneComesLastAndSaysWhy() {
        var last = palette.find("").getLast();
        assertThat(last)
                .isEqualTo(
                        new PaletteViewModel.Entry(
                                Command.UNDO, "Undo", last.keys(), false, "Nothing to undo"));
        canUndo.set(true);
        assertThat(palette.find("undo").getFirst().hint()).isEqualTo("Edit");
    }

    @Test
    void whatWasUsedLastComesFirstAmongEquals() {
        palette.run(Command.THEME);
        palette.run(Command.ACCEPT_ALL);
        assertThat(done).containsExactly(Command.THEME, Command.ACCEPT_ALL);
        assertThat(found("")).startsWith(Command.ACCEPT_ALL, Command.THEME);
        assertThat(found("acc")).startsWith(Command.ACCEPT_ALL, Command.ACCEPT);
    }

    @Test
    void theGroupIsSearchedToo() {
        assertThat(found("view theme")).isEmpty();
        assertThat(found("view light")).containsExactly(Command.THEME);
        assertThat(found("review")).containsExactly(Command.ACCEPT, Command.ACCEPT_ALL);
    }

    private List<Command> found(String typed) {
        return palette.find(typed).stream().map(PaletteViewModel.Entry::command).toList();
    }
}

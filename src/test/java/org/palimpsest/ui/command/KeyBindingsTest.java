package org.palimpsest.ui.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.api.Test;

final class KeyBindingsTest {
    private final KeyBindings keys = new KeyBindings(Map.of());

    private static KeyEvent pressed(KeyCode code, boolean shift, boolean control) {
        return new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, shift, control, false, false);
    }

    @Test
    void everyKeyDoesOneThingAndNoDigitIsTaken() {
        Map<String, Command> used = new HashMap<>();
        for (var command : Command.values()) {
            for (var key : keys.keys(command)) {
                assertThat(key).as(command.name()).isInstanceOf(KeyCodeCombination.class);
                assertThat(used.put(key.getName(), command)).as(key.getName()).isNull();
                assertThat(key.getName()).as("digits are for labels").doesNotMatch("[0-9]");
            }
        }
        assertThat(used).hasSizeGreaterThan(60);
    }

    @Test
    void everyCommandHasATitleOfItsOwn() {
        var titles = new ArrayList<String>();
        for (var command : Command.values()) {
            titles.add(command.title());
        }
        assertThat(titles)
                .doesNotHaveDuplicates()
                .allSatisfy(title -> assertThat(title).isNotBlank());
        for (var group : CommandGroup.values()) {
            assertThat(group.title()).isNotBlank();
        }
    }

    @Test
    void plainKeysAreLeftToTextFields() {
        assertThat(keys.match(pressed(KeyCode.B, false, false), false, false))
                .contains(Command.BOX_TOOL);
        assertThat(keys.match(pressed(KeyCode.B, false, false), true, false)).isEmpty();
        assertThat(keys.match(pressed(KeyCode.ENTER, false, true), true, false))
                .contains(Command.RUN);
    }

    @Test
    void tabGoesThroughObjectsOnlyOnTheImage() {
        assertThat(keys.match(pressed(KeyCode.TAB, false, false), false, false)).isEmpty();
        assertThat(keys.match(pressed(KeyCode.TAB, false, false), false, true))
                .contains(Command.NEXT_OBJECT);
        assertThat(keys.match(pressed(KeyCode.TAB, true, false), false, true))
                .contains(Command.PREVIOUS_OBJECT);
    }

    @Test
    void aChosenKeyReplacesTheUsualOnesAndIsRemembered() {
        var key = KeyCombination.valueOf("Ctrl+K");
        assertThat(keys.conflicts(Command.ACCEPT, KeyCombination.valueOf("B")))
                .containsExactly(Command.BOX_TOOL);
        assertThat(keys.conflicts(Command.ACCEPT, key)).isEmpty();
        int before = keys.revisionProperty().get();

        keys.rebind(Command.ACCEPT, List.of(key));

        assertThat(keys.match(pressed(KeyCode.A, false, false), false, false)).isEmpty();
        assertThat(keys.match(pressed(KeyCode.K, false, true), false, false))
                .contains(Command.ACCEPT);
        assertThat(keys.revisionProperty().get()).isGreaterThan(before);
        var again = new KeyBindings(keys.changed());
        assertThat(again.keys(Command.ACCEPT)).containsExactly(key);
        again.reset();
        assertThat(again.changed()).isEmpty();
        assertThat(again.keyText(Command.ACCEPT)).isEqualTo("A");
    }

    @Test
    void keysThatCannotBeReadAreLeftOut() {
        var odd = new KeyBindings(Map.of("ACCEPT", List.of("Hyper+Ö+", "K"), "NOTHING", List.of()));
        assertThat(odd.keyText(Command.ACCEPT)).isEqualTo("K");
    }

    @Test
    void aCommandIsCarriedOutByOneAndOnlyWhenItCanBe() {
        var commands = new Commands();
        var enabled = new SimpleBooleanProperty();
        var done = new ArrayList<String>();
        commands.on(Command.UNDO, enabled, () -> done.add("undo"));
        commands.on(Command.REDO, () -> done.add("redo"));

        assertThat(commands.run(Command.UNDO)).isFalse();
        enabled.set(true);
        assertThat(commands.run(Command.UNDO)).isTrue();
        assertThat(commands.run(Command.REDO)).isTrue();
        assertThat(commands.run(Command.QUIT)).isFalse();
        assertThat(done).containsExactly("undo", "redo");
        assertThat(commands.known()).containsExactlyInAnyOrder(Command.UNDO, Command.REDO);
        assertThatThrownBy(() -> commands.on(Command.UNDO, () -> {}))
                .isInstanceOf(IllegalStateException.class);
    }
}

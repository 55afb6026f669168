package org.palimpsest.ui.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.dataset.Label;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.KeyBindings;
import org.palimpsest.ui.support.ImmediateTaskRunner;

final class KeysViewModelTest {
    @TempDir Path folder;
    private final KeyBindings bindings = new KeyBindings(Map.of());
    private SettingsStore store;
    private KeysViewModel keys;

    @BeforeEach
    void open() {
        store = SettingsStore.open(folder.resolve("settings.json"));
        var preferences = new Preferences(store, new ImmediateTaskRunner(), _ -> {});
        var cat = new Label("cat", 0xff0000).withShortcut("q");
        keys = new KeysViewModel(bindings, preferences, () -> new LabelSet(List.of(cat)));
    }

    @Test
    void aFreeKeyIsTakenAndRemembered() {
        assertThat(keys.bind(Command.ACCEPT, key(KeyCode.J))).isEmpty();
        assertThat(bindings.keyText(Command.ACCEPT)).isEqualTo("J");
        assertThat(new KeyBindings(store.settings().keys()).keyText(Command.ACCEPT)).isEqualTo("J");

        assertThat(keys.reset(Command.ACCEPT)).isEmpty();
        assertThat(store.settings().keys()).isEmpty();
    }

    @Test
    void keysOfOtherCommandsOfLabelsAndDigitsAreRefused() {
        assertThat(keys.bind(Command.ACCEPT, key(KeyCode.B)))
                .isEqualTo("B is taken by: Draw boxes");
        assertThat(keys.bind(Command.ACCEPT, key(KeyCode.Q)))
                .isEqualTo("Q sets the label “cat”. Give the label another key first.");
        assertThat(keys.bind(Command.ACCEPT, key(KeyCode.DIGIT3)))
                .isEqualTo("Digits belong to labels.");
        assertThat(bindings.keyText(Command.ACCEPT)).isEqualTo("A");
        assertThat(keys.bind(Command.ACCEPT, key(KeyCode.DIGIT3, KeyCombination.SHORTCUT_DOWN)))
                .isEmpty();
    }

    @Test
    void aUsualKeyThatAnotherCommandHasNowIsNotTakenBack() {
        keys.unbind(Command.ACCEPT);
        keys.bind(Command.REJECT, key(KeyCode.A));
        assertThat(keys.reset(Command.ACCEPT)).isEqualTo("A is taken by: Reject");
        keys.resetAll();
        assertThat(bindings.keyText(Command.ACCEPT)).isEqualTo("A");
        assertThat(bindings.keyText(Command.REJECT)).isEqualTo("R");
    }

    @Test
    void commandsAreFoundByNameGroupAndKey() {
        assertThat(keys.rows("draw polygons"))
                .extracting(KeysViewModel.Row::command)
                .containsExactly(Command.POLYGON_TOOL);
        assertThat(keys.rows("f11"))
                .containsExactly(
                        new KeysViewModel.Row(
                                Command.FOCUS_MODE, "Image only", "View", List.of("F11"), false));
    }

    @Test
    void modifiersAloneAreNoKey() {
        var shift =
                new KeyEvent(
                        KeyEvent.KEY_PRESSED, "", "", KeyCode.SHIFT, true, false, false, false);
        assertThat(PressedKey.of(shift)).isEmpty();
        var both = new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.K, true, false, true, false);
        assertThat(PressedKey.of(both))
                .contains(key(KeyCode.K, KeyCombination.SHIFT_DOWN, KeyCombination.ALT_DOWN));
    }

    private static PressedKey key(KeyCode code, KeyCombination.Modifier... held) {
        return new PressedKey(new KeyCodeCombination(code, held));
    }
}

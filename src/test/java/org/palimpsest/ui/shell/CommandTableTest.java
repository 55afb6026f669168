package org.palimpsest.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kordamp.ikonli.material2.Material2AL;
import org.kordamp.ikonli.material2.Material2MZ;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.Command.Where;
import org.palimpsest.ui.command.KeyBindings;

/// The table of commands by itself, and against `docs/design.md`.
final class CommandTableTest {
    private static final Path DESIGN = Path.of("docs/design.md");

    @ParameterizedTest
    @EnumSource(Command.class)
    void everyCommandHasANameAndAnIconThatExists(Command command) {
        assertThat(command.title()).isNotBlank();
        assertThat(command.group().title()).isNotBlank();
        if (command.icon().startsWith("mdal-")) {
            assertThatCode(() -> Material2AL.findByDescription(command.icon()))
                    .doesNotThrowAnyException();
        } else if (!command.icon().isEmpty()) {
            assertThatCode(() -> Material2MZ.findByDescription(command.icon()))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void everyKeyDoesOneThingAndDigitsAreFreeForLabels() {
        var keys = new KeyBindings(Map.of());
        var used = new HashMap<String, Command>();
        for (var command : Command.values()) {
            for (var key : keys.keys(command)) {
                assertThat(key).as(command.name()).isInstanceOf(KeyCodeCombination.class);
                assertThat(used.put(key.getName(), command)).as(key.getName()).isNull();
                var code = ((KeyCodeCombination) key).getCode();
                boolean plain = key.getShortcut() != KeyCombination.ModifierValue.DOWN;
                assertThat(plain && code.isDigitKey()).as(key.getName()).isFalse();
            }
        }
        assertThat(used).hasSizeGreaterThan(60);
    }

    /// `docs/design.md` holds what stands here; where it differs, the right table is written to `target/keys.md`.
    @Test
    void theDocumentHasTheSameTable() throws Exception {
        var expected = table();
        Files.createDirectories(Path.of("target"));
        Files.write(Path.of("target/keys.md"), expected);
        var lines = Files.readAllLines(DESIGN);
        int begin = lines.indexOf("<!-- keys: begin -->");
        int end = lines.indexOf("<!-- keys: end -->");
        assertThat(lines.subList(begin + 1, end)).isEqualTo(expected);
    }

    private static List<String> table() {
        var rows = new ArrayList<String>();
        rows.add("| command | keys | where |");
        rows.add("| --- | --- | --- |");
        for (var command : Command.values()) {
            var keys =
                    command.defaultKeys().stream()
                            .map(key -> "`" + key.replace("Shortcut", "Ctrl") + "`")
                            .collect(Collectors.joining(", "));
            rows.add(
                    "| %s: %s | %s | %s |"
                            .formatted(
                                    command.group().title(),
                                    command.title(),
                                    keys,
                                    keys.isEmpty() ? "" : where(command.where())));
        }
        return rows;
    }

    private static String where(Where where) {
        return switch (where) {
            case EVERYWHERE -> "anywhere";
            case NOT_IN_TEXT -> "window";
            case CANVAS -> "canvas";
        };
    }
}

package org.palimpsest.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.problem.ProblemException;

final class SettingsStoreTest {
    @TempDir Path folder;

    @Test
    void whatIsSavedIsReadAgain() throws Exception {
        var file = folder.resolve("deep").resolve("settings.json");
        var settings =
                Settings.DEFAULT
                        .withTheme(Theme.DARK)
                        .withModel(
                                Optional.of(Path.of("models", "größe")),
                                Optional.of(Path.of("adapter")))
                        .withProject(Path.of("one.palimpsest"))
                        .withProject(Path.of("two.palimpsest"))
                        .withKeys(Map.of("RUN", List.of("Ctrl+R")))
                        .withScale(150)
                        .withKeepView(true)
                        .withPerson("Ada")
                        .withReopen(false)
                        .withPresets(List.of(new PromptPreset("cats", "detect cat")))
                        .withFilters(Map.of("todo", "state:new"))
                        .withLayout(
                                new WindowLayout(
                                        900,
                                        700,
                                        true,
                                        Map.of("browser", 240.0),
                                        List.of("task", "labels"),
                                        Set.of("labels")))
                        .withExportFolder(Path.of("out"))
                        .withLanguage("ja")
                        .withAccessibility(
                                Accessibility.USUAL.withSafeColors(true).withReducedMotion(true))
                        .withModels(
                                KnownModels.NONE
                                        .withFolder(Path.of("models", "größe"))
                                        .withAdapter(Path.of("adapter"))
                                        .withAcceptedTerms("gemma"));
        SettingsStore.open(file).save(settings);

        assertThat(SettingsStore.open(file).settings()).isEqualTo(settings);
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aFolderThatIsAddedAgainComesFirstAndOneThatIsTakenOutIsGone() {
        var one = Path.of("one");
        var two = Path.of("two");
        var known = KnownModels.NONE.withFolder(one).withFolder(two).withFolder(one);

        assertThat(known.folders()).containsExactly(one, two);
        assertThat(known.withoutFolder(one).folders()).containsExactly(two);
        assertThat(known.withAdapter(one).withoutAdapter(one)).isEqualTo(known);
        assertThat(known.withAcceptedTerms("b").withAcceptedTerms("a").withAcceptedTerms("b"))
                .isEqualTo(new KnownModels(List.of(one, two), List.of(), List.of("a", "b")));
    }

    @Test
    void brokenAndMissingFilesGiveTheDefaults() throws Exception {
        var file = folder.resolve("settings.json");
        assertThat(SettingsStore.open(file).settings()).isEqualTo(Settings.DEFAULT);
        for (var content :
                new String[] {"", "{", "[1]", "{\"theme\":{}}", "\u0000\u0001", "null"}) {
            Files.writeString(file, content);
            assertThat(SettingsStore.open(file).settings()).isEqualTo(Settings.DEFAULT);
        }
    }

    @Test
    void settingsThatCannotBeWrittenHoldForThisRun() throws Exception {
        var blocked = Files.writeString(folder.resolve("file"), "x").resolve("settings.json");
        var store = SettingsStore.open(blocked);

        assertThrows(
                ProblemException.class, () -> store.save(Settings.DEFAULT.withTheme(Theme.DARK)));
        assertThat(store.settings().theme()).isEqualTo(Theme.DARK);
    }

    @Test
    void everySystemKeepsSettingsInItsOwnPlace() {
        var home = Path.of("home");
        assertThat(SettingsStore.defaultFile(Map.of(), home, "Linux"))
                .isEqualTo(Path.of("home", ".config", "palimpsest", "settings.json"));
        assertThat(SettingsStore.defaultFile(Map.of("XDG_CONFIG_HOME", "cfg"), home, "Linux"))
                .isEqualTo(Path.of("cfg", "palimpsest", "settings.json"));
        assertThat(SettingsStore.defaultFile(Map.of("APPDATA", "roam"), home, "Windows 11"))
                .isEqualTo(Path.of("roam", "palimpsest", "settings.json"));
        assertThat(SettingsStore.defaultFile(Map.of(), home, "Mac OS X"))
                .isEqualTo(
                        Path.of(
                                "home",
                                "Library",
                                "Application Support",
                                "palimpsest",
                                "settings.json"));
    }
}

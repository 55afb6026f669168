package org.palimpsest.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.command.KeyBindings;
import org.palimpsest.ui.settings.Preferences;
import org.palimpsest.ui.support.ImmediateTaskRunner;
import org.palimpsest.ui.support.RecordingDialogs;
import org.palimpsest.ui.support.Samples;

final class WelcomeViewModelTest {
    @TempDir Path folder;

    @Test
    void recentProjectsSayWhetherTheyAreThereAndCanBeForgotten() throws Exception {
        var there = Files.createFile(folder.resolve("street.palimpsest"));
        var gone = folder.resolve("moved away.palimpsest");
        var tasks = new ImmediateTaskRunner();
        var dialogs = new RecordingDialogs();
        var store = SettingsStore.open(folder.resolve("settings.json"));
        store.update(kept -> kept.withProject(gone).withProject(there));
        var welcome =
                new WelcomeViewModel(
                        new Preferences(store, tasks, dialogs::show),
                        Samples.opener(Samples.workspace(), dialogs, tasks, folder),
                        tasks,
                        new Commands(),
                        new KeyBindings(Map.of()));

        welcome.refresh();
        var second = new WelcomeViewModel.Recent(gone, "moved away", folder.toString(), false);
        assertThat(welcome.recent())
                .containsExactly(
                        new WelcomeViewModel.Recent(there, "street", folder.toString(), true),
                        second);

        welcome.forget(second);
        welcome.refresh();
        assertThat(welcome.recent())
                .extracting(WelcomeViewModel.Recent::file)
                .containsExactly(there);
        assertThat(store.settings().recentProjects()).containsExactly(there);
    }
}

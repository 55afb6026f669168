package org.palimpsest.ui.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.settings.Settings;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.settings.Theme;
import org.palimpsest.ui.support.ImmediateTaskRunner;

final class PreferencesTest {
    @TempDir Path folder;

    @Test
    void whatIsChangedHoldsAtOnceAndAfterTheNextStart() {
        var preferences = open();
        preferences.setTheme(Theme.DARK);
        preferences.setKeepView(true);
        preferences.setPerson("  Ada ");
        preferences.setScale(1000);
        assertThat(preferences.personProperty().get()).isEqualTo("Ada");
        assertThat(preferences.scaleProperty().get()).isEqualTo(Settings.MOST_SCALE);

        var again = open();
        assertThat(again.themeProperty().get()).isEqualTo(Theme.DARK);
        assertThat(again.keepViewProperty().get()).isTrue();
        assertThat(again.personProperty().get()).isEqualTo("Ada");
        assertThat(again.scaleProperty().get()).isEqualTo(Settings.MOST_SCALE);
    }

    @Test
    void sizesGoUpAndDownInStepsAndStopAtTheEnds() {
        var preferences = open();
        preferences.stepScale(1);
        assertThat(preferences.scaleProperty().get()).isEqualTo(110);
        preferences.stepScale(-2);
        assertThat(preferences.scaleProperty().get()).isEqualTo(90);
        preferences.stepScale(-5);
        assertThat(preferences.scaleProperty().get()).isEqualTo(Settings.LEAST_SCALE);
    }

    @Test
    void theThemesFollowOneAnother() {
        var preferences = open();
        preferences.setTheme(Theme.LIGHT);
        preferences.nextTheme();
        preferences.nextTheme();
        assertThat(preferences.themeProperty().get()).isEqualTo(Theme.SYSTEM);
        preferences.nextTheme();
        assertThat(preferences.themeProperty().get()).isEqualTo(Theme.LIGHT);
    }

    private Preferences open() {
        return new Preferences(
                SettingsStore.open(folder.resolve("settings.json")),
                new ImmediateTaskRunner(),
                problem -> {
                    throw new AssertionError(problem);
                });
    }
}

package org.palimpsest.ui.settings;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.palimpsest.problem.Problem;
import org.palimpsest.settings.Accessibility;
import org.palimpsest.settings.Settings;
import org.palimpsest.settings.SettingsStore;
import org.palimpsest.settings.Theme;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Texts;

/// What the person prefers, as properties; a change holds at once and is written in the background.
///
/// Confined to the interface's thread.
public final class Preferences {
    private final SettingsStore store;
    private final TaskRunner tasks;
    private final Consumer<Problem> problems;
    private final ReadOnlyObjectWrapper<Theme> theme;
    private final ReadOnlyIntegerWrapper scale;
    private final ReadOnlyBooleanWrapper keepView;
    private final ReadOnlyStringWrapper person;
    private final ReadOnlyStringWrapper language;
    private final ReadOnlyObjectWrapper<Accessibility> accessibility;

    /// @param problems hears why something could not be written
    public Preferences(SettingsStore store, TaskRunner tasks, Consumer<Problem> problems) {
        this.store = store;
        this.tasks = tasks;
        this.problems = problems;
        var now = store.settings();
        theme = new ReadOnlyObjectWrapper<>(now.theme());
        scale = new ReadOnlyIntegerWrapper(now.scale());
        keepView = new ReadOnlyBooleanWrapper(now.keepView());
        person = new ReadOnlyStringWrapper(now.person());
        language = new ReadOnlyStringWrapper(now.language());
        accessibility = new ReadOnlyObjectWrapper<>(now.accessibility());
    }

    /// All settings as they are now.
    public Settings now() {
        return store.settings();
    }

    /// Changes any setting and writes it.
    public void change(UnaryOperator<Settings> change) {
        tasks.<Boolean>run(
                Texts.get("settings.job"),
                _ -> {
                    store.update(change);
                    return true;
                },
                _ -> {},
                problems);
    }

    public void setTheme(Theme value) {
        theme.set(value);
        change(kept -> kept.withTheme(value));
    }

    /// The next of light, dark and the system's.
    public void nextTheme() {
        setTheme(
                switch (theme.get()) {
                    case LIGHT -> Theme.DARK;
                    case DARK -> Theme.SYSTEM;
                    case SYSTEM -> Theme.LIGHT;
                });
    }

    /// Everything at so many percent; what is out of range takes the nearest size.
    public void setScale(int percent) {
        int value = Math.clamp(percent, Settings.LEAST_SCALE, Settings.MOST_SCALE);
        scale.set(value);
        change(kept -> kept.withScale(value));
    }

    /// The next larger size, or smaller ones for a negative number.
    public void stepScale(int by) {
        var sizes = Appearance.SCALES;
        int nearest = 0;
        for (int i = 0; i < sizes.size(); i++) {
            if (Math.abs(sizes.get(i) - scale.get()) < Math.abs(sizes.get(nearest) - scale.get())) {
                nearest = i;
            }
        }
        setScale(sizes.get(Math.clamp(nearest + by, 0, sizes.size() - 1)));
    }

    public void setKeepView(boolean value) {
        keepView.set(value);
        change(kept -> kept.withKeepView(value));
    }

    public void setPerson(String value) {
        person.set(value.strip());
        change(kept -> kept.withPerson(value.strip()));
    }

    /// @param tag a BCP 47 tag; empty for the system's language
    public void setLanguage(String tag) {
        language.set(tag);
        change(kept -> kept.withLanguage(tag));
    }

    public void setAccessibility(Accessibility value) {
        accessibility.set(value);
        change(kept -> kept.withAccessibility(value));
    }

    /// Remembers the keys that are not the usual ones.
    public void setKeys(Map<String, List<String>> changed) {
        change(kept -> kept.withKeys(changed));
    }

    public ReadOnlyObjectProperty<Theme> themeProperty() {
        return theme.getReadOnlyProperty();
    }

    public ReadOnlyIntegerProperty scaleProperty() {
        return scale.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty keepViewProperty() {
        return keepView.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty personProperty() {
        return person.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty languageProperty() {
        return language.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Accessibility> accessibilityProperty() {
        return accessibility.getReadOnlyProperty();
    }
}

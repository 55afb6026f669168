package org.palimpsest.ui.settings;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.palimpsest.ui.support.Texts;

/// The languages that a person can choose for the window, by their tags.
public final class Languages {
    /// Stands for the language of the system.
    static final String SYSTEM = "";

    private Languages() {}

    /// The system's, then each there is, as BCP 47 tags.
    static List<String> choices() {
        var tags = Texts.LANGUAGES.stream().map(Locale::toLanguageTag).toList();
        return Stream.concat(Stream.of(SYSTEM), tags.stream()).toList();
    }

    /// What a language is called by those who speak it: `Deutsch`.
    static String title(String tag, Locale system) {
        if (tag.equals(SYSTEM)) {
            return Texts.get("settings.language.system", ownName(Texts.nearest(system)));
        }
        return ownName(Locale.forLanguageTag(tag));
    }

    private static String ownName(Locale language) {
        var name = Locale.of(language.getLanguage()).getDisplayLanguage(language);
        return name.substring(0, 1).toUpperCase(language) + name.substring(1);
    }

    /// The language to be shown for a choice.
    ///
    /// Of the system's own language it takes the country too, whose numbers and dates differ.
    ///
    /// @param tag as the settings keep it; empty for the system's
    public static Locale locale(String tag, Locale system) {
        var chosen = Locale.forLanguageTag(tag);
        boolean isSystems = tag.equals(SYSTEM) || chosen.getLanguage().equals(system.getLanguage());
        return isSystems ? system : chosen;
    }
}

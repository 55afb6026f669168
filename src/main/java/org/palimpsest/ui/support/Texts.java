package org.palimpsest.ui.support;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/// Every text that the window shows, in the person's language.
///
/// They lie in `texts.properties` (English) and `texts_de.properties` and the like by key, and are read as
/// [MessageFormat]s: numbers and dates are written as the language does. Thread-safe.
public final class Texts {
    /// The languages there are texts in; the first one is the one that the others are translated from.
    public static final List<Locale> LANGUAGES =
            List.of(
                    Locale.ENGLISH,
                    Locale.GERMAN,
                    Locale.FRENCH,
                    Locale.of("es"),
                    Locale.JAPANESE,
                    Locale.CHINESE);

    private static final String NAME = "org.palimpsest.ui.texts";
    private static final ResourceBundle.Control NO_OTHER_LANGUAGE =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private static volatile Shown shown = shown(Locale.ENGLISH);

    private record Shown(Locale locale, ResourceBundle bundle) {}

    private Texts() {}

    /// Shows another language from now on; what is on the screen keeps its words.
    ///
    /// @param locale takes the nearest language there is, else English
    public static void use(Locale locale) {
        shown = shown(locale);
    }

    /// The language that is shown where this one is asked for.
    public static Locale nearest(Locale locale) {
        boolean known =
                LANGUAGES.stream().anyMatch(one -> one.getLanguage().equals(locale.getLanguage()));
        return known ? locale : Locale.ENGLISH;
    }

    private static Shown shown(Locale locale) {
        var nearest = nearest(locale);
        return new Shown(nearest, ResourceBundle.getBundle(NAME, nearest, NO_OTHER_LANGUAGE));
    }

    /// The text of a key with its arguments put in.
    ///
    /// @throws java.util.MissingResourceException if there is no such text
    public static String get(String key, Object... arguments) {
        var now = shown;
        return new MessageFormat(now.bundle().getString(key), now.locale()).format(arguments);
    }

    /// The language that is shown, with the country whose numbers and dates are written.
    public static Locale locale() {
        return shown.locale();
    }

    /// All of them, for FXML.
    public static ResourceBundle bundle() {
        return shown.bundle();
    }
}

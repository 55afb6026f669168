package org.palimpsest.ui.support;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/// Every text that the window shows, in the person's language.
///
/// They lie in `texts.properties` by key and are read as [MessageFormat]s. Thread-safe.
public final class Texts {
    private static final String NAME = "org.palimpsest.ui.texts";
    private static final ResourceBundle BUNDLE = ResourceBundle.getBundle(NAME, Locale.ROOT);

    private Texts() {}

    /// The text of a key with its arguments put in.
    ///
    /// @throws java.util.MissingResourceException if there is no such text
    public static String get(String key, Object... arguments) {
        return new MessageFormat(BUNDLE.getString(key), Locale.ENGLISH).format(arguments);
    }

    /// All of them, for FXML.
    public static ResourceBundle bundle() {
        return BUNDLE;
    }
}

package org.palimpsest.ui.support;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javafx.scene.text.Font;

/// The fonts that come with the program for languages whose characters a system may lack.
///
/// Windows and macOS have Japanese and Chinese fonts always, a Linux system only where somebody installed them; there the
/// window takes its own. They are cut down to the usual characters (see `src/fonts/make_fonts.py`); a rarer one is shown
/// in a font of the system. Thread-safe.
public final class Fonts {
    private static final Map<String, String> FAMILIES = Map.of("ja", "JP", "zh", "SC");
    private static final List<String> WEIGHTS = List.of("Regular", "Bold");
    private static final Map<String, Optional<String>> LOADED = new ConcurrentHashMap<>();

    private Fonts() {}

    /// The family that texts of a language are shown in; empty for the system's own.
    public static Optional<String> family(Locale language) {
        var ending = FAMILIES.get(language.getLanguage());
        if (ending == null || !isLinux()) {
            return Optional.empty();
        }
        return LOADED.computeIfAbsent(ending, Fonts::load);
    }

    private static boolean isLinux() {
        return System.getProperty("os.name").startsWith("Linux");
    }

    private static Optional<String> load(String ending) {
        Optional<String> family = Optional.empty();
        for (var weight : WEIGHTS) {
            var file =
                    Fonts.class.getResource(
                            "/org/palimpsest/ui/fonts/PalimpsestSans"
                                    + ending
                                    + "-"
                                    + weight
                                    + ".otf");
            if (file == null) {
                throw new IllegalStateException("A font is missing: " + ending + " " + weight);
            }
            var font = Font.loadFont(file.toExternalForm(), -1);
            if (font != null) {
                family = Optional.of(font.getFamily());
            }
        }
        return family;
    }

    /// What a canvas writes in, in the language that is shown now.
    public static String now() {
        return family(Texts.locale()).orElseGet(() -> Font.getDefault().getFamily());
    }
}

package org.palimpsest.ui.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Font;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The fonts that come with the program, held against the texts that they are for.
final class FontsTest {
    @BeforeAll
    static void start() throws Exception {
        FxThread.start();
    }

    @ParameterizedTest
    @CsvSource({"ja, JP, Regular", "ja, JP, Bold", "zh, SC, Regular", "zh, SC, Bold"})
    void everyCharacterOfTheTextsIsInTheFont(String language, String ending, String weight)
            throws Exception {
        var missing = new TreeSet<String>();
        try (var stream =
                Objects.requireNonNull(
                        Fonts.class.getResourceAsStream(
                                "/org/palimpsest/ui/fonts/PalimpsestSans%s-%s.otf"
                                        .formatted(ending, weight)))) {
            var font = Font.createFont(Font.TRUETYPE_FONT, stream);
            var texts = texts(language);
            for (var key : texts.keySet()) {
                texts.getString(key)
                        .codePoints()
                        .filter(point -> !font.canDisplay(point))
                        .mapToObj(point -> key + ": " + Character.toString(point))
                        .forEach(missing::add);
            }
        }
        assertThat(missing).isEmpty();
    }

    private static ResourceBundle texts(String language) throws MissingResourceException {
        return ResourceBundle.getBundle(
                "org.palimpsest.ui.texts",
                Locale.of(language),
                ResourceBundle.Control.getNoFallbackControl(
                        ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void japaneseAndChineseHaveTheirOwnFamilies() {
        assertThat(Fonts.family(Locale.JAPANESE)).contains("Palimpsest Sans JP");
        assertThat(Fonts.family(Locale.SIMPLIFIED_CHINESE)).contains("Palimpsest Sans SC");
        assertThat(Fonts.family(Locale.GERMAN)).isEmpty();
    }
}

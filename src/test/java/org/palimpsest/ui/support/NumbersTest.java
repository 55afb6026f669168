package org.palimpsest.ui.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NumbersTest {
    @AfterEach
    void english() {
        Texts.use(Locale.ENGLISH);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "en;12.5;12.5",
                "en;12,5;12.5",
                "en;1,234;1234",
                "en;1,234.5;1234.5",
                "en;0,001;0.001",
                "en;1e-4;0.0001",
                "de;12,5;12.5",
                "de;12.5;12.5",
                "de;1.234;1234",
                "de;1.234,5;1234.5",
                "de;0.001;0.001",
                "de;-1.234.567;-1234567",
                "fr;1\u202f234,5;1234.5",
                "ja;１２．５;12.5",
                "zh;,5;0.5"
            })
    void aTypedNumberIsReadAsTheLanguageWritesIt(String language, String typed, double number) {
        Texts.use(Locale.forLanguageTag(language));
        assertThat(Numbers.typed(typed)).isEqualTo(OptionalDouble.of(number));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1.2.3,4,5", "12px", "NaN", "."})
    void whatIsNoNumberIsNone(String typed) {
        assertThat(Numbers.typed(typed)).isEmpty();
    }

    @Test
    void aWrittenNumberIsReadAgain() {
        for (var language : Texts.LANGUAGES) {
            Texts.use(language);
            assertThat(Numbers.typed(Numbers.fixed(1234.5, 2)))
                    .isEqualTo(OptionalDouble.of(1234.5));
            assertThat(Numbers.typed(Numbers.whole(1234567))).isEqualTo(OptionalDouble.of(1234567));
        }
        Texts.use(Locale.GERMAN);
        assertThat(Numbers.fixed(1234.5, 2)).isEqualTo("1234,50");
        assertThat(Numbers.whole(1234567)).isEqualTo("1.234.567");
    }
}

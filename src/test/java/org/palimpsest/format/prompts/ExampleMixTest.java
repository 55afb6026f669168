package org.palimpsest.format.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.problem.ProblemException;

class ExampleMixTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "detect-all",
                "detect-all,segment-all:0.5,caption:2",
                "segment-negatives-12,detect-checked-negatives-3:0.125",
                "detect-each,segment-present,caption-fil,answer-de,ocr,free,texts,question-of-answer,count",
            })
    void aMixIsReadAsItIsWritten(String text) throws Exception {
        assertThat(ExampleMix.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "detect-all,",
                "detect-all,detect-all:2",
                "detect-all:0",
                "detect-all:-1",
                "detect-all:NaN",
                "detect-all:101",
                "detect-all:x",
                "caption-xx",
                "ocr-en",
                "detect-negatives-0",
            })
    void aMixWithoutMeaningIsRefused(String text) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> ExampleMix.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "empty, maybe",
        "empty, text:",
        "order, size",
        "lower-case, yes",
        "count-wording, how many?",
    })
    void aSettingWithoutMeaningIsRefused(String name, String value) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> ExampleFixtures.options(Map.of(name, value), 0))
                .withMessageContaining(name);
    }
}

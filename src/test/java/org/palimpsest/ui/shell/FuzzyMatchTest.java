package org.palimpsest.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class FuzzyMatchTest {
    @Test
    void beginningsComeBeforeWordsBeforeInitialsBeforePartsBeforeScatteredLetters() {
        assertThat(score("acc", "Accept all"))
                .isGreaterThan(score("all", "Accept all"))
                .isGreaterThan(score("aa", "Accept all"));
        assertThat(score("aa", "Accept all")).isGreaterThan(score("cep", "Accept all"));
        assertThat(score("cep", "Accept all")).isGreaterThan(score("ctl", "Accept all"));
    }

    @Test
    void everyWordMustFit() {
        assertThat(FuzzyMatch.score("accept zebra", "Accept all")).isEqualTo(OptionalInt.empty());
        assertThat(FuzzyMatch.score("all accept", "Accept all")).isPresent();
    }

    @Test
    void capitalsAndAccentsDoNotMatterAndNothingFitsEverything() {
        assertThat(FuzzyMatch.score("ECHO", "Écho")).isPresent();
        assertThat(FuzzyMatch.score("  ", "Anything")).hasValue(0);
    }

    private static int score(String typed, String name) {
        return FuzzyMatch.score(typed, name).orElseThrow();
    }
}

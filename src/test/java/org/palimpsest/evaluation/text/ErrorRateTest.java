package org.palimpsest.evaluation.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ErrorRateTest {
    @Test
    void charactersAreUnicodeCodePoints() {
        assertThat(ErrorRate.ofCharacters("😀b", "😀a")).isEqualTo(new ErrorRate(1, 2));
        assertThat(ErrorRate.ofCharacters("kitten", "sitting")).isEqualTo(new ErrorRate(3, 7));
    }

    @Test
    void wordsStandBetweenBlanks() {
        assertThat(ErrorRate.ofWords(" a  cat sat", "the cat sat down\n"))
                .isEqualTo(new ErrorRate(2, 4));
    }

    @Test
    void longTextsWeighMoreThanShortOnes() {
        var sum = new ErrorRate(1, 1).plus(new ErrorRate(0, 9));
        assertThat(sum).isEqualTo(new ErrorRate(1, 10));
        assertThat(sum.rate()).isEqualTo(0.1);
    }

    @Test
    void anEmptyReferenceIsMetByAnEmptyPredictionOnly() {
        assertThat(ErrorRate.NONE.rate()).isZero();
        assertThat(ErrorRate.ofCharacters("", "").rate()).isZero();
        assertThat(ErrorRate.ofCharacters("abc", "").rate()).isEqualTo(3);
        assertThat(ErrorRate.ofCharacters("", "abc").rate()).isEqualTo(1);
    }

    @Test
    void distanceIsTheShortestOfAllWays() {
        var random = new Random(5);
        for (int i = 0; i < 200; i++) {
            var a = text(random);
            var b = text(random);
            assertThat(EditDistance.ofCharacters(a, b)).as(a + " " + b).isEqualTo(slow(a, b));
        }
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int length = random.nextInt(7); length > 0; length--) {
            text.append((char) ('a' + random.nextInt(3)));
        }
        return text.toString();
    }

    /// The definition itself.
    private static int slow(String a, String b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.length() + b.length();
        }
        int replaced = a.charAt(0) == b.charAt(0) ? 0 : 1;
        return Math.min(
                slow(a.substring(1), b.substring(1)) + replaced,
                1 + Math.min(slow(a.substring(1), b), slow(a, b.substring(1))));
    }
}

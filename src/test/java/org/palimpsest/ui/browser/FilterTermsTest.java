package org.palimpsest.ui.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.ImageFilter;

class FilterTermsTest {
    private static final String FILTER =
            "label:\"traffic light\",car and -tag:night not (state:new or objects>3) \"red car\"";

    @Test
    void aFilterIsPartedIntoTheTermsThatAllHaveToHold() {
        assertThat(FilterTerms.of(FILTER).terms())
                .containsExactly(
                        "label:\"traffic light\",car",
                        "-tag:night",
                        "not (state:new or objects>3)",
                        "\"red car\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                FILTER,
                "label:a or label:b",
                "a -b or (c d)",
                "not not label:a",
                "label:\"a (b\" tag:c",
                "",
            })
    void partedAndJoinedItMeansTheSame(String text) throws ProblemException {
        assertThat(ImageFilter.parse(FilterTerms.of(text).text()))
                .isEqualTo(ImageFilter.parse(text));
    }

    @Test
    void aTermIsAddedBesideAlternativesAndNotToOneOfThem() throws ProblemException {
        var changed = FilterTerms.of("label:a or label:b").withToggled("tag:t");

        assertThat(ImageFilter.parse(changed.text()))
                .isEqualTo(ImageFilter.parse("(label:a or label:b) tag:t"));
    }

    @Test
    void valuesOfAKeyAreReadAndReplacedInPlace() {
        var terms = FilterTerms.of("state:new " + FILTER);

        assertThat(terms.values("label")).isEqualTo(Set.of("traffic light", "car"));
        assertThat(terms.withToggled("label", "car").withToggled("label", "a, b").terms())
                .startsWith("state:new", "label:\"traffic light\",\"a, b\"", "-tag:night");
        assertThat(terms.withToggled("state", "new").terms()).doesNotContain("state:new");
        assertThat(terms.withToggled("split", "test").terms()).endsWith("split:test");
    }

    @Test
    void aBarTakesThePlaceOfAnotherOfItsChartAndGoesWhenChosenAgain() {
        var terms = FilterTerms.of("score>0.5 label:a").withOnly("score", "score=0.2..0.3");

        assertThat(terms.terms()).containsExactly("score=0.2..0.3", "label:a");
        assertThat(terms.withOnly("score", "score=0.2..0.3").terms()).containsExactly("label:a");
    }

    @ParameterizedTest
    @CsvSource({
        "SCORE, 0.2, 0.3, score=0.2..0.3",
        "SCORE, 0.9, 1.0000000000000002, score>=0.9",
        "AREA, 0, 0.0001, area<0.0001",
        "AREA, 0.0001, 0.001, area=0.0001..0.001",
        "ASPECT, 4, Infinity, aspect>=4",
    })
    void rangesAreTermsThatCanBeRead(
            ImageFilter.Measure measure, double from, double below, String term)
            throws ProblemException {
        assertThat(FilterTerms.range(measure, from, below)).isEqualTo(term);
        assertThat(ImageFilter.parse(term)).isNotInstanceOf(ImageFilter.Or.class); // no words
    }

    @Test
    void anyNameCanBeAValue() throws ProblemException {
        for (var name : List.of("car", "small dog", "a,b", "-x", "a:b", "(", "猫", "or")) {
            assertThat(ImageFilter.parse(FilterTerms.term("label", name)))
                    .isEqualTo(new ImageFilter.HasLabel(name));
        }
    }
}

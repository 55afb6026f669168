package org.palimpsest.evaluation.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;

class ReviewSignalsTest {
    private static final Size IMAGE = new Size(40, 40);
    private static final Box PLACE = new Box(0, 0, 10, 10);

    private static ObjectAnnotation object(String label, Region region, double score) {
        return ObjectAnnotation.of(
                label,
                region,
                new Provenance.Predicted("model", "detect " + label, score, Instant.EPOCH));
    }

    private static TextAnnotation text(String prompt, String text) {
        return TextAnnotation.of(prompt, text, new Provenance.Drawn("me", Instant.EPOCH));
    }

    @Test
    void theLowestScoreOfWhatNobodyReviewedCounts() {
        var sure = object("cat", PLACE, 0.9);
        var unsure = object("dog", PLACE, 0.25);
        assertThat(ReviewSignals.lowScore(List.of(sure, unsure, text("ocr", "x")))).hasValue(0.75);
        assertThat(ReviewSignals.lowScore(List.of(sure, unsure.withReview(ReviewState.ACCEPTED))))
                .hasValueCloseTo(0.1, within(1e-12));
        assertThat(ReviewSignals.lowScore(List.of(text("ocr", "x")))).isEmpty();
    }

    @Test
    void equalPredictionsDoNotDisagreeAndPredictionsWithNothingInCommonDoEntirely() {
        var cat = List.of(object("cat", PLACE, 0.5), text("caption en", "a cat"));
        assertThat(ReviewSignals.disagreement(IMAGE, cat, cat)).hasValue(0);
        assertThat(ReviewSignals.disagreement(IMAGE, cat, List.of())).hasValue(1);
        assertThat(
                        ReviewSignals.disagreement(
                                IMAGE, cat, List.of(object("dog", PLACE, 0.5), text("ocr", "a"))))
                .hasValue(1);
        assertThat(ReviewSignals.disagreement(IMAGE, List.of(), List.of())).isEmpty();
    }

    @Test
    void pairsCountAsMuchAsTheyAgree() {
        var one = List.of(object("cat", PLACE, 1), text("ocr", "abcd"));
        var other =
                List.of(
                        object("cat", new Box(0, 0, 10, 5), 1),
                        object("cat", new Box(30, 30, 40, 40), 1),
                        text("ocr", "abcx"));
        assertThat(ReviewSignals.disagreement(IMAGE, one, other))
                .hasValueCloseTo(1 - 2 * (0.5 + 0.75) / 5, within(1e-12));
    }

    @Test
    void masksAreComparedByTheirPixelsAndRejectedOnesNotAtAll() {
        var mask = object("cat", Mask.of(40, 40, (x, y) -> x < 10 && y < 20), 1);
        var box = object("cat", PLACE, 1);
        assertThat(ReviewSignals.disagreement(IMAGE, List.of(mask), List.of(box))).hasValue(0.5);
        assertThat(
                        ReviewSignals.disagreement(
                                IMAGE,
                                List.of(mask.withReview(ReviewState.REJECTED)),
                                List.of(box)))
                .hasValue(1);
    }

    @Test
    void theRarestLabelCounts() {
        var frequencies = new LabelFrequencies();
        var cat = object("cat", PLACE, 1);
        var dog = object("dog", PLACE, 1);
        frequencies.add(List.of(cat, cat, dog));
        frequencies.add(List.of(cat, cat, dog.withReview(ReviewState.REJECTED)));
        assertThat(ReviewSignals.rareLabel(List.of(cat), frequencies)).hasValue(0.25);
        assertThat(ReviewSignals.rareLabel(List.of(cat, dog), frequencies)).hasValue(1);
        assertThat(ReviewSignals.rareLabel(List.of(text("ocr", "x")), frequencies)).isEmpty();
    }

    @Test
    void improbabilityIsMeasuredPerToken() {
        assertThat(ReviewSignals.improbableText(-6, 3)).hasValue(2);
        assertThat(ReviewSignals.improbableText(0, 0)).isEmpty();
        assertThat(ReviewSignals.improbableText(Double.NEGATIVE_INFINITY, 2))
                .hasValue(Double.MAX_VALUE);
        assertThatIllegalArgumentException().isThrownBy(() -> ReviewSignals.improbableText(0.1, 1));
    }
}

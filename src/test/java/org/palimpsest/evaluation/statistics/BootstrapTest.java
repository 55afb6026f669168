package org.palimpsest.evaluation.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.palimpsest.evaluation.MeanScore;

class BootstrapTest {
    @Test
    void theIntervalOfAMeanIsAsWideAsTheoryHasIt() {
        var random = new Random(3);
        var scores = Stream.generate(() -> MeanScore.of(random.nextGaussian())).limit(400).toList();
        var interval = new Bootstrap(4000, 0.95).ofMean(scores, new Random(1)).orElseThrow();
        double mean = scores.stream().reduce(MeanScore.NONE, MeanScore::plus).mean();
        double deviation =
                Math.sqrt(
                        scores.stream()
                                .mapToDouble(score -> Math.pow(score.sum() - mean, 2))
                                .average()
                                .orElseThrow());
        double half = 1.96 * deviation / Math.sqrt(scores.size());
        assertThat(interval.value()).isCloseTo(mean, within(1e-12));
        assertThat(interval.low()).isCloseTo(mean - half, within(half * 0.1));
        assertThat(interval.high()).isCloseTo(mean + half, within(half * 0.1));
    }

    @Test
    void theSameRandomNumbersGiveTheSameInterval() {
        var scores = List.of(MeanScore.of(0), MeanScore.of(1), MeanScore.of(0.25));
        assertThat(Bootstrap.USUAL.ofMean(scores, new Random(9)))
                .isEqualTo(Bootstrap.USUAL.ofMean(scores, new Random(9)));
    }

    @Test
    void imagesWithSeveralScoresWeighMore() {
        var scores = List.of(new MeanScore(9, 9), new MeanScore(0, 1));
        var interval = Bootstrap.USUAL.ofMean(scores, new Random(1)).orElseThrow();
        assertThat(interval).isEqualTo(new ConfidenceInterval(0.9, 0, 1, 0.95));
    }

    @Test
    void theIntervalHoldsTheMiddlePartOfTheScores() {
        var next = new AtomicInteger(-1); // the images themselves; then 0 to 100
        assertThat(new Bootstrap(101, 0.5).interval(5, _ -> next.getAndIncrement(), new Random(1)))
                .contains(new ConfidenceInterval(-1, 25, 75, 0.5));
    }

    @Test
    void equalScoresHaveNoSpread() {
        var scores = Collections.nCopies(10, MeanScore.of(0.5));
        assertThat(Bootstrap.USUAL.ofMean(scores, new Random(1)))
                .contains(new ConfidenceInterval(0.5, 0.5, 0.5, 0.95));
    }

    @Test
    void undefinedDrawsAreLeftOutAndAnUndefinedScoreHasNoInterval() {
        var rarelyDefined =
                new Bootstrap(200, 0.9)
                        .interval(3, weights -> weights[0] == 0 ? Double.NaN : 2, new Random(1));
        assertThat(rarelyDefined).contains(new ConfidenceInterval(2, 2, 2, 0.9));
        assertThat(Bootstrap.USUAL.interval(3, _ -> Double.NaN, new Random(1))).isEmpty();
        assertThat(Bootstrap.USUAL.ofMean(List.of(), new Random(1))).isEmpty();
        assertThat(Bootstrap.USUAL.ofMean(List.of(MeanScore.NONE), new Random(1))).isEmpty();
    }

    @Test
    void everyImageIsDrawnAsOftenAsThereAreImagesInAll() {
        new Bootstrap(50, 0.5)
                .interval(
                        7,
                        weights -> {
                            assertThat(weights).hasSize(7);
                            assertThat(Arrays.stream(weights).sum()).isEqualTo(7);
                            return 0;
                        },
                        new Random(4));
    }

    @Test
    void anIntervalNeedsResamplesAndALevel() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Bootstrap(0, 0.95));
        assertThatIllegalArgumentException().isThrownBy(() -> new Bootstrap(10, 1));
    }
}

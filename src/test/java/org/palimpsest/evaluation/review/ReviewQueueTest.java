package org.palimpsest.evaluation.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.palimpsest.evaluation.review.ReviewSignal.DISAGREEMENT;
import static org.palimpsest.evaluation.review.ReviewSignal.LOW_SCORE;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.palimpsest.dataset.ImageId;

class ReviewQueueTest {
    private static ImageId image(int number) {
        return new ImageId(new UUID(0, number));
    }

    @Test
    void ranksOfSignalsAreCombinedByTheirWeights() {
        var queue = new ReviewQueue(Map.of(LOW_SCORE, 3.0, DISAGREEMENT, 1.0));
        queue.add(image(1), Map.of(LOW_SCORE, 0.1, DISAGREEMENT, 900.0));
        queue.add(image(2), Map.of(LOW_SCORE, 0.2, DISAGREEMENT, 0.5));
        queue.add(image(3), Map.of(LOW_SCORE, 0.3));
        assertThat(queue.top(3))
                .containsExactly(
                        new ReviewItem(image(3), 0.75, Map.of(LOW_SCORE, 0.3)),
                        new ReviewItem(image(2), 0.375, Map.of(LOW_SCORE, 0.2, DISAGREEMENT, 0.5)),
                        new ReviewItem(
                                image(1), 0.25, Map.of(LOW_SCORE, 0.1, DISAGREEMENT, 900.0)));
    }

    @Test
    void equalUrgenciesKeepTheOrderOfTheImages() {
        var queue = new ReviewQueue(Map.of(LOW_SCORE, 1.0));
        for (int i = 9; i > 0; i--) {
            queue.add(image(i), Map.of(LOW_SCORE, 0.5));
        }
        assertThat(queue.top(3))
                .extracting(ReviewItem::image)
                .containsExactly(image(9), image(8), image(7));
    }

    @Test
    void theFirstFewAreThoseOfTheWholeOrder() {
        var random = new Random(11);
        var queue = new ReviewQueue(ReviewQueue.USUAL_WEIGHTS);
        for (int i = 0; i < 300; i++) {
            queue.add(
                    image(i),
                    Map.of(LOW_SCORE, random.nextDouble(), DISAGREEMENT, random.nextInt(4) * 1.0));
        }
        var all = new ArrayList<>(queue.top(300));
        assertThat(all)
                .hasSize(300)
                .isSortedAccordingTo(Comparator.comparingDouble(ReviewItem::urgency).reversed());
        assertThat(queue.top(17)).isEqualTo(all.subList(0, 17));
        assertThat(queue.top(0)).isEmpty();
    }

    @Test
    void oneImageAloneHasNoRank() {
        var queue = new ReviewQueue(ReviewQueue.USUAL_WEIGHTS);
        queue.add(image(1), Map.of(LOW_SCORE, 1.0));
        assertThat(queue.top(5)).extracting(ReviewItem::urgency).containsExactly(0.0);
    }

    @Test
    void nonsenseIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReviewQueue(Map.of(LOW_SCORE, -1.0)));
        assertThatIllegalArgumentException().isThrownBy(() -> new ReviewQueue(Map.of()));
        var queue = new ReviewQueue(ReviewQueue.USUAL_WEIGHTS);
        queue.add(image(1), Map.of());
        assertThatIllegalArgumentException().isThrownBy(() -> queue.add(image(1), Map.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> queue.add(image(2), Map.of(LOW_SCORE, Double.NaN)));
        assertThat(queue.top(1).getFirst().urgency()).isZero();
    }
}

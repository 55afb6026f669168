package org.palimpsest.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ChartScaleTest {
    private static List<String> texts(ChartScale scale) {
        return scale.ticks().stream().map(scale::text).toList();
    }

    @Test
    void ticksAreRoundAndHoldTheValuesBetweenThem() {
        assertThat(texts(ChartScale.around(0, 2.31, 6)))
                .containsExactly("0", "0.5", "1", "1.5", "2", "2.5");
        assertThat(texts(ChartScale.around(0, 2e-4, 6)))
                .containsExactly("0", "5e−5", "1e−4", "1.5e−4", "2e−4");
        assertThat(texts(ChartScale.around(0, 2e-3, 6)))
                .containsExactly("0", "0.0005", "0.001", "0.0015", "0.002");
        assertThat(texts(ChartScale.around(-0.3, 0.2, 6)))
                .containsExactly("−0.3", "−0.2", "−0.1", "0", "0.1", "0.2");
    }

    @Test
    void anAxisWithinTheValuesEndsWhereTheyEnd() {
        var scale = ChartScale.within(0, 437, 8);
        assertThat(texts(scale)).containsExactly("0", "100", "200", "300", "400");
        assertThat(scale.share(437)).isEqualTo(1);
    }

    @Test
    void oneValueHasAnAxisToo() {
        var scale = ChartScale.around(3, 3, 6);
        assertThat(scale.low()).isLessThan(3);
        assertThat(scale.high()).isGreaterThan(3);
        assertThat(ChartScale.around(0, 0, 6).ticks()).contains(0.0);
    }

    @Test
    void anyValuesHaveFewRoundTicks() {
        var random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            double size = Math.pow(10, random.nextDouble(-12, 12));
            double one = random.nextDouble(-1, 1) * size;
            double other = one + random.nextDouble() * size;
            var scale = ChartScale.around(one, other, 6);
            assertThat(scale.ticks().size()).as(one + " " + other).isBetween(2, 7);
            assertThat(scale.low()).isLessThanOrEqualTo(one + scale.step() * 1e-6);
            assertThat(scale.high()).isGreaterThanOrEqualTo(other - scale.step() * 1e-6);
            assertThat(scale.share(scale.low())).isCloseTo(0, within(1e-12));
        }
    }
}

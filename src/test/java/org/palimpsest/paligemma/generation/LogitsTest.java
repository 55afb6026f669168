package org.palimpsest.paligemma.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogitsTest {

    private static float[] random(int count, double scale, long seed) {
        var random = new Random(seed);
        var logits = new float[count];
        for (int i = 0; i < count; i++) {
            logits[i] = (float) (scale * random.nextGaussian());
        }
        return logits;
    }

    private static double exact(float[] logits) {
        double max = Logits.max(logits);
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - max);
        }
        return max + Math.log(sum);
    }

    @Test
    void logSumExpAgreesWithDoublePrecision() {
        for (double scale : new double[] {0, 0.01, 1, 5, 30, 1000}) {
            for (int count : new int[] {1, 3, 1024, 1025, 257_216}) {
                float[] logits = random(count, scale, count);
                assertThat(Logits.logSumExp(logits))
                        .as(count + " times " + scale)
                        .isCloseTo(exact(logits), within(1e-5));
            }
        }
    }

    @Test
    void theFirstOfEqualLargestEntriesWins() {
        assertThat(Logits.argMax(new float[] {1, 3, 2, 3})).isEqualTo(1);
        assertThat(Logits.argMax(new float[] {-1, -3})).isZero();
        assertThat(Logits.argMax(new float[] {1, Float.NaN, 2})).isEqualTo(-1);
    }

    @Test
    void spreadIsZeroForACertainBinAndLargeForTwoFarOnes() {
        var logits = new float[1100];
        Arrays.fill(logits, -100);
        logits[50 + 512] = 10;
        assertThat(Logits.range(logits, 50, 1024).deviation()).isLessThan(1e-4f);
        logits[50] = 10;
        logits[50 + 1023] = 10;
        logits[50 + 512] = -100;
        assertThat(Logits.range(logits, 50, 1024).deviation()).isCloseTo(0.5f, within(1e-4f));
    }

    @Test
    void topKAndTopPCutTheDistribution() {
        var logits = new float[] {2, 1, 0, -1, 1.5f};
        var firstTwo = TokenChooser.of(new Sampler.Temperature(1, 2, 1, 3));
        var mostProbable = TokenChooser.of(new Sampler.Temperature(1, 0, 1e-9, 3));
        var all = TokenChooser.of(new Sampler.Temperature(1, 0, 1, 3));
        var seen = new int[5];
        for (int i = 0; i < 4000; i++) {
            assertThat(firstTwo.choose(logits)).isIn(0, 4);
            assertThat(mostProbable.choose(logits)).isZero();
            seen[all.choose(logits)]++;
        }
        double total = Arrays.stream(new double[] {2, 1, 0, -1, 1.5}).map(Math::exp).sum();
        assertThat(seen[0] / 4000.0).isCloseTo(Math.exp(2) / total, within(0.03));
        assertThat(seen[3] / 4000.0).isCloseTo(Math.exp(-1) / total, within(0.03));
    }

    @Test
    void impossibleSamplersAreRefused() {
        for (double temperature : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new Sampler.Temperature(temperature, 0, 1, 0))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new Sampler.Temperature(1, -1, 1, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Sampler.Temperature(1, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> GenerationOptions.greedy(0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

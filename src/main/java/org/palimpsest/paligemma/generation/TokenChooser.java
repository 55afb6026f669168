package org.palimpsest.paligemma.generation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Chooses tokens for one prompt, one after another.
@FunctionalInterface
interface TokenChooser {

    /// The token; -1 if a logit is not a number.
    int choose(float[] logits);

    static TokenChooser of(Sampler sampler) {
        return switch (sampler) {
            case Sampler.Greedy() -> Logits::argMax;
            case Sampler.Given(var tokens) -> {
                var next = tokens.iterator();
                yield logits -> Float.isNaN(Logits.max(logits)) ? -1 : next.next();
            }
            case Sampler.Temperature temperature -> new Random(temperature);
        };
    }

    /// Draws from the tempered, cut distribution.
    final class Random implements TokenChooser {
        /// Less probable than the best by e⁻²⁵: never drawn in practice, and most of the vocabulary.
        private static final double NEGLIGIBLE = 25;

        private final Sampler.Temperature sampler;
        private final SplittableRandom random;

        Random(Sampler.Temperature sampler) {
            this.sampler = sampler;
            this.random = new SplittableRandom(sampler.seed());
        }

        @Override
        public int choose(float[] logits) {
            float max = Logits.max(logits);
            if (Float.isNaN(max)) {
                return -1;
            }
            double least = max - NEGLIGIBLE * sampler.temperature();
            int[] candidates =
                    IntStream.range(0, logits.length)
                            .filter(i -> logits[i] >= least)
                            .boxed()
                            .sorted(Comparator.comparingDouble(i -> -logits[i]))
                            .mapToInt(Integer::intValue)
                            .toArray();
            int count = candidates.length;
            if (sampler.topK() > 0) {
                count = Math.min(count, sampler.topK());
            }
            var weights = new double[count];
            for (int i = 0; i < count; i++) {
                weights[i] = Math.exp((logits[candidates[i]] - max) / sampler.temperature());
            }
            int kept = withinTopP(weights);
            return candidates[draw(weights, kept)];
        }

        /// How many of the weights, largest first, make up the share that is kept; at least one.
        private int withinTopP(double[] weights) {
            double wanted = sampler.topP() * Arrays.stream(weights).sum();
            double sum = 0;
            for (int i = 0; i < weights.length; i++) {
                sum += weights[i];
                if (sum >= wanted) {
                    return i + 1;
                }
            }
            return weights.length;
        }

        private int draw(double[] weights, int count) {
            double total = 0;
            for (int i = 0; i < count; i++) {
                total += weights[i];
            }
            double left = random.nextDouble() * total;
            for (int i = 0; i < count - 1; i++) {
                left -= weights[i];
                if (left < 0) {
                    return i;
                }
            }
            return count - 1;
        }
    }
}

package org.palimpsest.paligemma.generation;

/// Numbers that are read off a row of logits.
final class Logits {
    /// Entries this far below the largest add less than one part in 10⁷ to the sum, however many there are.
    private static final float NEGLIGIBLE = 30f;

    private Logits() {}

    static float max(float[] logits) {
        float max = Float.NEGATIVE_INFINITY;
        for (float logit : logits) {
            max = Math.max(max, logit);
        }
        return max;
    }

    /// The first index of the largest entry.
    static int argMax(float[] logits) {
        float max = max(logits);
        for (int i = 0; i < logits.length; i++) {
            if (logits[i] == max) {
                return i;
            }
        }
        throw new IllegalStateException("No largest entry among " + logits.length + " logits");
    }

    /// Natural logarithm of the sum of the exponentials.
    static double logSumExp(float[] logits) {
        float max = max(logits);
        float least = max - NEGLIGIBLE;
        double sum = 0;
        for (float logit : logits) {
            if (logit > least) {
                sum += Math.exp(logit - max);
            }
        }
        return max + Math.log(sum);
    }

    /// Standard deviation of the index under the softmax of `count` entries from `first`, divided by the last index.
    static float spread(float[] logits, int first, int count) {
        float max = Float.NEGATIVE_INFINITY;
        for (int i = first; i < first + count; i++) {
            max = Math.max(max, logits[i]);
        }
        double weights = 0;
        double mean = 0;
        double square = 0;
        for (int i = 0; i < count; i++) {
            double weight = Math.exp(logits[first + i] - max);
            weights += weight;
            mean += weight * i;
            square += weight * i * i;
        }
        mean /= weights;
        double variance = Math.max(0, square / weights - mean * mean);
        return (float) (Math.sqrt(variance) / (count - 1));
    }
}

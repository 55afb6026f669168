package org.palimpsest.paligemma.generation;

/// Numbers that are read off a row of logits.
final class Logits {
    /// Entries further below the largest count as this far below: less than one part in 10⁷ of the sum, however many.
    private static final float NEGLIGIBLE = 30f;

    private static final int BLOCK = 1024;

    /// exp(x) = exp(x / 32)³², so that the polynomial's argument stays between -1 and 0.
    private static final float PARTS = 32f;

    private Logits() {}

    static float max(float[] logits) {
        float max = Float.NEGATIVE_INFINITY;
        for (float logit : logits) {
            max = Math.max(max, logit);
        }
        return max;
    }

    /// The first index of the largest entry; -1 if an entry is not a number.
    static int argMax(float[] logits) {
        float max = max(logits);
        for (int i = 0; i < logits.length; i++) {
            if (logits[i] == max) {
                return i;
            }
        }
        return -1;
    }

    /// Natural logarithm of the sum of the exponentials, right to about 10⁻⁵.
    ///
    /// A vocabulary has a quarter of a million entries and this is done for every token, so the exponential is written in
    /// sums and products that the compiler turns into vector instructions.
    static double logSumExp(float[] logits) {
        float max = max(logits);
        var block = new float[BLOCK];
        double sum = 0;
        for (int from = 0; from < logits.length; from += BLOCK) {
            int count = Math.min(BLOCK, logits.length - from);
            shift(logits, from, count, max, block);
            exponentials(block, count);
            sum += sum(block, count);
        }
        return max + Math.log(sum);
    }

    private static void shift(float[] logits, int from, int count, float max, float[] block) {
        for (int i = 0; i < count; i++) {
            block[i] = Math.max(logits[from + i] - max, -NEGLIGIBLE);
        }
    }

    /// For arguments of at most 0. A loop of its own, which the compiler vectorises only so.
    private static void exponentials(float[] block, int count) {
        for (int i = 0; i < count; i++) {
            float y = block[i] * (1 / PARTS);
            // Taylor's series to the seventh power; what is left out matters only far below the
            // largest entry.
            float p = 1f / 5040;
            p = p * y + 1f / 720;
            p = p * y + 1f / 120;
            p = p * y + 1f / 24;
            p = p * y + 1f / 6;
            p = p * y + 0.5f;
            p = p * y + 1f;
            p = p * y + 1f;
            p = p * p;
            p = p * p;
            p = p * p;
            p = p * p;
            block[i] = p * p;
        }
    }

    private static double sum(float[] values, int count) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 3 < count; i += 4) {
            a += values[i];
            b += values[i + 1];
            c += values[i + 2];
            d += values[i + 3];
        }
        for (; i < count; i++) {
            a += values[i];
        }
        return a + b + c + d;
    }

    /// The share of all probability that some entries have together.
    static double probability(float[] logits, int from, int to, double logSumExp) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += Math.exp(logits[i] - logSumExp);
        }
        return Math.min(1, sum);
    }

    /// The softmax of `count` entries from `first` in a few numbers.
    static LocationRange range(float[] logits, int first, int count) {
        int likeliest = 0;
        for (int i = 1; i < count; i++) {
            if (logits[first + i] > logits[first + likeliest]) {
                likeliest = i;
            }
        }
        float max = logits[first + likeliest];
        var weights = new double[count];
        double total = 0;
        double mean = 0;
        double square = 0;
        for (int i = 0; i < count; i++) {
            double weight = Math.exp(logits[first + i] - max);
            weights[i] = weight;
            total += weight;
            mean += weight * i;
            square += weight * i * i;
        }
        mean /= total;
        double variance = Math.max(0, square / total - mean * mean);
        return new LocationRange(
                quantile(weights, LocationRange.LOW_QUANTILE * total),
                likeliest,
                quantile(weights, LocationRange.HIGH_QUANTILE * total),
                (float) (Math.sqrt(variance) / (count - 1)));
    }

    private static int quantile(double[] weights, double wanted) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i];
            if (sum >= wanted) {
                return i;
            }
        }
        return weights.length - 1;
    }
}

package org.palimpsest.evaluation.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.palimpsest.evaluation.MeanScore;

/// Confidence intervals by the percentile bootstrap over images (Efron and Tibshirani, An Introduction to the Bootstrap,
/// 1993, chapter 13): as many images as there are get drawn with replacement, again and again, and the interval holds the
/// middle part of the scores.
///
/// The same random numbers give the same interval.
///
/// @param resamples how often images are drawn
/// @param level the share of the scores inside of the interval
public record Bootstrap(int resamples, double level) {
    /// A thousand draws, 95 percent.
    public static final Bootstrap USUAL = new Bootstrap(1000, 0.95);

    public Bootstrap {
        if (resamples < 1 || !(level > 0 && level < 1)) {
            throw new IllegalArgumentException(
                    "Not a bootstrap: " + resamples + " resamples, level " + level);
        }
    }

    /// The interval of a mean of scores, one or several an image, such as accuracy, error rate or mIoU.
    ///
    /// @return empty where there is no score
    public Optional<ConfidenceInterval> ofMean(List<MeanScore> images, RandomGenerator random) {
        return interval(images.size(), weights -> mean(images, weights), random);
    }

    private static double mean(List<MeanScore> images, int[] weights) {
        double sum = 0;
        long count = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += images.get(i).sum() * weights[i];
            count += images.get(i).count() * weights[i];
        }
        return count == 0 ? Double.NaN : sum / count;
    }

    /// The interval of any score that can be computed when each image counts a whole number of times, such as an F1 or an
    /// average precision.
    ///
    /// @param score from how often each image counts; `NaN` where it is undefined, and such draws are left out
    /// @return empty where the score of the images themselves or of every draw is undefined
    public Optional<ConfidenceInterval> interval(
            int imageCount, ToDoubleFunction<int[]> score, RandomGenerator random) {
        var weights = new int[imageCount];
        Arrays.fill(weights, 1);
        double value = score.applyAsDouble(weights);
        if (imageCount == 0 || Double.isNaN(value)) {
            return Optional.empty();
        }
        var scores = new double[resamples];
        int defined = 0;
        for (int i = 0; i < resamples; i++) {
            Arrays.fill(weights, 0);
            for (int draw = 0; draw < imageCount; draw++) {
                weights[random.nextInt(imageCount)]++;
            }
            double drawn = score.applyAsDouble(weights);
            if (!Double.isNaN(drawn)) {
                scores[defined++] = drawn;
            }
        }
        if (defined == 0) {
            return Optional.empty();
        }
        var sorted = Arrays.copyOf(scores, defined);
        Arrays.sort(sorted);
        return Optional.of(
                new ConfidenceInterval(
                        value,
                        quantile(sorted, (1 - level) / 2),
                        quantile(sorted, (1 + level) / 2),
                        level));
    }

    /// Linear between neighbours, as numpy's `percentile` does by itself.
    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
    }
}

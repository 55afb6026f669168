package org.palimpsest.evaluation;

import java.util.List;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;

/// How many boxes were found, how many were claimed and how many there are; adds up over images.
///
/// @param matched predictions that fit a true object
/// @param predicted all predictions
/// @param actual all true objects
/// @param iouSum sum of the intersections over union of the matched pairs
public record DetectionCounts(int matched, int predicted, int actual, double iouSum) {
    public static final DetectionCounts NONE = new DetectionCounts(0, 0, 0, 0);

    public DetectionCounts {
        if (matched < 0 || matched > predicted || matched > actual) {
            throw new IllegalArgumentException(
                    matched
                            + " matches of "
                            + predicted
                            + " predictions and "
                            + actual
                            + " objects");
        }
    }

    /// Counts one image.
    ///
    /// @param minimumIou the overlap from which a box counts as found, 0.5 in F1@0.5
    public static DetectionCounts of(
            List<LabeledRegion<Box>> predicted,
            List<LabeledRegion<Box>> actual,
            double minimumIou) {
        return of(
                RegionMatcher.matchBoxes(predicted, actual, minimumIou),
                predicted.size(),
                actual.size());
    }

    /// Counts the masks of one image.
    static DetectionCounts ofMasks(
            List<LabeledRegion<Mask>> predicted,
            List<LabeledRegion<Mask>> actual,
            double minimumIou) {
        return of(
                RegionMatcher.matchMasks(predicted, actual, minimumIou),
                predicted.size(),
                actual.size());
    }

    private static DetectionCounts of(List<RegionMatch> matches, int predicted, int actual) {
        double iouSum = matches.stream().mapToDouble(RegionMatch::iou).sum();
        return new DetectionCounts(matches.size(), predicted, actual, iouSum);
    }

    public DetectionCounts plus(DetectionCounts other) {
        return new DetectionCounts(
                matched + other.matched,
                predicted + other.predicted,
                actual + other.actual,
                iouSum + other.iouSum);
    }

    /// Share of the predictions that are right; 1 where nothing was claimed.
    public double precision() {
        return predicted == 0 ? 1 : (double) matched / predicted;
    }

    /// Share of the objects that were found; 1 where there is none.
    public double recall() {
        return actual == 0 ? 1 : (double) matched / actual;
    }

    /// Harmonic mean of precision and recall; 1 where there is nothing and nothing was claimed.
    public double f1() {
        return predicted + actual == 0 ? 1 : 2.0 * matched / (predicted + actual);
    }

    /// Mean overlap of the matched pairs; 0 where there is none.
    public double meanIou() {
        return matched == 0 ? 0 : iouSum / matched;
    }
}

package org.palimpsest.evaluation.detection;

import java.util.Arrays;
import java.util.List;

/// Precision of one label against recall, at one overlap, for objects of any size and 100 detections.
///
/// @param iou the overlap from which a detection is right
/// @param precision at the recalls 0.00, 0.01 to 1.00: the best precision there or at a higher recall, 0 where the recall is
///     not reached
/// @param scores the score at which each recall is reached, 0 where it is not
/// @param recall the highest recall that is reached
public record PrecisionCurve(
        double iou, List<Double> precision, List<Double> scores, double recall) {
    public PrecisionCurve {
        precision = List.copyOf(precision);
        scores = List.copyOf(scores);
    }

    /// The mean of several labels' curves at one overlap, each label counting alike: its average precision is the mean of
    /// theirs. It has no scores, since those of several labels cannot be compared.
    ///
    /// @throws IllegalArgumentException if there is no curve
    public static PrecisionCurve mean(List<PrecisionCurve> curves) {
        if (curves.isEmpty()) {
            throw new IllegalArgumentException("No curve");
        }
        var mean = new double[curves.getFirst().precision().size()];
        double recall = 0;
        for (var curve : curves) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += curve.precision().get(i) / curves.size();
            }
            recall += curve.recall() / curves.size();
        }
        return new PrecisionCurve(
                curves.getFirst().iou(), Arrays.stream(mean).boxed().toList(), List.of(), recall);
    }

    /// Average precision: the mean over the recalls.
    public double averagePrecision() {
        return precision.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }
}

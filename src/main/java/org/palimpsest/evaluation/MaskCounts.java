package org.palimpsest.evaluation;

import java.util.List;
import org.palimpsest.geometry.Mask;

/// How well masks cover the true objects; adds up over images.
///
/// @param predicted all predicted masks
/// @param actual all true objects
/// @param iouSum sum over the true objects of the overlap with their prediction, 0 for an object that was missed
public record MaskCounts(int predicted, int actual, double iouSum) {
    public static final MaskCounts NONE = new MaskCounts(0, 0, 0);

    /// Counts one image.
    public static MaskCounts of(
            List<LabeledRegion<Mask>> predicted, List<LabeledRegion<Mask>> actual) {
        double iouSum =
                RegionMatcher.matchMasks(predicted, actual, 0).stream()
                        .mapToDouble(RegionMatch::iou)
                        .sum();
        return new MaskCounts(predicted.size(), actual.size(), iouSum);
    }

    public MaskCounts plus(MaskCounts other) {
        return new MaskCounts(
                predicted + other.predicted, actual + other.actual, iouSum + other.iouSum);
    }

    /// Mean overlap over the true objects, those missed included (mIoU); 1 where there is none.
    public double meanIou() {
        return actual == 0 ? 1 : iouSum / actual;
    }
}

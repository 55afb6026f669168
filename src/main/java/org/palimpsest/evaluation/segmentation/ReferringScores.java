package org.palimpsest.evaluation.segmentation;

import java.util.Optional;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;

/// mIoU and box accuracy of answers to referring expressions, RefCOCO's for instance (big_vision
/// evaluators/proj/paligemma/transfers/segmentation.py, 0127fb6); adds up over answers.
///
/// Masks are compared at the image's full size. An answer that is not of the required form has no overlap, counts as invalid,
/// and counts in the box accuracy as an empty box. One whose box holds no whole pixel counts as invalid too, but keeps its
/// box.
///
/// big_vision takes an answer for valid when its first 20 tokens are a box and 16 mask codes; our parser is more patient, so
/// who wants big_vision's numbers hands nothing over for the others.
///
/// @param total answers
/// @param invalid answers without a mask
/// @param iouSum sum of the masks' overlaps
/// @param boxesAtHalf boxes that overlap the true one by 0.5 or more
/// @param boxesAtThreeQuarters boxes that overlap it by 0.75 or more
public record ReferringScores(
        int total, int invalid, double iouSum, int boxesAtHalf, int boxesAtThreeQuarters) {
    public static final ReferringScores NONE = new ReferringScores(0, 0, 0, 0, 0);

    /// Counts one answer.
    ///
    /// @param answer nothing where it is not of the required form
    /// @param trueMask the object, of the image's size
    /// @param trueBox the object's box in pixels
    /// @throws IllegalArgumentException if the masks differ in size
    public static ReferringScores of(Optional<ReferringAnswer> answer, Mask trueMask, Box trueBox) {
        double boxIou = answer.map(given -> given.box().iou(trueBox)).orElse(0.0);
        var drawn = answer.filter(ReferringAnswer::hasPixels);
        return new ReferringScores(
                1,
                drawn.isEmpty() ? 1 : 0,
                drawn.map(given -> given.mask().iou(trueMask)).orElse(0.0),
                boxIou >= 0.5 ? 1 : 0,
                boxIou >= 0.75 ? 1 : 0);
    }

    public ReferringScores plus(ReferringScores other) {
        return new ReferringScores(
                total + other.total,
                invalid + other.invalid,
                iouSum + other.iouSum,
                boxesAtHalf + other.boxesAtHalf,
                boxesAtThreeQuarters + other.boxesAtThreeQuarters);
    }

    /// Mean overlap of the masks (mIoU); 0 where there is no answer, as for the other shares.
    public double meanIou() {
        return share(iouSum);
    }

    /// Share of the boxes that overlap the true one by 0.5 or more.
    public double boxAccuracyAtHalf() {
        return share(boxesAtHalf);
    }

    /// Share of the boxes that overlap the true one by 0.75 or more.
    public double boxAccuracyAtThreeQuarters() {
        return share(boxesAtThreeQuarters);
    }

    private double share(double sum) {
        return total == 0 ? 0 : sum / total;
    }
}

package org.palimpsest.evaluation.detection;

import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;

/// The overlap that COCO's rules judge by: intersection over union, and for a crowd the share of the detection that lies
/// on the crowd (cocodataset/cocoapi common/maskApi.c, bbIou and rleIou).
public final class CrowdIou {
    private CrowdIou() {}

    /// Overlap of a detected box with a true one, 0 to 1; 0 where either is empty.
    ///
    /// @param crowd whether the true box surrounds a crowd
    public static double boxes(Box detection, Box truth, boolean crowd) {
        double common = detection.intersection(truth).map(Box::area).orElse(0.0);
        if (common <= 0) {
            return 0;
        }
        return common / (crowd ? detection.area() : detection.area() + truth.area() - common);
    }

    /// Overlap of a detected mask with a true one, 0 to 1; 0 where either is empty.
    ///
    /// @param crowd whether the true mask is a crowd's
    /// @throws IllegalArgumentException if the sizes differ
    public static double masks(Mask detection, Mask truth, boolean crowd) {
        long common = detection.commonPixels(truth);
        if (common == 0) {
            return 0;
        }
        long detected = detection.pixelCount();
        return (double) common / (crowd ? detected : detected + truth.pixelCount() - common);
    }
}

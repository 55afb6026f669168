package org.palimpsest.evaluation.detection;

import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;

/// The overlap that COCO's rules judge by: intersection over union, and for a crowd the share of the detection that lies
/// on the crowd (cocodataset/cocoapi common/maskApi.c, bbIou and rleIou).
public final class CrowdIou {
    private static final double DECIMALS = 1e6;

    private CrowdIou() {}

    /// Overlap of a detected box with a true one, 0 to 1; 0 where either is empty.
    ///
    /// @param crowd whether the true box surrounds a crowd
    public static double boxes(Box detection, Box truth, boolean crowd) {
        double width =
                Math.min(detection.xMax(), truth.xMax()) - Math.max(detection.xMin(), truth.xMin());
        double height =
                Math.min(detection.yMax(), truth.yMax()) - Math.max(detection.yMin(), truth.yMin());
        if (width <= 0 || height <= 0) {
            return 0;
        }
        double common = width * height;
        double detected = boxArea(detection);
        return common / (crowd ? detected : detected + boxArea(truth) - common);
    }

    /// Width times height, as COCO's files give them.
    ///
    /// There a box is a corner and a size, here it is two corners, whose difference may miss the size by its last bit. That
    /// decides on overlaps which equal a threshold, such as that of a box with its half.
    static double boxArea(Box box) {
        return side(box.xMin(), box.xMax()) * side(box.yMin(), box.yMax());
    }

    /// The size of at most six decimals that leads from one edge to the other, or else the difference.
    private static double side(double from, double to) {
        double difference = to - from;
        double written = Math.rint(difference * DECIMALS) / DECIMALS;
        double lastBits = 2 * Math.ulp(Math.max(Math.abs(from), Math.abs(to)));
        return Math.abs(written - difference) <= lastBits ? written : difference;
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

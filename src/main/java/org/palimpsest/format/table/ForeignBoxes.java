package org.palimpsest.format.table;

import java.util.Optional;
import org.palimpsest.format.FindingList;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Size;

/// Makes boxes of numbers that stand in a file.
public final class ForeignBoxes {
    /// Rounding of other programs; what reaches less far over the edge is no fault.
    private static final double TOLERANCE = 1e-3;

    private ForeignBoxes() {}

    /// The box between two corners, clipped to the image; empty where that is none, and then a finding says why.
    ///
    /// @param size of the image in the frame of the numbers
    /// @param place where the box stands, for the finding
    public static Optional<Box> ofCorners(
            double[] corners, Size size, FindingList findings, String place) {
        for (double corner : corners) {
            if (!Double.isFinite(corner)) {
                findings.error(place, "the box has a value that is no number: left out");
                return Optional.empty();
            }
        }
        if (corners[0] > corners[2] || corners[1] > corners[3]) {
            findings.error(place, "the corners of the box are out of order: left out");
            return Optional.empty();
        }
        var box = new Box(corners[0], corners[1], corners[2], corners[3]);
        Box clipped = box.clampTo(size);
        if (clipped.isEmpty()) {
            findings.error(place, "the box covers nothing of the image: left out");
            return Optional.empty();
        }
        if (differ(box, clipped)) {
            findings.warning(place, "the box reaches over the edge of the image and is clipped");
        }
        return Optional.of(clipped);
    }

    private static boolean differ(Box one, Box other) {
        return Math.abs(one.xMin() - other.xMin()) > TOLERANCE
                || Math.abs(one.yMin() - other.yMin()) > TOLERANCE
                || Math.abs(one.xMax() - other.xMax()) > TOLERANCE
                || Math.abs(one.yMax() - other.yMax()) > TOLERANCE;
    }
}

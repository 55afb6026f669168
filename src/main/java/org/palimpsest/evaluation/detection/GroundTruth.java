package org.palimpsest.evaluation.detection;

import org.palimpsest.geometry.Region;

/// A true object.
///
/// @param area decides whether the object counts as small, medium or large; in COCO's files the area of the mask, for
///     boxes too
/// @param crowd whether the region covers many objects that nobody counted: detections in it are neither right nor wrong
public record GroundTruth(String label, Region region, double area, boolean crowd) {
    public GroundTruth {
        if (!(area >= 0)) {
            throw new IllegalArgumentException("Area is not 0 or more: " + area);
        }
    }

    /// A single object with the area of its region.
    public static GroundTruth of(String label, Region region) {
        return new GroundTruth(label, region, region.area(), false);
    }
}

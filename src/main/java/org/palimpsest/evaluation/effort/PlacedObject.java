package org.palimpsest.evaluation.effort;

import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;

/// An object on its image, drawn once at most.
final class PlacedObject {
    /// Edges that moved no further are where they were.
    private static final double HALF_A_PIXEL = 0.5;

    private final ObjectAnnotation annotation;
    private final Size image;
    private @Nullable Mask mask;

    PlacedObject(ObjectAnnotation annotation, Size image) {
        this.annotation = annotation;
        this.image = image;
    }

    ObjectAnnotation annotation() {
        return annotation;
    }

    Region region() {
        return annotation.region();
    }

    private Mask mask() {
        var drawn = mask;
        if (drawn == null) {
            drawn = Mask.fromRegion(region(), image);
            mask = drawn;
        }
        return drawn;
    }

    double iou(PlacedObject other) {
        if (region() instanceof Box box && other.region() instanceof Box otherBox) {
            return box.iou(otherBox);
        }
        return region().bounds().intersection(other.region().bounds()).isEmpty()
                ? 0
                : mask().iou(other.mask());
    }

    boolean isWhere(PlacedObject other) {
        if (region().equals(other.region())) {
            return true;
        }
        if (region() instanceof Box a && other.region() instanceof Box b) {
            return Math.abs(a.xMin() - b.xMin()) <= HALF_A_PIXEL
                    && Math.abs(a.yMin() - b.yMin()) <= HALF_A_PIXEL
                    && Math.abs(a.xMax() - b.xMax()) <= HALF_A_PIXEL
                    && Math.abs(a.yMax() - b.yMax()) <= HALF_A_PIXEL;
        }
        return mask().equals(other.mask());
    }
}

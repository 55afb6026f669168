package org.palimpsest.evaluation.detection;

import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Region;

/// What is compared: bounding boxes or masks.
public enum OverlapKind {
    /// The regions' bounding boxes (`bbox` in COCO's tools).
    BOXES {
        @Override
        double area(Region region) {
            return CrowdIou.boxArea(region.bounds());
        }

        @Override
        double iou(Region detection, Region truth, boolean crowd) {
            return CrowdIou.boxes(detection.bounds(), truth.bounds(), crowd);
        }
    },
    /// The pixels of masks of one size (`segm` in COCO's tools); other regions are drawn first, by
    /// [org.palimpsest.geometry.CocoPolygonRaster] where the numbers of COCO's tools are wanted.
    MASKS {
        @Override
        double area(Region region) {
            return mask(region).pixelCount();
        }

        @Override
        double iou(Region detection, Region truth, boolean crowd) {
            return CrowdIou.masks(mask(detection), mask(truth), crowd);
        }
    };

    abstract double area(Region region);

    abstract double iou(Region detection, Region truth, boolean crowd);

    private static Mask mask(Region region) {
        if (region instanceof Mask mask) {
            return mask;
        }
        throw new IllegalArgumentException("Masks are compared, found " + region);
    }
}

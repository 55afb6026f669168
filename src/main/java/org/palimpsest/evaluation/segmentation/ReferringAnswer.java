package org.palimpsest.evaluation.segmentation;

import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;

/// The object that an answer names.
///
/// @param box in pixels, not rounded
/// @param mask of the image's size, inside of the box cut to whole pixels
public record ReferringAnswer(Box box, Mask mask) {

    /// Whether a pixel is left when the box's edges are cut to whole numbers.
    boolean hasPixels() {
        return (int) box.xMax() > (int) box.xMin() && (int) box.yMax() > (int) box.yMin();
    }
}

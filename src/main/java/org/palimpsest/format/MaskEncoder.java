package org.palimpsest.format;

import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.problem.ProblemException;

/// Turns a mask into PaliGemma's segmentation codes; the mask codec of `paligemma.mask` is one.
@FunctionalInterface
public interface MaskEncoder {

    /// The 16 codes, 0 to 127, of the part of the mask inside the box.
    ///
    /// @param box in pixels, not rounded
    int[] encode(Mask mask, Box box) throws ProblemException;
}

package org.palimpsest.format;

import java.util.List;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Size;
import org.palimpsest.paligemma.prompt.NormalizedBox;
import org.palimpsest.problem.ProblemException;

/// Turns PaliGemma's segmentation codes into a mask; the mask codec of `paligemma.mask` is one.
@FunctionalInterface
public interface MaskDecoder {

    /// The mask of the image's size that these 16 codes draw inside the box.
    Mask decode(List<Integer> codes, NormalizedBox box, Size image) throws ProblemException;
}

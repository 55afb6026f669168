package org.palimpsest.format.prompts;

import java.util.List;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.geometry.Mask;
import org.palimpsest.paligemma.prompt.NormalizedBox;

/// A mask that some example of an image holds as 16 codes.
///
/// @param mask the object's pixels, of the image's size
/// @param box where the codes are drawn
/// @param codes as [org.palimpsest.format.MaskEncoder] gives them
public record EncodedMask(
        ObjectAnnotation object, Mask mask, NormalizedBox box, List<Integer> codes) {
    public EncodedMask {
        codes = List.copyOf(codes);
    }
}

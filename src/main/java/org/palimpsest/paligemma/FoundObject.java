package org.palimpsest.paligemma;

import java.util.List;
import java.util.Optional;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.EdgeRanges;
import org.palimpsest.geometry.Mask;

/// One object of an answer, in pixels of the image.
///
/// @param label as the answer or the prompt names it; empty where neither does
/// @param box in pixels of the image
/// @param score geometric mean of the object's tokens' confidences, 0 to 1: the probability of one token on average, where a
///     location token counts with all bins around it that mean the same place
/// @param locationSpread standard deviation of the model's distributions over location bins, averaged over the four, as a
///     fraction of the image's side: how sure the model is of the place
/// @param edges the range in which each edge lies; empty where the model's tokenizer has no location tokens in a row
/// @param mask of the image's size, where the answer has mask tokens and the model can decode them
/// @param maskCodes the 16 mask tokens' codes, or empty
public record FoundObject(
        String label,
        Box box,
        double score,
        double locationSpread,
        Optional<EdgeRanges> edges,
        Optional<Mask> mask,
        List<Integer> maskCodes) {
    public FoundObject {
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("Score " + score);
        }
        maskCodes = List.copyOf(maskCodes);
    }
}

package org.palimpsest.paligemma.prompt;

import java.util.List;

/// One object of an answer with its mask: label, box and the 16 code words of the mask in the box.
///
/// @param name a usable label, or empty where neither the answer nor the prompt names one
/// @param maskCodes 16 codes from 0 to 127, the 4 × 4 grid row by row
public record SegmentedObject(String name, NormalizedBox box, List<Integer> maskCodes) {
    /// The number of code words of a mask.
    public static final int CODES_PER_MASK = 16;

    /// The size of the code book, and so the number of `<seg…>` tokens.
    public static final int CODE_BOOK_SIZE = 128;

    public SegmentedObject {
        DetectedObject.requireName(name);
        maskCodes = List.copyOf(maskCodes);
        if (maskCodes.size() != CODES_PER_MASK
                || maskCodes.stream().anyMatch(code -> code < 0 || code >= CODE_BOOK_SIZE)) {
            throw new IllegalArgumentException(
                    "A mask has 16 codes from 0 to 127, not " + maskCodes);
        }
    }

    /// The object without its mask.
    public DetectedObject withoutMask() {
        return new DetectedObject(name, box);
    }
}

package org.palimpsest.format.prompts;

import java.util.List;

/// What one image teaches.
///
/// @param examples in the order of the mix
/// @param masks every mask that the examples hold as codes, once each
public record ImageExamples(List<TrainingExample> examples, List<EncodedMask> masks) {
    public ImageExamples {
        examples = List.copyOf(examples);
        masks = List.copyOf(masks);
    }
}

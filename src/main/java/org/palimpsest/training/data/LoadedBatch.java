package org.palimpsest.training.data;

import java.util.List;
import java.util.Optional;
import org.palimpsest.training.data.BatchPlan.Draw;

/// Examples that go through the model together, with their images.
///
/// @param examples as their augmented pictures show them
/// @param pixels the model's pixel values `[3, height, width]` of each; empty where they were not needed. Nobody changes
/// them
public record LoadedBatch(
        List<Draw> draws, List<EncodedExample> examples, List<Optional<float[]>> pixels) {
    public LoadedBatch {
        draws = List.copyOf(draws);
        examples = List.copyOf(examples);
        pixels = List.copyOf(pixels);
        if (draws.size() != examples.size() || draws.size() != pixels.size()) {
            throw new IllegalArgumentException(
                    draws.size() + ", " + examples.size() + ", " + pixels.size());
        }
    }
}

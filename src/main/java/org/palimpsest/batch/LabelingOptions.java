package org.palimpsest.batch;

import org.palimpsest.paligemma.generation.GenerationOptions;
import org.palimpsest.paligemma.generation.Sampler;
import org.palimpsest.project.ImageFilter;

/// What a labelling run does.
///
/// @param prompt what is asked about every image
/// @param where which images
/// @param overwrite what happens to images that have answers to this prompt already
/// @param retryFailed whether images for which this run failed before are asked again
/// @param batch how many images are answered together
public record LabelingOptions(
        String prompt,
        ImageFilter where,
        Overwrite overwrite,
        boolean retryFailed,
        GenerationOptions generation,
        int batch) {

    /// What happens to images that have answers to the prompt already. Images that a person worked on are never changed.
    public enum Overwrite {
        /// They stay as they are.
        NEVER,
        /// Answers that nobody has looked at are replaced.
        PREDICTED
    }

    /// How answers are made, in words that tell one run from another; empty for the usual greedy answer.
    String settings() {
        return switch (generation.sampler()) {
            case Sampler.Greedy _ ->
                    generation.maxNewTokens() == GenerationOptions.DEFAULT_MAX_NEW_TOKENS
                            ? ""
                            : "max-tokens=" + generation.maxNewTokens();
            case Sampler.Given _ ->
                    throw new IllegalStateException("Labels are not given beforehand");
            case Sampler.Temperature(var temperature, var topK, var topP, var seed) ->
                    "max-tokens=%d temperature=%s top-k=%d top-p=%s seed=%d"
                            .formatted(generation.maxNewTokens(), temperature, topK, topP, seed);
        };
    }
}

package org.palimpsest.paligemma.generation;

/// Milliseconds of each phase. The prompts of a batch run together, so each has the times of the whole batch.
///
/// @param load opening the model; the same for every answer of it
/// @param preprocess resizing pixels and tokenising prompts
/// @param vision the vision encoder; 0 where the image's features were still known
/// @param prefill the prompt through the decoder
/// @param decode all further tokens
/// @param total from question to answer, without loading
public record Timings(
        double load,
        double preprocess,
        double vision,
        double prefill,
        double decode,
        double total) {
    public static final Timings NONE = new Timings(0, 0, 0, 0, 0, 0);
}

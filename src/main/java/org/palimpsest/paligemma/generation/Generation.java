package org.palimpsest.paligemma.generation;

/// What the model generated for one prompt. The arrays belong to the record: do not modify them.
///
/// @param promptTokenIds what the model was given, image tokens included where the checkpoint has one
/// @param tokenIds the generated tokens; the end-of-sequence token is the last one where it was generated
/// @param tokenLogProbabilities natural logarithm of each token's probability before temperature and cuts
/// @param locationSpreads for each location token the standard deviation of the model's distribution over all location bins,
///     as a fraction of the image's side; 0 for other tokens
/// @param text the tokens as text, without end-of-sequence
public record Generation(
        int[] promptTokenIds,
        int[] tokenIds,
        float[] tokenLogProbabilities,
        float[] locationSpreads,
        String text,
        FinishReason finishReason,
        Timings timings) {
    public Generation {
        if (tokenIds.length != tokenLogProbabilities.length
                || tokenIds.length != locationSpreads.length) {
            throw new IllegalArgumentException(
                    tokenIds.length
                            + " tokens, "
                            + tokenLogProbabilities.length
                            + " probabilities, "
                            + locationSpreads.length
                            + " spreads");
        }
    }

    public Generation withTimings(Timings measured) {
        return new Generation(
                promptTokenIds,
                tokenIds,
                tokenLogProbabilities,
                locationSpreads,
                text,
                finishReason,
                measured);
    }
}

package org.palimpsest.paligemma.generation;

/// What the model generated for one prompt. The arrays belong to the record: do not modify them.
///
/// @param promptTokenIds what the model was given, image tokens included where the checkpoint has one
/// @param tokenIds the generated tokens; the end-of-sequence token is the last one where it was generated
/// @param tokenLogProbabilities natural logarithm of each token's probability before temperature and cuts
/// @param confidences for each token its probability; for a location token that of all bins within 1.6 % of the side around it,
///     because neighbouring bins mean the same place
/// @param locations for each location token what the model thinks of the place; [LocationRange#NONE] for other tokens
/// @param textEnds for each token the length of the text up to and including it
/// @param text the tokens as text, without end-of-sequence
public record Generation(
        int[] promptTokenIds,
        int[] tokenIds,
        float[] tokenLogProbabilities,
        float[] confidences,
        LocationRange[] locations,
        int[] textEnds,
        String text,
        FinishReason finishReason,
        Timings timings) {
    public Generation {
        if (tokenIds.length != tokenLogProbabilities.length
                || tokenIds.length != confidences.length
                || tokenIds.length != locations.length
                || tokenIds.length != textEnds.length) {
            throw new IllegalArgumentException(
                    tokenIds.length
                            + " tokens, "
                            + tokenLogProbabilities.length
                            + " probabilities, "
                            + confidences.length
                            + " confidences, "
                            + locations.length
                            + " locations, "
                            + textEnds.length
                            + " places");
        }
    }

    /// The same with the tokens that stand for the image, and the times of the phases around the generation.
    public Generation with(int[] allPromptTokenIds, Timings measured) {
        return new Generation(
                allPromptTokenIds,
                tokenIds,
                tokenLogProbabilities,
                confidences,
                locations,
                textEnds,
                text,
                finishReason,
                measured);
    }
}

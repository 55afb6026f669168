package org.palimpsest.benchmark;

import org.palimpsest.paligemma.config.PaliGemmaConfig;
import org.palimpsest.paligemma.config.TextConfig;
import org.palimpsest.paligemma.config.VisionConfig;

/// What an answer costs by arithmetic alone, whatever program computes it.
///
/// Counted are matrix products, two operations for each multiply-add; what is left out (norms, activations, softmax) is
/// below one per cent at the published sizes.
///
/// @param visionOperations the vision encoder with the projector, once per image
/// @param prefillOperations the prompt through the decoder, with the output head on the last position only
/// @param decodeOperations one further token
/// @param decodeParameters weights that one further token multiplies with, the output head included
public record ModelCost(
        double visionOperations,
        double prefillOperations,
        double decodeOperations,
        long decodeParameters) {

    /// @param promptTokens image and text tokens together
    public static ModelCost of(PaliGemmaConfig config, int promptTokens) {
        TextConfig text = config.text();
        long layers = text.numLayers() * layerParameters(text);
        long head = (long) text.vocabularySize() * text.hiddenDim();
        return new ModelCost(
                vision(config.vision(), text),
                2.0 * layers * promptTokens
                        + 2.0 * head
                        + attention(text, promptTokens, promptTokens),
                2.0 * (layers + head) + attention(text, 1, promptTokens),
                layers + head);
    }

    private static long layerParameters(TextConfig text) {
        long query = (long) text.hiddenDim() * text.numQueryHeads() * text.headDim();
        long keyAndValue = 2L * text.hiddenDim() * text.numKeyValueHeads() * text.headDim();
        long gated = 3L * text.hiddenDim() * text.intermediateDim();
        return 2 * query + keyAndValue + gated;
    }

    // Scores and weighted sum: two products of [queries, headDim] with [headDim, keys] per head.
    private static double attention(TextConfig text, long queries, long keys) {
        return 4.0 * text.numLayers() * text.numQueryHeads() * text.headDim() * queries * keys;
    }

    private static double vision(VisionConfig vision, TextConfig text) {
        long tokens = vision.numImageTokens();
        long width = vision.hiddenDim();
        long layer = 4 * width * width + 2 * width * vision.intermediateDim();
        long patches = 3L * vision.patchSize() * vision.patchSize() * width;
        double products =
                2.0 * tokens * (vision.numLayers() * layer + patches + width * text.hiddenDim());
        return products + 4.0 * vision.numLayers() * width * tokens * tokens;
    }
}

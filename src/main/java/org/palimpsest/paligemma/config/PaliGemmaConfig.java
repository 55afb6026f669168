package org.palimpsest.paligemma.config;

import org.palimpsest.tensor.ElementType;

/// Everything that must be known about a checkpoint before its weights are touched.
///
/// @param imageTokenId the id that stands for an image feature in the sequence; -1 where the layout has none
/// @param storedType the element type that the configuration names; single tensors may differ
public record PaliGemmaConfig(
        VisionConfig vision,
        TextConfig text,
        Conventions conventions,
        int imageTokenId,
        int bosTokenId,
        int eosTokenId,
        int padTokenId,
        ElementType storedType) {
    /// For layouts without an image token.
    public static final int NO_IMAGE_TOKEN = -1;

    public int numImageTokens() {
        return vision.numImageTokens();
    }

    /// The same model with another number of embedding rows.
    public PaliGemmaConfig withVocabularySize(int rows) {
        return new PaliGemmaConfig(
                vision,
                text.withVocabularySize(rows),
                conventions,
                imageTokenId,
                bosTokenId,
                eosTokenId,
                padTokenId,
                storedType);
    }

    /// The same model with another id for the image token.
    public PaliGemmaConfig withImageTokenId(int id) {
        return new PaliGemmaConfig(
                vision, text, conventions, id, bosTokenId, eosTokenId, padTokenId, storedType);
    }
}

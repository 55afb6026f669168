package org.palimpsest.paligemma.config;

/// What the library that the checkpoint belongs to does around the weights.
///
/// @param layout how the folder is laid out
/// @param imageConversion how a picture becomes pixels
/// @param appliesFinalSoftCap whether output logits are soft-capped: KerasHub does, Hugging Face's PaliGemma leaves it out
/// @param endsPromptWithNewline whether the library itself adds the newline after the prompt: Hugging Face does; in KerasHub
/// the caller writes it, so a program that calls it adds it when the prompt has none
/// @param scalesImageFeatures whether image features are divided by √hiddenDim before the embeddings are multiplied by it
/// (Hugging Face; the same result as not scaling them, which KerasHub does)
public record Conventions(
        CheckpointLayout layout,
        ImageConversion imageConversion,
        boolean appliesFinalSoftCap,
        boolean endsPromptWithNewline,
        boolean scalesImageFeatures) {}

package org.palimpsest.paligemma.generation;

/// One prompt for the decoder: the image first, then the text.
///
/// @param image features of the image
/// @param tokenIds the text: `<bos>`, the prompt, the newline; do not modify
public record PromptSequence(ImageFeatures image, int[] tokenIds) {
    public PromptSequence {
        if (tokenIds.length == 0) {
            throw new IllegalArgumentException("A prompt without tokens");
        }
    }

    /// Positions that the prompt takes in the decoder.
    public int length() {
        return image.tokens() + tokenIds.length;
    }
}

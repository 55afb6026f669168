package org.palimpsest.training.data;

/// An example in tokens. The arrays are not copied; nobody changes them.
///
/// @param prefixIds `<bos>`, the prompt and its line break
/// @param suffixIds the answer and `<eos>`, each of them a target; an answer that was cut has no `<eos>`, because the model
/// would learn to stop in the middle of it
public record EncodedExample(Example example, int[] prefixIds, int[] suffixIds) {
    public EncodedExample {
        if (prefixIds.length == 0 || suffixIds.length == 0) {
            throw new IllegalArgumentException(
                    "Prefix of " + prefixIds.length + ", suffix of " + suffixIds.length);
        }
    }

    /// Tokens of prompt and answer together, without image tokens.
    public int length() {
        return prefixIds.length + suffixIds.length;
    }
}

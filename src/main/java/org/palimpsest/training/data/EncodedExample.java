package org.palimpsest.training.data;

/// An example in tokens. The arrays are not copied; nobody changes them.
///
/// @param prefixIds `<bos>`, the prompt and its line break
/// @param suffixIds the answer and `<eos>`
public record EncodedExample(Example example, int[] prefixIds, int[] suffixIds) {

    /// Tokens of prompt and answer together, without image tokens.
    public int length() {
        return prefixIds.length + suffixIds.length;
    }
}

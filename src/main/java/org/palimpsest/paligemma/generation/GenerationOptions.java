package org.palimpsest.paligemma.generation;

/// How an answer is made.
///
/// @param maxNewTokens the answer ends after this many tokens at the latest
public record GenerationOptions(int maxNewTokens, Sampler sampler) {
    /// Enough for a dozen boxes with masks.
    public static final int DEFAULT_MAX_NEW_TOKENS = 256;

    public GenerationOptions {
        if (maxNewTokens < 1) {
            throw new IllegalArgumentException("At least one new token, not " + maxNewTokens);
        }
    }

    /// Greedy, up to [#DEFAULT_MAX_NEW_TOKENS].
    public static GenerationOptions standard() {
        return greedy(DEFAULT_MAX_NEW_TOKENS);
    }

    public static GenerationOptions greedy(int maxNewTokens) {
        return new GenerationOptions(maxNewTokens, new Sampler.Greedy());
    }
}

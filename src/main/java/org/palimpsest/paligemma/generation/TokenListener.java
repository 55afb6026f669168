package org.palimpsest.paligemma.generation;

/// Hears each token as soon as it is chosen, on the thread that generates.
@FunctionalInterface
public interface TokenListener {
    TokenListener NONE = (id, textSoFar, logProbability) -> {};

    /// @param textSoFar the text of all tokens up to this one
    /// @param logProbability natural logarithm of the token's probability
    void token(int id, String textSoFar, float logProbability);
}

package org.palimpsest.paligemma.generation;

/// Sees the logits that each token is chosen from, for traces and tests.
@FunctionalInterface
public interface LogitListener {
    LogitListener NONE = (prompt, step, logits) -> {};

    /// @param prompt index of the prompt in its batch
    /// @param step 0 for the logits after the prompt
    /// @param logits one per vocabulary entry; valid during the call only
    void logits(int prompt, int step, float[] logits);
}

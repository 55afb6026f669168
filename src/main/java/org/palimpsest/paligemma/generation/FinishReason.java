package org.palimpsest.paligemma.generation;

/// Why an answer ended.
public enum FinishReason {
    /// The model said so.
    END_OF_SEQUENCE,
    /// The limit of new tokens was reached; the answer may be cut off.
    LENGTH,
    /// The person stopped it; the answer is cut off.
    CANCELLED
}

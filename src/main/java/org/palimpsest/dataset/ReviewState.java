package org.palimpsest.dataset;

/// What a person has said about an annotation.
public enum ReviewState {
    /// Nobody has looked at it yet.
    UNREVIEWED,
    /// Seen and right.
    ACCEPTED,
    /// Seen and wrong; kept so that the model's mistakes can be counted, but never exported.
    REJECTED
}

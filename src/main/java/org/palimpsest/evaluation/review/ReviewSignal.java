package org.palimpsest.evaluation.review;

/// A reason to look at an image. Each is a number that is higher the more there is to see; [ReviewSignals] computes them.
public enum ReviewSignal {
    /// The model was unsure about an annotation: 1 less its lowest score.
    LOW_SCORE,
    /// Two predictions of the same image differ: 1 less their agreement.
    DISAGREEMENT,
    /// The model would not have written the text that is there: minus the log-likelihood of a token, which the caller measures.
    IMPROBABLE_TEXT,
    /// The image shows what is rare in the data set: the inverse number of the rarest label's objects.
    RARE_LABEL
}

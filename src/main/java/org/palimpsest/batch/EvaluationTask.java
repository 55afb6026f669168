package org.palimpsest.batch;

/// What a model is asked for in an evaluation.
public enum EvaluationTask {
    /// Boxes of every label at once.
    DETECT,
    /// Masks of every label at once.
    SEGMENT,
    /// The mask of the one object of its label in an image, as RefCOCO asks.
    REFER,
    /// Captions, by language.
    CAPTION,
    /// Answers to the questions that the data set has.
    ANSWER,
    /// The text in the image.
    OCR
}

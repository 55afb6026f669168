package org.palimpsest.dataset;

/// How far the work on an image has come.
public enum ImageState {
    /// Nobody and no model has looked at it.
    NEW,
    /// A model has proposed something, or found nothing; no person has looked.
    PREDICTED,
    /// A person has begun.
    IN_PROGRESS,
    /// A person says that everything is right and complete.
    DONE,
    /// A person says that there is nothing to annotate.
    EMPTY,
    /// A person says that the image does not belong in the data set; never exported.
    REJECTED
}

package org.palimpsest.inference;

/// How urgent a request is, most urgent first.
public enum Priority {
    /// The image on the screen: a person waits.
    INTERACTIVE,
    /// An image that will soon be looked at.
    PREFETCH,
    /// One of many.
    BATCH
}

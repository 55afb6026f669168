package org.palimpsest.dataset;

/// Something that is said about an image.
public sealed interface Annotation permits ObjectAnnotation, TextAnnotation {
    AnnotationId id();

    Provenance provenance();

    ReviewState review();

    /// The same annotation after a person looked at it.
    Annotation withReview(ReviewState review);
}

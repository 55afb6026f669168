package org.palimpsest.dataset;

import java.util.UUID;

/// Which annotation is meant; stays the same while the annotation is corrected.
public record AnnotationId(UUID value) {

    /// An id that no other annotation has.
    public static AnnotationId random() {
        return new AnnotationId(UUID.randomUUID());
    }

    /// @throws IllegalArgumentException if the text is not a UUID
    public static AnnotationId parse(String text) {
        return new AnnotationId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

package org.palimpsest.dataset.edit;

import org.palimpsest.dataset.Annotation;

/// An annotation and its place in the drawing order of its image, while it is there.
public record PlacedAnnotation(int index, Annotation annotation) {
    public PlacedAnnotation {
        if (index < 0) {
            throw new IllegalArgumentException("Negative place: " + index);
        }
    }
}

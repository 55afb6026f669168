package org.palimpsest.dataset;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// An image with everything that is said about it, in drawing order: the last object lies on top.
public record AnnotatedImage(ImageEntry image, List<Annotation> annotations) {

    /// @throws IllegalArgumentException if two annotations have the same id
    public AnnotatedImage {
        annotations = List.copyOf(annotations);
        var ids = new HashSet<AnnotationId>();
        for (var annotation : annotations) {
            if (!ids.add(annotation.id())) {
                throw new IllegalArgumentException(
                        "Two annotations of " + image.file() + " have the id " + annotation.id());
            }
        }
    }

    /// An image about which nothing is said yet.
    public AnnotatedImage(ImageEntry image) {
        this(image, List.of());
    }

    public AnnotatedImage withAnnotations(List<? extends Annotation> changed) {
        return new AnnotatedImage(image, List.copyOf(changed));
    }

    public Optional<Annotation> find(AnnotationId id) {
        return annotations.stream().filter(annotation -> annotation.id().equals(id)).findFirst();
    }

    public List<ObjectAnnotation> objects() {
        return annotations.stream()
                .filter(ObjectAnnotation.class::isInstance)
                .map(ObjectAnnotation.class::cast)
                .toList();
    }

    public List<TextAnnotation> texts() {
        return annotations.stream()
                .filter(TextAnnotation.class::isInstance)
                .map(TextAnnotation.class::cast)
                .toList();
    }
}

package org.palimpsest.dataset;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// An image with everything that is said about it: of the whole, and annotations in drawing order, the last object on
/// top.
public record AnnotatedImage(ImageEntry image, ImageDetails details, List<Annotation> annotations) {

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

    /// A new image with annotations.
    public AnnotatedImage(ImageEntry image, List<Annotation> annotations) {
        this(image, ImageDetails.NEW, annotations);
    }

    /// An image about which nothing is said yet.
    public AnnotatedImage(ImageEntry image) {
        this(image, List.of());
    }

    public AnnotatedImage withAnnotations(List<? extends Annotation> changed) {
        return new AnnotatedImage(image, details, List.copyOf(changed));
    }

    public AnnotatedImage withDetails(ImageDetails changed) {
        return new AnnotatedImage(image, changed, annotations);
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

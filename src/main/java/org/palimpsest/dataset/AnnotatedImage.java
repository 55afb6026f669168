package org.palimpsest.dataset;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// An image with everything that is said about it: of the whole, and annotations in drawing order, the last object on
/// top.
public record AnnotatedImage(ImageEntry image, ImageDetails details, List<Annotation> annotations) {

    /// @throws IllegalArgumentException if two annotations have the same id
    public AnnotatedImage {
        annotations = DistinctAnnotations.of(annotations);
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
        return new AnnotatedImage(image, details, DistinctAnnotations.of(changed));
    }

    /// This with one annotation changed. Costs little however many there are, as do the next two.
    ///
    /// @throws IllegalArgumentException if it has another id than the one in its place
    public AnnotatedImage replace(int place, Annotation changed) {
        return new AnnotatedImage(
                image, details, DistinctAnnotations.of(annotations).replace(place, changed));
    }

    /// This without the annotations in these places.
    public AnnotatedImage without(BitSet places) {
        return new AnnotatedImage(
                image, details, DistinctAnnotations.of(annotations).without(places));
    }

    /// This with further annotations, each in the place that it has afterwards.
    ///
    /// @throws IndexOutOfBoundsException if there is no such place
    /// @throws IllegalArgumentException if two annotations have the same id
    public AnnotatedImage with(SortedMap<Integer, ? extends Annotation> placed) {
        return new AnnotatedImage(image, details, DistinctAnnotations.of(annotations).with(placed));
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

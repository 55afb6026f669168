package org.palimpsest.dataset.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ImageId;

/// Takes annotations out of an image.
///
/// @param removed with the places that they have before, rising; not empty
public record RemoveAnnotations(ImageId image, List<PlacedAnnotation> removed) implements Edit {
    public RemoveAnnotations {
        removed = Placements.check(removed);
    }

    /// Removes the annotations of these ids.
    ///
    /// @throws IllegalArgumentException if the image has not all of them
    public static RemoveAnnotations from(AnnotatedImage image, Set<AnnotationId> ids) {
        var placed = new ArrayList<PlacedAnnotation>();
        for (int i = 0; i < image.annotations().size(); i++) {
            if (ids.contains(image.annotations().get(i).id())) {
                placed.add(new PlacedAnnotation(i, image.annotations().get(i)));
            }
        }
        if (placed.size() != ids.size()) {
            throw new IllegalArgumentException(
                    "%s has %d of the %d annotations to remove"
                            .formatted(image.image().file(), placed.size(), ids.size()));
        }
        return new RemoveAnnotations(image.image().id(), placed);
    }

    @Override
    public Edit inverse() {
        return new AddAnnotations(image, removed);
    }

    @Override
    public Set<ImageId> images() {
        return Set.of(image);
    }

    @Override
    public AnnotatedImage applyTo(AnnotatedImage target) {
        return target.image().id().equals(image) ? Placements.remove(target, removed) : target;
    }

    @Override
    public String title() {
        return "delete " + Placements.describe(removed);
    }
}

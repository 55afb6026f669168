package org.palimpsest.dataset.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ImageId;

/// Puts annotations into an image.
///
/// @param added with the places that they have afterwards, rising; not empty
public record AddAnnotations(ImageId image, List<PlacedAnnotation> added) implements Edit {
    public AddAnnotations {
        added = Placements.check(added);
    }

    /// Adds on top of what the image has.
    public static AddAnnotations onTopOf(AnnotatedImage image, List<? extends Annotation> added) {
        var placed = new ArrayList<PlacedAnnotation>();
        for (var annotation : added) {
            placed.add(
                    new PlacedAnnotation(image.annotations().size() + placed.size(), annotation));
        }
        return new AddAnnotations(image.image().id(), placed);
    }

    @Override
    public Edit inverse() {
        return new RemoveAnnotations(image, added);
    }

    @Override
    public Set<ImageId> images() {
        return Set.of(image);
    }

    @Override
    public AnnotatedImage applyTo(AnnotatedImage target) {
        return target.image().id().equals(image) ? Placements.insert(target, added) : target;
    }

    @Override
    public String title() {
        return "add " + Placements.describe(added);
    }
}

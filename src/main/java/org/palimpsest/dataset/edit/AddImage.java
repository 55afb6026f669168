package org.palimpsest.dataset.edit;

import java.util.Set;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ImageId;

/// Takes an image into the data set, with what is said about it.
public record AddImage(AnnotatedImage image) implements Edit {

    @Override
    public Edit inverse() {
        return new RemoveImage(image);
    }

    @Override
    public Set<ImageId> images() {
        return Set.of(image.image().id());
    }

    @Override
    public AnnotatedImage applyTo(AnnotatedImage target) {
        if (target.image().id().equals(image.image().id())) {
            throw new IllegalStateException("Already there: " + image.image().file());
        }
        return target;
    }

    @Override
    public String title() {
        return "add image";
    }
}

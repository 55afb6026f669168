package org.palimpsest.dataset.edit;

import java.util.Set;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ImageId;

/// Takes an image out of the data set; its file stays where it is.
///
/// @param image with everything that is said about it, which goes too
public record RemoveImage(AnnotatedImage image) implements Edit {

    @Override
    public Edit inverse() {
        return new AddImage(image);
    }

    @Override
    public Set<ImageId> images() {
        return Set.of(image.image().id());
    }

    /// The data set loses the image; the image itself does not change.
    @Override
    public AnnotatedImage applyTo(AnnotatedImage target) {
        if (target.image().id().equals(image.image().id()) && !target.equals(image)) {
            throw new IllegalStateException("Not as expected: " + target.image().file());
        }
        return target;
    }

    @Override
    public String title() {
        return "remove image";
    }
}

package org.palimpsest.dataset.edit;

import java.util.Locale;
import java.util.Set;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.dataset.ImageId;

/// Changes what is said of an image as a whole: its state, split, tags, notes or label checks.
public record ReplaceDetails(ImageId image, ImageDetails before, ImageDetails after)
        implements Edit {

    /// Changes the details of this image.
    public static ReplaceDetails of(AnnotatedImage image, ImageDetails after) {
        return new ReplaceDetails(image.image().id(), image.details(), after);
    }

    @Override
    public Edit inverse() {
        return new ReplaceDetails(image, after, before);
    }

    @Override
    public Set<ImageId> images() {
        return Set.of(image);
    }

    @Override
    public AnnotatedImage applyTo(AnnotatedImage target) {
        if (!target.image().id().equals(image)) {
            return target;
        }
        if (!target.details().equals(before)) {
            throw new IllegalStateException("Not as expected: " + target.details());
        }
        return target.withDetails(after);
    }

    @Override
    public String title() {
        if (before.state() != after.state()) {
            return "mark image as " + after.state().name().toLowerCase(Locale.ROOT);
        }
        if (before.split() != after.split()) {
            return "change split";
        }
        return before.tags().equals(after.tags()) ? "change image details" : "change tags";
    }
}

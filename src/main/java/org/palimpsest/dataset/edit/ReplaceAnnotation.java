package org.palimpsest.dataset.edit;

import java.util.Set;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.TextAnnotation;

/// Changes one annotation: moves, reshapes, renames, rewrites or reviews it.
///
/// @param before as it is
/// @param after as it becomes, with the same id
public record ReplaceAnnotation(ImageId image, Annotation before, Annotation after)
        implements Edit {
    public ReplaceAnnotation {
        if (!before.id().equals(after.id())) {
            throw new IllegalArgumentException(
                    "A changed annotation keeps its id: " + before.id() + ", " + after.id());
        }
    }

    /// Changes the annotation that has this id.
    ///
    /// @throws IllegalArgumentException if the image has none of this id
    public static ReplaceAnnotation in(AnnotatedImage image, Annotation after) {
        var before =
                image.find(after.id())
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "No annotation " + after.id() + " in the image"));
        return new ReplaceAnnotation(image.image().id(), before, after);
    }

    @Override
    public Edit inverse() {
        return new ReplaceAnnotation(image, after, before);
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
        int place = place(target);
        if (!target.annotations().get(place).equals(before)) {
            throw new IllegalStateException("Not there: " + before);
        }
        return target.replace(place, after);
    }

    private int place(AnnotatedImage target) {
        for (int i = 0; i < target.annotations().size(); i++) {
            if (target.annotations().get(i).id().equals(before.id())) {
                return i;
            }
        }
        throw new IllegalStateException("Not there: " + before);
    }

    @Override
    public String title() {
        return switch (before) {
            case ObjectAnnotation old when after instanceof ObjectAnnotation changed -> {
                if (!old.label().equals(changed.label())) {
                    yield "rename " + old.label() + " to " + changed.label();
                }
                yield (old.region().equals(changed.region()) ? "review " : "reshape ")
                        + old.label();
            }
            case TextAnnotation old
                    when after instanceof TextAnnotation changed
                            && old.text().equals(changed.text()) ->
                    "review text";
            case ObjectAnnotation _, TextAnnotation _ -> "change text";
        };
    }
}

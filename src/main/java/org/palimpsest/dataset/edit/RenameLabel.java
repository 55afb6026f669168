package org.palimpsest.dataset.edit;

import java.util.Set;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.ObjectAnnotation;

/// Gives a label another name, with all of its objects.
public record RenameLabel(String before, String after) implements Edit {

    @Override
    public Edit inverse() {
        return new RenameLabel(after, before);
    }

    /// None: the objects of all images change their label's name, and nothing else.
    @Override
    public Set<ImageId> images() {
        return Set.of();
    }

    @Override
    public AnnotatedImage applyTo(AnnotatedImage target) {
        return target.withAnnotations(target.annotations().stream().map(this::renamed).toList());
    }

    private Annotation renamed(Annotation annotation) {
        return annotation instanceof ObjectAnnotation object && object.label().equals(before)
                ? object.withLabel(after)
                : annotation;
    }

    /// @throws IllegalStateException if there is no such label, or one of the new name
    @Override
    public LabelSet applyTo(LabelSet labels) {
        var label = labels.find(before);
        if (label.isEmpty() || labels.find(after).isPresent()) {
            throw new IllegalStateException(
                    "Cannot rename " + before + " to " + after + " in " + labels.names());
        }
        return labels.replace(label.get(), label.get().withName(after));
    }

    @Override
    public String title() {
        return "rename label " + before + " to " + after;
    }
}

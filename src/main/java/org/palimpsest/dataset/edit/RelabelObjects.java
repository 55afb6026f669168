package org.palimpsest.dataset.edit;

import java.util.ArrayList;
import java.util.Set;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ObjectAnnotation;

/// Gives objects of one image another label, as when labels are merged or split. The provenance stays: nobody
/// corrected the model.
///
/// @param objects those that have the label `from` before and the label `to` afterwards; not empty
public record RelabelObjects(ImageId image, Set<AnnotationId> objects, String from, String to)
        implements Edit {
    public RelabelObjects {
        objects = Set.copyOf(objects);
        if (objects.isEmpty()) {
            throw new IllegalArgumentException("An edit without objects");
        }
    }

    @Override
    public Edit inverse() {
        return new RelabelObjects(image, objects, to, from);
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
        var changed = new ArrayList<Annotation>();
        int count = 0;
        for (var annotation : target.annotations()) {
            if (objects.contains(annotation.id())) {
                if (!(annotation instanceof ObjectAnnotation object)
                        || !object.label().equals(from)) {
                    throw new IllegalStateException("Not a " + from + ": " + annotation);
                }
                changed.add(object.withLabel(to));
                count++;
            } else {
                changed.add(annotation);
            }
        }
        if (count != objects.size()) {
            throw new IllegalStateException(
                    "%d of %d objects are there".formatted(count, objects.size()));
        }
        return target.withAnnotations(changed);
    }

    @Override
    public String title() {
        return "change label " + from + " to " + to;
    }
}

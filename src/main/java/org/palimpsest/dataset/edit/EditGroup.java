package org.palimpsest.dataset.edit;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.LabelSet;

/// Several edits that are one step for the person, such as what a batch run added to all images.
///
/// @param title what a menu shows
/// @param edits in the order in which they are applied; not empty
public record EditGroup(String title, List<Edit> edits) implements Edit {
    public EditGroup {
        edits = List.copyOf(edits);
        if (edits.isEmpty()) {
            throw new IllegalArgumentException("A group without edits: " + title);
        }
    }

    @Override
    public Edit inverse() {
        return new EditGroup(title, edits.reversed().stream().map(Edit::inverse).toList());
    }

    @Override
    public Set<ImageId> images() {
        return edits.stream()
                .flatMap(edit -> edit.images().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public AnnotatedImage applyTo(AnnotatedImage target) {
        var result = target;
        for (var edit : edits) {
            result = edit.applyTo(result);
        }
        return result;
    }

    @Override
    public LabelSet applyTo(LabelSet labels) {
        var result = labels;
        for (var edit : edits) {
            result = edit.applyTo(result);
        }
        return result;
    }
}

package org.palimpsest.dataset.edit;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.Label;
import org.palimpsest.dataset.LabelSet;

/// Changes the labels: adds, removes, describes, recolours or reorders them. A label that keeps its name keeps its
/// objects; a new name for a label is a [RenameLabel].
///
/// @param before the whole set as it is
/// @param after the whole set as it becomes
public record ReplaceLabels(LabelSet before, LabelSet after) implements Edit {

    @Override
    public Edit inverse() {
        return new ReplaceLabels(after, before);
    }

    @Override
    public Set<ImageId> images() {
        return Set.of();
    }

    @Override
    public AnnotatedImage applyTo(AnnotatedImage target) {
        return target;
    }

    @Override
    public LabelSet applyTo(LabelSet labels) {
        if (!labels.equals(before)) {
            throw new IllegalStateException("Not as expected: " + labels);
        }
        return after;
    }

    @Override
    public String title() {
        var added = namesOnlyIn(after, before);
        var removed = namesOnlyIn(before, after);
        if (added.size() == 1 && removed.isEmpty()) {
            return "add label " + added.getFirst();
        }
        if (removed.size() == 1 && added.isEmpty()) {
            return "delete label " + removed.getFirst();
        }
        return "change labels";
    }

    private static List<String> namesOnlyIn(LabelSet one, LabelSet other) {
        var known = new HashSet<>(other.names());
        return one.labels().stream()
                .map(Label::name)
                .filter(name -> !known.contains(name))
                .toList();
    }
}

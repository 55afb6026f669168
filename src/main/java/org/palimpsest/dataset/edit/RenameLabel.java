package org.palimpsest.dataset.edit;

import java.util.Set;
import java.util.TreeMap;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Original;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.dataset.TextAnnotation;

/// Gives a label another name, with all of its objects.
public record RenameLabel(String before, String after) implements Edit {

    @Override
    public Edit inverse() {
        return new RenameLabel(after, before);
    }

    /// None: all images change the label's name wherever it stands, and nothing else.
    @Override
    public Set<ImageId> images() {
        return Set.of();
    }

    @Override
    public AnnotatedImage applyTo(AnnotatedImage target) {
        return target.withAnnotations(target.annotations().stream().map(this::renamed).toList())
                .withDetails(renamed(target.details()));
    }

    private ImageDetails renamed(ImageDetails details) {
        if (!details.labelChecks().containsKey(before)) {
            return details;
        }
        var checks = new TreeMap<>(details.labelChecks());
        checks.put(after, checks.remove(before));
        return details.withLabelChecks(checks);
    }

    private Annotation renamed(Annotation annotation) {
        return switch (annotation) {
            case ObjectAnnotation object ->
                    new ObjectAnnotation(
                            object.id(),
                            renamed(object.label()),
                            object.region(),
                            renamed(object.provenance()),
                            object.review(),
                            object.crowd(),
                            object.attributes());
            case TextAnnotation text -> text;
        };
    }

    private Provenance renamed(Provenance provenance) {
        return provenance
                        instanceof
                        Provenance.Corrected(
                                var from,
                                Original.OfObject(var label, var region),
                                var by,
                                var at)
                ? new Provenance.Corrected(
                        from, new Original.OfObject(renamed(label), region), by, at)
                : provenance;
    }

    private String renamed(String label) {
        return label.equals(before) ? after : label;
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

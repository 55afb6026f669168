package org.palimpsest.ui.exchange;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.DatasetSink;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.Label;
import org.palimpsest.dataset.LabelCheck;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.problem.ProblemException;

/// Hands an import on with other labels, and remembers which images it is about.
///
/// @param names what labels are called from now on; an empty name leaves the objects out
/// @param touched is filled with the images
record LabelMapping(DatasetSink to, Map<String, String> names, Set<ImageId> touched)
        implements DatasetSink {
    private String name(String label) {
        return names.getOrDefault(label, label);
    }

    @Override
    public ImageEntry image(Path file) throws ProblemException {
        var entry = to.image(file);
        touched.add(entry.id());
        return entry;
    }

    @Override
    public void details(ImageId image, ImageDetails details) throws ProblemException {
        var checks = new TreeMap<String, LabelCheck>();
        details.labelChecks()
                .forEach((label, check) -> {
                    if (!name(label).isEmpty()) {
                        checks.put(name(label), check);
                    }
                });
        to.details(image, details.withLabelChecks(checks));
    }

    @Override
    public void annotations(ImageId image, List<? extends Annotation> annotations)
            throws ProblemException {
        var gone = new HashSet<AnnotationId>();
        var kept = new ArrayList<Annotation>();
        for (var annotation : annotations) {
            switch (annotation) {
                case ObjectAnnotation object -> {
                    var name = name(object.label());
                    if (name.isEmpty()) {
                        gone.add(object.id());
                    } else {
                        kept.add(name.equals(object.label()) ? object : object.withLabel(name));
                    }
                }
                case TextAnnotation text -> kept.add(text);
            }
        }
        if (!gone.isEmpty()) {
            kept.replaceAll(one -> one instanceof TextAnnotation text ? without(text, gone) : one);
        }
        to.annotations(image, kept);
    }

    private static TextAnnotation without(TextAnnotation text, Set<AnnotationId> gone) {
        var links = text.links().stream().filter(link -> !gone.contains(link.object())).toList();
        return links.size() == text.links().size() ? text : text.withLinks(links);
    }

    @Override
    public void label(Label label) throws ProblemException {
        var name = name(label.name());
        if (!name.isEmpty()) {
            to.label(name.equals(label.name()) ? label : label.withName(name));
        }
    }
}

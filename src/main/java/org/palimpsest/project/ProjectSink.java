package org.palimpsest.project;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.DatasetSink;
import org.palimpsest.dataset.ImageDetails;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.Label;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Split;
import org.palimpsest.dataset.edit.AddAnnotations;
import org.palimpsest.dataset.edit.AddImage;
import org.palimpsest.dataset.edit.Edit;
import org.palimpsest.dataset.edit.PlacedAnnotation;
import org.palimpsest.dataset.edit.ReplaceDetails;
import org.palimpsest.problem.ProblemException;

/// Takes an import into a project, inside of one transaction: all of it, or nothing.
final class ProjectSink implements DatasetSink {
    private final Project project;
    private final long step;
    private final AnnotationTable annotations;
    private final ImageTable images;
    private final Map<String, String> labelsByAlias = new HashMap<>();

    ProjectSink(Project project, long step) {
        this.project = project;
        this.step = step;
        this.annotations = new AnnotationTable(project.database());
        this.images = new ImageTable(project.database());
        for (var label : project.names().labels().labels()) {
            label.aliases().forEach(alias -> labelsByAlias.put(alias, label.name()));
        }
    }

    @Override
    public ImageEntry image(Path file) throws ProblemException {
        var known = project.find(file, "");
        if (known.isEmpty()) {
            var entry = ImageInspector.inspect(file);
            known = project.find(file, entry.facts().contentHash());
            if (known.isEmpty()) {
                carryOut(new AddImage(new AnnotatedImage(entry)));
                return entry;
            }
        }
        return images.find(row(known.get())).orElseThrow().toEntry(project.paths());
    }

    @Override
    public void details(ImageId image, ImageDetails details) throws ProblemException {
        var before = images.details(row(image)).toDetails(project.names());
        var tags = new TreeSet<>(before.tags());
        tags.addAll(details.tags());
        var checks = new TreeMap<>(before.labelChecks());
        details.labelChecks().forEach((label, check) -> checks.put(knownName(label), check));
        var after =
                new ImageDetails(
                        before.state() == ImageState.NEW ? details.state() : before.state(),
                        before.split() == Split.UNASSIGNED ? details.split() : before.split(),
                        tags,
                        before.notes().isEmpty() ? details.notes() : before.notes(),
                        checks);
        if (!after.equals(before)) {
            carryOut(new ReplaceDetails(image, before, after));
        }
    }

    @Override
    public void annotations(ImageId image, List<? extends Annotation> read)
            throws ProblemException {
        if (read.isEmpty()) {
            return;
        }
        int count = annotations.count(row(image));
        var placed = new ArrayList<PlacedAnnotation>(read.size());
        for (var annotation : read) {
            placed.add(new PlacedAnnotation(count++, underKnownName(annotation)));
        }
        carryOut(new AddAnnotations(image, placed));
    }

    private Annotation underKnownName(Annotation annotation) {
        return annotation instanceof ObjectAnnotation object
                        && !knownName(object.label()).equals(object.label())
                ? object.withLabel(knownName(object.label()))
                : annotation;
    }

    /// A label's own name goes before another one's alias.
    private String knownName(String label) {
        return project.names().findLabel(label).isPresent()
                ? label
                : labelsByAlias.getOrDefault(label, label);
    }

    @Override
    public void label(Label label) throws ProblemException {
        if (!labelsByAlias.containsKey(label.name())
                && project.names().findLabel(label.name()).isEmpty()) {
            project.names().add(label);
            label.aliases().forEach(alias -> labelsByAlias.putIfAbsent(alias, label.name()));
        }
    }

    private long row(ImageId image) throws ProblemException {
        return images.row(image)
                .orElseThrow(() -> new IllegalStateException("No such image: " + image));
    }

    private void carryOut(Edit edit) throws ProblemException {
        project.changes()
                .apply(edit, (image, change) -> project.journal().append(step, image, change));
    }
}

package org.palimpsest.project;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.Label;
import org.palimpsest.dataset.LabelCheck;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.edit.Edit;
import org.palimpsest.dataset.edit.RelabelObjects;
import org.palimpsest.dataset.edit.RemoveAnnotations;
import org.palimpsest.dataset.edit.RenameLabel;
import org.palimpsest.dataset.edit.ReplaceDetails;
import org.palimpsest.dataset.edit.ReplaceLabels;
import org.palimpsest.problem.ProblemException;

/// Changes labels together with their objects: rename, merge, split and delete, each with a preview and one undo step.
public final class LabelChanges {
    private static final int SAVED_TOGETHER = 200;

    private LabelChanges() {}

    /// What a change of a label touches.
    ///
    /// @param objects how many objects
    /// @param images in how many images
    /// @param checks in how many images the label is checked as absent or not exhaustive
    public record Preview(long objects, long images, long checks) {}

    /// What renaming, merging or deleting this label would touch.
    public static Preview preview(Project project, String label) throws ProblemException {
        requireLabel(project, label);
        return project.reading(() -> {
            long row = project.names().findLabel(label).orElse(-1L);
            var database = project.database();
            return new Preview(
                    database.longValue("SELECT count(*) FROM annotation WHERE label = ?", row),
                    database.longValue(
                            "SELECT count(DISTINCT image) FROM annotation WHERE label = ?", row),
                    database.longValue("SELECT count(*) FROM label_check WHERE label = ?", row));
        });
    }

    /// What splitting this label would touch.
    public static Preview previewSplit(Project project, String label, ImageFilter where)
            throws ProblemException {
        requireLabel(project, label);
        long[] counts = {0, 0};
        project.dataset(and(new ImageFilter.HasLabel(label), where))
                .forEach(image -> {
                    counts[0] += ids(image, label).size();
                    counts[1]++;
                });
        return new Preview(counts[0], counts[1], 0);
    }

    /// Gives a label another name.
    public static void rename(Project project, String label, String name) throws ProblemException {
        requireLabel(project, label);
        requireNew(project, name);
        project.apply(new RenameLabel(label, name));
    }

    /// Gives every object of a label another one, and removes the label; its name becomes an alias.
    public static void merge(Project project, String label, String into) throws ProblemException {
        requireLabel(project, label);
        requireLabel(project, into);
        if (label.equals(into)) {
            throw new ProblemException("A label cannot be merged into itself", label, "");
        }
        var step = project.beginStep("merge label " + label + " into " + into);
        relabel(project, step, label, into, ImageFilter.ALL);
        changeChecks(project, step, label, into);
        var before = project.labels();
        var target = before.find(into).orElseThrow();
        var aliases = new LinkedHashSet<>(target.aliases());
        aliases.add(label);
        aliases.addAll(before.find(label).orElseThrow().aliases());
        step.add(
                List.of(
                        new ReplaceLabels(
                                before,
                                without(
                                        before.replace(
                                                target, target.withAliases(List.copyOf(aliases))),
                                        label))));
        step.end();
    }

    /// Gives the objects of a label in some images a new label.
    ///
    /// @param where in which images
    public static void split(Project project, String label, String name, ImageFilter where)
            throws ProblemException {
        requireLabel(project, label);
        requireNew(project, name);
        var step = project.beginStep("split " + name + " off label " + label);
        var before = project.labels();
        step.add(List.of(new ReplaceLabels(before, before.with(name))));
        relabel(project, step, label, name, where);
        step.end();
    }

    /// Removes a label with all of its objects.
    public static void delete(Project project, String label) throws ProblemException {
        requireLabel(project, label);
        var step = project.beginStep("delete label " + label);
        var waiting = new ArrayList<Edit>();
        project.dataset(new ImageFilter.HasLabel(label))
                .forEach(image -> {
                    waiting.add(RemoveAnnotations.from(image, ids(image, label)));
                    saveMany(step, waiting);
                });
        step.add(waiting);
        changeChecks(project, step, label, "");
        var before = project.labels();
        step.add(List.of(new ReplaceLabels(before, without(before, label))));
        step.end();
    }

    private static void relabel(
            Project project, ProjectStep step, String from, String to, ImageFilter where)
            throws ProblemException {
        var waiting = new ArrayList<Edit>();
        project.dataset(and(new ImageFilter.HasLabel(from), where))
                .forEach(image -> {
                    waiting.add(new RelabelObjects(image.image().id(), ids(image, from), from, to));
                    saveMany(step, waiting);
                });
        step.add(waiting);
    }

    /// @param to the label that takes the checks over; empty where they go
    private static void changeChecks(Project project, ProjectStep step, String label, String to)
            throws ProblemException {
        var waiting = new ArrayList<Edit>();
        for (var id : checked(project, List.of(label, to))) {
            var image = project.image(id).orElseThrow();
            var checks = new TreeMap<>(image.details().labelChecks());
            var merged = merged(checks.remove(label), checks.get(to));
            if (!to.isEmpty()) {
                checks.remove(to);
                merged.ifPresent(check -> checks.put(to, check));
            }
            if (!checks.equals(image.details().labelChecks())) {
                waiting.add(ReplaceDetails.of(image, image.details().withLabelChecks(checks)));
                saveMany(step, waiting);
            }
        }
        step.add(waiting);
    }

    /// What holds of two labels together: absent only if both are.
    private static Optional<LabelCheck> merged(
            @Nullable LabelCheck one, @Nullable LabelCheck other) {
        if (one == LabelCheck.NOT_EXHAUSTIVE || other == LabelCheck.NOT_EXHAUSTIVE) {
            return Optional.of(LabelCheck.NOT_EXHAUSTIVE);
        }
        return one == LabelCheck.ABSENT && other == LabelCheck.ABSENT
                ? Optional.of(LabelCheck.ABSENT)
                : Optional.empty();
    }

    private static Set<ImageId> checked(Project project, List<String> labels)
            throws ProblemException {
        return project.reading(() -> {
            var images = new LinkedHashSet<ImageId>();
            for (var label : labels) {
                project.database()
                        .forEach(
                                row -> images.add(ImageId.parse(row.getString(1))),
                                "SELECT uuid FROM label_check JOIN image ON image.id = image WHERE"
                                        + " label = ?",
                                project.names().findLabel(label).orElse(-1L));
            }
            return images;
        });
    }

    private static void saveMany(ProjectStep step, List<Edit> waiting) throws ProblemException {
        if (waiting.size() >= SAVED_TOGETHER) {
            step.add(waiting);
            waiting.clear();
        }
    }

    private static ImageFilter and(ImageFilter one, ImageFilter other) {
        return new ImageFilter.And(List.of(one, other));
    }

    private static Set<AnnotationId> ids(AnnotatedImage image, String label) {
        var ids = new HashSet<AnnotationId>();
        for (ObjectAnnotation object : image.objects()) {
            if (object.label().equals(label)) {
                ids.add(object.id());
            }
        }
        return ids;
    }

    private static LabelSet without(LabelSet labels, String name) {
        return new LabelSet(
                labels.labels().stream().filter(label -> !label.name().equals(name)).toList());
    }

    private static void requireLabel(Project project, String name) throws ProblemException {
        if (project.labels().find(name).isEmpty()) {
            throw new ProblemException(
                    "There is no label '" + name + "'",
                    project.file().toString(),
                    "The labels are: " + String.join(", ", project.labels().names()));
        }
    }

    private static void requireNew(Project project, String name) throws ProblemException {
        if (!Label.isName(name)) {
            throw new ProblemException(
                    "A label cannot be called '" + name + "'",
                    "",
                    "Choose a name without space around it or line breaks");
        }
        if (project.labels().find(name).isPresent()) {
            throw new ProblemException(
                    "There is a label '" + name + "' already",
                    project.file().toString(),
                    "Choose another name, or merge the labels");
        }
    }
}

package org.palimpsest.project;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.edit.Edit;
import org.palimpsest.dataset.edit.RemoveAnnotations;
import org.palimpsest.dataset.edit.ReplaceDetails;
import org.palimpsest.problem.ProblemException;

/// Takes a whole run of a model back, also when other things were done after it.
public final class RunUndo {
    private static final int SAVED_TOGETHER = 100;

    private RunUndo() {}

    /// Takes a run back, as the one step that it is. Where a person went on with some of its images, what the run proposed
    /// and nobody touched is removed from the others and from these, as a new step.
    ///
    /// @param run names the run, as [ModelRun#id] does
    /// @return the images that changed; none where the run changed nothing or was taken back before
    public static Set<ImageId> undo(Project project, long run) throws ProblemException {
        Optional<Journal.StepRow> step =
                project.reading(() ->
                        project.database()
                                .first(
                                        row ->
                                                new Journal.StepRow(
                                                        row.getLong(1), row.getString(2)),
                                        "SELECT step.id, step.title FROM run JOIN step ON step.id ="
                                                + " run.step WHERE run.id = ? AND step.undone = 0 AND"
                                                + " EXISTS (SELECT 1 FROM change WHERE change.step ="
                                                + " step.id)",
                                        run));
        if (step.isEmpty()) {
            return Set.of();
        }
        if (isFree(project, step.get().id())) {
            return project.writing(() -> project.replay(step, false))
                    .map(Project.Replayed::images)
                    .orElse(Set.of());
        }
        return withdraw(project, run, step.get().title());
    }

    /// Whether nothing happened on the images of a step after it.
    private static boolean isFree(Project project, long step) throws ProblemException {
        return project.reading(() ->
                project.database()
                                .longValue(
                                        """
                                        SELECT EXISTS (SELECT 1 FROM change mine
                                        JOIN change later ON later.image IS mine.image
                                            AND later.id > mine.id AND later.step <> mine.step
                                        JOIN step other ON other.id = later.step AND other.undone = 0
                                        WHERE mine.step = ?)\
                                        """,
                                        step)
                        == 0);
    }

    private static Set<ImageId> withdraw(Project project, long run, String title)
            throws ProblemException {
        List<ImageId> asked = new ArrayList<>();
        project.reading(() -> {
            project.database()
                    .forEach(
                            row -> asked.add(ImageId.parse(row.getString(1))),
                            "SELECT uuid FROM image WHERE id IN (SELECT image FROM run_image WHERE run"
                                    + " = ? AND outcome = 'done') ORDER BY id",
                            run);
            return asked.size();
        });
        var step = project.beginStep(title);
        var changed = new LinkedHashSet<ImageId>();
        var waiting = new ArrayList<Edit>();
        for (var id : asked) {
            var image = project.image(id);
            var proposed = ModelRun.predictions(project, run, id);
            if (image.isPresent() && proposed.isPresent()) {
                var edits = withdrawal(image.get(), proposed.get());
                if (!edits.isEmpty()) {
                    waiting.addAll(edits);
                    changed.add(id);
                }
            }
            if (waiting.size() >= SAVED_TOGETHER) {
                step.add(waiting);
                waiting.clear();
            }
        }
        step.add(waiting);
        step.end();
        return changed;
    }

    private static List<Edit> withdrawal(AnnotatedImage image, List<Annotation> proposed) {
        // What nobody touched is equal to what it was.
        var untouched =
                image.annotations().stream()
                        .filter(proposed::contains)
                        .map(Annotation::id)
                        .collect(Collectors.<AnnotationId>toSet());
        if (untouched.isEmpty()) {
            return List.of();
        }
        var removal = RemoveAnnotations.from(image, untouched);
        var after = removal.applyTo(image);
        if (after.annotations().isEmpty() && image.details().state() == ImageState.PREDICTED) {
            return List.of(
                    removal, ReplaceDetails.of(after, after.details().withState(ImageState.NEW)));
        }
        return List.of(removal);
    }
}

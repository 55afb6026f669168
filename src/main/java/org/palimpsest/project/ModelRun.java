package org.palimpsest.project;

import com.fasterxml.jackson.databind.JavaType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.edit.Edit;
import org.palimpsest.problem.ProblemException;

/// A run of a model over images of a project: one step of the history, which keeps for every image what was answered.
///
/// What it saved is there after a crash, and the same run goes on from there.
public final class ModelRun {
    private static final JavaType ROWS = Json.listOf(AnnotationRow.class);
    private static final long NO_STEP = 0;
    private static final String DONE = "done";
    private static final String FAILED = "failed";

    private final Project project;
    private final long id;
    private final ProjectStep step;

    private ModelRun(Project project, long id, ProjectStep step) {
        this.project = project;
        this.id = id;
        this.step = step;
    }

    /// How an image stands in a run.
    public enum Outcome {
        /// Not asked yet.
        WAITING,
        DONE,
        FAILED
    }

    /// An image for which the run failed.
    ///
    /// @param answer what the model said; empty where it said nothing
    public record Failure(ImageId image, String problem, String answer) {}

    /// A run that a project knows.
    ///
    /// @param done for how many images it has answers
    public record Summary(long id, RunSettings settings, Instant started, long done, long failed) {}

    /// Goes on with the last run of these settings, or begins one where there is none or it was undone.
    public static ModelRun begin(Project project, RunSettings settings) throws ProblemException {
        return project.writing(() -> {
            var database = project.database();
            var known =
                    database.first(
                            row -> new long[] {row.getLong(1), row.getLong(2)},
                            "SELECT run.id, run.step FROM run LEFT JOIN step ON step.id ="
                                    + " run.step AND step.undone = 0 WHERE run.model = ? AND"
                                    + " run.checkpoint = ? AND run.prompt = ? AND"
                                    + " run.settings = ? AND (run.step IS NULL OR step.id IS NOT"
                                    + " NULL) ORDER BY run.id DESC LIMIT 1",
                            settings.model(),
                            settings.checkpoint(),
                            settings.prompt(),
                            settings.settings());
            if (known.isPresent() && known.get()[1] != NO_STEP) {
                project.journal().bringForward(known.get()[1]);
                return new ModelRun(
                        project, known.get()[0], new ProjectStep(project, known.get()[1]));
            }
            long step = project.journal().begin(settings.prompt());
            if (known.isPresent()) {
                database.update("UPDATE run SET step = ? WHERE id = ?", step, known.get()[0]);
                return new ModelRun(project, known.get()[0], new ProjectStep(project, step));
            }
            long id =
                    database.insert(
                            "INSERT INTO run(model, checkpoint, prompt, settings, started,"
                                    + " step) VALUES (?, ?, ?, ?, ?, ?)",
                            settings.model(),
                            settings.checkpoint(),
                            settings.prompt(),
                            settings.settings(),
                            AnnotationRow.nanos(project.clock().instant()),
                            step);
            return new ModelRun(project, id, new ProjectStep(project, step));
        });
    }

    /// All runs, the latest first.
    public static List<Summary> list(Project project) throws ProblemException {
        return project.reading(() -> {
            var runs = new ArrayList<Summary>();
            project.database()
                    .forEach(
                            row ->
                                    runs.add(
                                            new Summary(
                                                    row.getLong(1),
                                                    new RunSettings(
                                                            row.getString(2),
                                                            row.getString(3),
                                                            row.getString(4),
                                                            row.getString(5)),
                                                    AnnotationRow.instant(row.getLong(6)),
                                                    row.getLong(7),
                                                    row.getLong(8))),
                            "SELECT id, model, checkpoint, prompt, settings, started,"
                                    + " (SELECT count(*) FROM run_image WHERE run = run.id"
                                    + " AND outcome = 'done'), (SELECT count(*) FROM"
                                    + " run_image WHERE run = run.id AND outcome = 'failed')"
                                    + " FROM run ORDER BY id DESC");
            return runs;
        });
    }

    /// What a run proposed for an image, as it was then; empty where it has no answer.
    public static Optional<List<Annotation>> predictions(Project project, long run, ImageId image)
            throws ProblemException {
        return project.reading(() -> {
            Optional<byte[]> content =
                    project.database()
                            .first(
                                    row -> row.getBytes(1),
                                    "SELECT predicted FROM run_image WHERE run = ? AND image"
                                            + " = (SELECT id FROM image WHERE uuid = ?) AND"
                                            + " outcome = 'done'",
                                    run,
                                    image.toString());
            return content.map(bytes -> toAnnotations(project, bytes));
        });
    }

    private static List<Annotation> toAnnotations(Project project, byte[] bytes) {
        List<AnnotationRow> rows = Json.value(bytes, ROWS);
        return rows.stream().map(row -> row.toAnnotation(project.names())).toList();
    }

    /// Names the run for [#predictions].
    public long id() {
        return id;
    }

    public Outcome outcome(ImageId image) throws ProblemException {
        return project.reading(() ->
                project.database()
                        .first(
                                row ->
                                        row.getString(1).equals(DONE)
                                                ? Outcome.DONE
                                                : Outcome.FAILED,
                                "SELECT outcome FROM run_image WHERE run = ? AND image ="
                                        + " (SELECT id FROM image WHERE uuid = ?)",
                                id,
                                image.toString())
                        .orElse(Outcome.WAITING));
    }

    /// Saves an answer and what it changes, all or nothing.
    ///
    /// @param proposed the annotations that the answer became; they are among what the edits add
    public void save(
            ImageId image, String answer, List<Annotation> proposed, List<? extends Edit> edits)
            throws ProblemException {
        project.extend(
                step.id(),
                edits,
                () -> {
                    var rows = new ArrayList<AnnotationRow>();
                    for (var annotation : proposed) {
                        rows.add(AnnotationRow.of(annotation, project.names()));
                    }
                    return write(image, DONE, answer, "", Json.bytes(rows, ROWS));
                });
    }

    /// Notes that the image could not be labelled.
    public void fail(ImageId image, String answer, String problem) throws ProblemException {
        project.writing(() -> write(image, FAILED, answer, problem, new byte[0]));
    }

    private int write(
            ImageId image, String outcome, String answer, String problem, byte[] predicted)
            throws ProblemException {
        return project.database()
                .update(
                        "INSERT OR REPLACE INTO run_image(run, image, outcome, answer, problem,"
                                + " predicted) VALUES (?, (SELECT id FROM image WHERE uuid = ?), ?, ?,"
                                + " ?, ?)",
                        id,
                        image.toString(),
                        outcome,
                        answer,
                        problem,
                        predicted);
    }

    /// The images for which this run failed, with the reasons.
    public List<Failure> failures() throws ProblemException {
        return project.reading(() -> {
            var failures = new ArrayList<Failure>();
            project.database()
                    .forEach(
                            row ->
                                    failures.add(
                                            new Failure(
                                                    ImageId.parse(row.getString(1)),
                                                    row.getString(2),
                                                    row.getString(3))),
                            "SELECT image.uuid, run_image.problem, run_image.answer FROM run_image JOIN image"
                                    + " ON image.id = run_image.image WHERE run = ? AND"
                                    + " outcome = '"
                                    + FAILED
                                    + "' ORDER BY image.id LIMIT 1000",
                            id);
            return failures;
        });
    }

    /// Ends the run for now; a run without any change leaves no step to undo.
    public void end() throws ProblemException {
        step.end();
    }
}

package org.palimpsest.project;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.palimpsest.problem.ProblemException;

/// Results of evaluations that a project keeps, so that one can be held against another.
public final class ProjectEvaluations {
    private ProjectEvaluations() {}

    /// One evaluation.
    ///
    /// @param filter which images, as [ImageFilter#parse] reads it
    /// @param result the figures as JSON
    public record Entry(
            Instant at, String model, String checkpoint, String filter, String result) {}

    public static void add(Project project, Entry entry) throws ProblemException {
        project.writing(() ->
                project.database()
                        .update(
                                "INSERT INTO evaluation(at, model, checkpoint, filter,"
                                        + " result) VALUES (?, ?, ?, ?, ?)",
                                AnnotationRow.nanos(entry.at()),
                                entry.model(),
                                entry.checkpoint(),
                                entry.filter(),
                                entry.result()));
    }

    /// All of them, the latest first.
    public static List<Entry> list(Project project) throws ProblemException {
        return project.reading(() -> {
            var entries = new ArrayList<Entry>();
            project.database()
                    .forEach(
                            row ->
                                    entries.add(
                                            new Entry(
                                                    AnnotationRow.instant(row.getLong(1)),
                                                    row.getString(2),
                                                    row.getString(3),
                                                    row.getString(4),
                                                    row.getString(5))),
                            "SELECT at, model, checkpoint, filter, result FROM evaluation"
                                    + " ORDER BY id DESC");
            return entries;
        });
    }
}

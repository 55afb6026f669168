package org.palimpsest.project;

import java.util.Optional;
import org.palimpsest.problem.ProblemException;

/// The prompt that a project was asked last, with which the next session begins.
public final class ProjectPrompt {
    private static final String PROPERTY = "prompt";
    private static final int LONGEST = 10_000;

    private ProjectPrompt() {}

    /// Keeps a prompt in the place of the one before; one that is too long to be a default is not kept.
    public static void save(Project project, String prompt) throws ProblemException {
        if (prompt.length() <= LONGEST) {
            project.writing(() ->
                    project.database()
                            .update(
                                    "INSERT OR REPLACE INTO property(name, value) VALUES (?, ?)",
                                    PROPERTY,
                                    prompt));
        }
    }

    /// The prompt that was kept.
    public static Optional<String> of(Project project) throws ProblemException {
        return project.reading(() ->
                project.database()
                        .first(
                                row -> row.getString(1),
                                "SELECT value FROM property WHERE name = ? AND length(value) <= ?",
                                PROPERTY,
                                LONGEST));
    }
}

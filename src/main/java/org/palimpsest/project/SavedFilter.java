package org.palimpsest.project;

import java.util.ArrayList;
import java.util.List;
import org.palimpsest.problem.ProblemException;

/// A filter that a person gave a name, kept in the project.
///
/// @param text as [ImageFilter#parse] reads it
public record SavedFilter(String name, String text) {
    private static final String PROPERTY = "filters";
    private static final int MOST = 200;

    /// @throws IllegalArgumentException if the name is blank
    public SavedFilter {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A filter without a name: " + text);
        }
    }

    /// Those of a project in the order in which they were saved.
    public static List<SavedFilter> of(Project project) throws ProblemException {
        return project.reading(() ->
                project.database()
                        .first(
                                row -> row.getString(1),
                                "SELECT value FROM property WHERE name = ?",
                                PROPERTY)
                        .<List<SavedFilter>>map(
                                json -> Json.value(json, Json.listOf(SavedFilter.class)))
                        .orElse(List.of()));
    }

    /// Saves one; it takes the place of one with the same name.
    public static List<SavedFilter> save(Project project, SavedFilter filter)
            throws ProblemException {
        return change(project, filter.name(), List.of(filter));
    }

    /// Forgets the one with that name.
    public static List<SavedFilter> remove(Project project, String name) throws ProblemException {
        return change(project, name, List.of());
    }

    private static List<SavedFilter> change(
            Project project, String name, List<SavedFilter> replacement) throws ProblemException {
        return project.writing(() -> {
            var all = new ArrayList<>(of(project));
            all.removeIf(one -> one.name().equals(name));
            all.addAll(replacement);
            if (all.size() > MOST) {
                throw new ProblemException(
                        "There are too many saved filters",
                        MOST + " at most",
                        "Remove one that is not needed any more");
            }
            project.database()
                    .update(
                            "INSERT OR REPLACE INTO property(name, value) VALUES (?, ?)",
                            PROPERTY,
                            Json.text(all));
            return List.copyOf(all);
        });
    }
}

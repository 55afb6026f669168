package org.palimpsest.project;

import java.util.List;
import org.palimpsest.dataset.edit.Edit;
import org.palimpsest.problem.ProblemException;

/// A step that is still growing: what is added is saved at once, and one undo takes all of it back.
public final class ProjectStep {
    private final Project project;
    private final long id;

    ProjectStep(Project project, long id) {
        this.project = project;
        this.id = id;
    }

    /// Names the step for [Project#resumeStep].
    public long id() {
        return id;
    }

    /// Carries out these edits, all or none.
    ///
    /// @throws IllegalStateException if the project is not as they expect it
    public void add(List<? extends Edit> edits) throws ProblemException {
        project.extend(id, edits, () -> null);
    }

    /// Ends the step; one to which nothing was added is forgotten.
    public void end() throws ProblemException {
        project.writing(() -> {
            project.journal().discardIfEmpty(id);
            return id;
        });
    }
}

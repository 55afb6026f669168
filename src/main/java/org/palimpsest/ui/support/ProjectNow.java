package org.palimpsest.ui.support;

import org.palimpsest.dataset.LabelSet;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.Project;

/// What a project says of itself after something was done to it.
///
/// @param undo what would be undone, in words; empty if nothing
/// @param redo what would be redone, in words; empty if nothing
record ProjectNow(String undo, String redo, LabelSet labels) {
    static ProjectNow of(Project project) throws ProblemException {
        return new ProjectNow(
                project.nextUndo().orElse(""), project.nextRedo().orElse(""), project.labels());
    }
}

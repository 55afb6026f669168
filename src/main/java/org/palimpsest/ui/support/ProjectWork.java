package org.palimpsest.ui.support;

import java.util.Set;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.Project;

/// What is to be done with the open project away from the interface's thread.
@FunctionalInterface
public interface ProjectWork<T> {
    T run(Project project, Progress progress) throws ProblemException;

    /// What came of a change.
    ///
    /// @param images those that are not as before
    record Changed<T>(Set<ImageId> images, T value) {
        public Changed {
            images = Set.copyOf(images);
        }
    }
}

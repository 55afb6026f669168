package org.palimpsest.ui.support;

import java.util.List;
import java.util.Optional;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.ImagePage;
import org.palimpsest.project.Project;

/// Puts images into an order other than that in which they came.
@FunctionalInterface
public interface ImageSorter {

    /// @param images as the project has them
    /// @param order any but [ImageOrder#ADDED]
    /// @param like the image on the screen
    /// @return the same images, rising
    List<ImagePage.Line> sort(
            Project project,
            List<ImagePage.Line> images,
            ImageOrder order,
            Optional<ImageId> like,
            Progress progress)
            throws ProblemException;
}

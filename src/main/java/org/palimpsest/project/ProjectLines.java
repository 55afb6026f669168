package org.palimpsest.project;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.problem.ProblemException;

/// Single images of a project as a list shows them.
public final class ProjectLines {
    private ProjectLines() {}

    /// Those of the images that are in the project, in the given order.
    public static List<ImagePage.Line> of(Project project, Collection<ImageId> images)
            throws ProblemException {
        return project.reading(() -> {
            var reader = project.reader(project.database(), project.names());
            var lines = new ArrayList<ImagePage.Line>(images.size());
            for (var id : images) {
                reader.line(id).ifPresent(lines::add);
            }
            return lines;
        });
    }
}

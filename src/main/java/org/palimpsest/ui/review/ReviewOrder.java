package org.palimpsest.ui.review;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.palimpsest.batch.ReviewRanking;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.ImageFilter;
import org.palimpsest.project.Project;
import org.palimpsest.project.ProjectLines;

/// The images of a project that nobody is done with, the one that is most worth looking at first.
final class ReviewOrder {
    private ReviewOrder() {}

    static List<ReviewLine> of(Project project, ImageFilter where) throws ProblemException {
        var waiting =
                new ImageFilter.And(
                        List.of(
                                where,
                                not(ImageState.DONE),
                                not(ImageState.EMPTY),
                                not(ImageState.REJECTED)));
        var ranked =
                ReviewRanking.rank(
                        project, waiting, Optional.empty(), Optional.empty(), Integer.MAX_VALUE);
        var reasons = new HashMap<ImageId, String>();
        var ids = new ArrayList<ImageId>();
        for (var item : ranked) {
            ids.add(item.image());
            reasons.put(item.image(), Reasons.of(item));
        }
        return ProjectLines.of(project, ids).stream()
                .map(line ->
                        new ReviewLine(
                                line.image(), reasons.getOrDefault(line.image().id(), ""), false))
                .toList();
    }

    private static ImageFilter not(ImageState state) {
        return new ImageFilter.Not(new ImageFilter.InState(state));
    }
}

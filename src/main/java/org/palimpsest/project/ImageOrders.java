package org.palimpsest.project;

import java.util.HashMap;
import java.util.Map;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.problem.ProblemException;

/// What images are sorted by that only their annotations tell.
public final class ImageOrders {
    private ImageOrders() {}

    /// The lowest score of what a model proposed and nobody has reviewed, of each image that has such a thing. Read on a
    /// connection of its own.
    public static Map<ImageId, Double> lowestScores(Project project) throws ProblemException {
        try (var database = Database.open(project.file(), false)) {
            var scores = new HashMap<ImageId, Double>();
            database.forEach(
                    row -> scores.put(ImageId.parse(row.getString(1)), row.getDouble(2)),
                    "SELECT image.uuid, lowest FROM (SELECT image, min(score) AS lowest FROM"
                            + " annotation WHERE score IS NOT NULL AND review = 'UNREVIEWED' GROUP"
                            + " BY image) JOIN image ON image.id = image");
            return scores;
        }
    }
}

package org.palimpsest.evaluation.detection;

import java.util.List;
import java.util.function.LongToIntFunction;
import org.jspecify.annotations.Nullable;

/// One label's detections in order of score, as arrays: the form that precision and recall are computed from, once for the
/// result and a thousand times for a confidence interval.
final class RankedDetections {
    /// Keeps a precision finite where nothing was claimed (numpy's `spacing(1)`).
    private static final double EPSILON = Math.ulp(1.0);

    private final int[] images;
    private final int[] ranks;
    private final double[] scores;
    private final int[][] verdicts;
    private final int[] truthImages;
    private final int[][] positives;

    /// @param imageIndex the place of an image in the weights
    RankedDetections(LabelRecords records, LongToIntFunction imageIndex) {
        List<LabelRecords.Entry> ranking = records.ranking();
        images = ranking.stream().mapToInt(entry -> imageIndex.applyAsInt(entry.image())).toArray();
        ranks = ranking.stream().mapToInt(LabelRecords.Entry::rank).toArray();
        scores = ranking.stream().mapToDouble(LabelRecords.Entry::score).toArray();
        verdicts = ranking.stream().map(LabelRecords.Entry::verdicts).toArray(int[][]::new);
        var truths = records.truths();
        truthImages =
                truths.stream().mapToInt(truth -> imageIndex.applyAsInt(truth.image())).toArray();
        positives = truths.stream().map(LabelRecords.Truth::positives).toArray(int[][]::new);
    }

    /// @param precision the best precision at each recall point or beyond, 0 where that recall is not reached
    /// @param scores the score at which that recall is reached, 0 where it is not
    /// @param recall the recall of all detections together
    record Curve(double[] precision, double[] scores, double recall) {}

    /// @param weights how often each image counts
    /// @return nothing where no object is to be found
    @Nullable Curve curve(AreaRange range, int threshold, int limit, int[] weights) {
        long total = 0;
        for (int i = 0; i < truthImages.length; i++) {
            total += (long) positives[i][range.ordinal()] * weights[truthImages[i]];
        }
        if (total == 0) {
            return null;
        }
        int right = 1 << threshold;
        int skipped = right << (Integer.SIZE / 2);
        var recalls = new double[images.length];
        var precisions = new double[images.length];
        var scoresThere = new double[images.length];
        int count = 0;
        long found = 0;
        long wrong = 0;
        for (int i = 0; i < images.length; i++) {
            int weight = weights[images[i]];
            if (weight == 0 || ranks[i] >= limit) {
                continue;
            }
            int verdict = verdicts[i][range.ordinal()];
            if ((verdict & skipped) == 0) {
                if ((verdict & right) == 0) {
                    wrong += weight;
                } else {
                    found += weight;
                }
            }
            recalls[count] = (double) found / total;
            precisions[count] = found / (wrong + found + EPSILON);
            scoresThere[count++] = scores[i];
        }
        for (int i = count - 1; i > 0; i--) {
            precisions[i - 1] = Math.max(precisions[i - 1], precisions[i]);
        }
        return sample(recalls, precisions, scoresThere, count);
    }

    private static Curve sample(double[] recalls, double[] precisions, double[] scores, int count) {
        var precision = new double[CocoGrid.RECALL_POINTS.length];
        var score = new double[precision.length];
        int at = 0;
        for (int r = 0; r < precision.length; r++) {
            while (at < count && recalls[at] < CocoGrid.RECALL_POINTS[r]) {
                at++;
            }
            if (at == count) {
                break;
            }
            precision[r] = precisions[at];
            score[r] = scores[at];
        }
        return new Curve(precision, score, count == 0 ? 0 : recalls[count - 1]);
    }
}

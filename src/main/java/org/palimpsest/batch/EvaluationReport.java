package org.palimpsest.batch;

import java.util.List;
import org.palimpsest.evaluation.effort.EffortReport;

/// What an evaluation found.
///
/// @param images how many images were asked about
/// @param skipped images of which nobody has said what is true
/// @param questions how many prompts were answered
/// @param metrics in the order of the tasks
/// @param labels how well each label is detected, where detection was asked for
/// @param effort what it takes to correct the answers
public record EvaluationReport(
        long images,
        long skipped,
        long questions,
        List<Metric> metrics,
        List<LabelScore> labels,
        EffortReport effort) {
    public EvaluationReport {
        metrics = List.copyOf(metrics);
        labels = List.copyOf(labels);
    }

    /// How well one label is detected.
    ///
    /// @param objects how many there are
    /// @param ap average precision over the overlaps 0.5 to 0.95; NaN where there is no object
    /// @param ap50 at an overlap of 0.5
    /// @param precision at an overlap of 0.5
    public record LabelScore(
            String label, long objects, double ap, double ap50, double precision, double recall) {}
}

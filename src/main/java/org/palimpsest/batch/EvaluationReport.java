package org.palimpsest.batch;

import java.util.List;
import java.util.Optional;
import org.palimpsest.evaluation.detection.OverlapKind;
import org.palimpsest.evaluation.effort.EffortReport;
import org.palimpsest.project.EvaluationFigures;

/// What an evaluation found.
///
/// @param images how many images were asked about
/// @param skipped images of which nobody has said what is true
/// @param questions how many prompts were answered
/// @param metrics in the order of the tasks
/// @param objects how well objects are found in detail, for boxes and for masks as far as these were asked for
/// @param effort what it takes to correct the answers
/// @param results of each image, in the order of the data set
public record EvaluationReport(
        long images,
        long skipped,
        long questions,
        List<Metric> metrics,
        List<ObjectFigures> objects,
        EffortReport effort,
        List<ImageResult> results) {
    public EvaluationReport {
        metrics = List.copyOf(metrics);
        objects = List.copyOf(objects);
        results = List.copyOf(results);
    }

    /// What is known of boxes or of masks.
    public Optional<ObjectFigures> objects(OverlapKind kind) {
        return objects.stream().filter(one -> one.kind() == kind).findFirst();
    }

    /// How well each label is found: its boxes where these were asked for, else its masks.
    public List<EvaluationFigures.LabelFigures> labels() {
        return objects.isEmpty() ? List.of() : objects.getFirst().labels();
    }
}

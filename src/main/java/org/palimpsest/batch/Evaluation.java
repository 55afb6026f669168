package org.palimpsest.batch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.EvaluationFigures;
import org.palimpsest.project.ProjectEvaluations;

/// An evaluation of one model, as the command line and the window do it and a project keeps it.
///
/// @param model its name
/// @param checkpoint hash of its weights
public record Evaluation(String model, String checkpoint, EvaluationReport report) {

    /// Asks the model about the data set.
    ///
    /// @throws ProblemException if an image or an answer fails, nothing is known to be true, or the evaluation is cancelled
    public static Evaluation of(
            Dataset data, EvaluatedModel model, EvaluationOptions options, Progress progress)
            throws ProblemException {
        var report = ModelEvaluator.evaluate(data, model, options, (_, _, _) -> {}, progress);
        return new Evaluation(model.name(), model.checkpoint(), report);
    }

    /// What a project keeps of it.
    ///
    /// @param filter which images, as [org.palimpsest.project.ImageFilter#parse] reads it
    public ProjectEvaluations.Entry entry(Instant at, String filter) {
        return new ProjectEvaluations.Entry(at, model, checkpoint, filter, figures().toJson());
    }

    /// The figures as plain values.
    public EvaluationFigures figures() {
        var figures = new ArrayList<EvaluationFigures.Figure>();
        for (var metric : report.metrics()) {
            figures.add(
                    new EvaluationFigures.Figure(
                            metric.task(),
                            metric.name(),
                            metric.value(),
                            metric.count(),
                            metric.interval()
                                    .map(range ->
                                            new EvaluationFigures.Range(
                                                    range.low(), range.high(), range.level()))));
        }
        return new EvaluationFigures(
                model,
                checkpoint,
                report.images(),
                report.skipped(),
                report.questions(),
                figures,
                report.labels(),
                effort());
    }

    private Map<String, Double> effort() {
        var correcting = report.effort().correcting();
        var effort = new LinkedHashMap<String, Double>();
        effort.put("actions_per_image", correcting.actionsPerImage());
        effort.put("actions_from_nothing", report.effort().drawing().actionsPerImage());
        effort.put("actions_saved_per_image", report.effort().actionsSavedPerImage());
        effort.put("objects_added", (double) correcting.objectsAdded());
        effort.put("objects_removed", (double) correcting.objectsRemoved());
        effort.put("objects_relabelled", (double) correcting.objectsRelabelled());
        effort.put("boxes_moved", (double) correcting.boxesMoved());
        effort.put("masks_reshaped", (double) correcting.masksReshaped());
        effort.put("mean_changed_iou", correcting.meanChangedIou());
        effort.put("texts_added", (double) correcting.textsAdded());
        effort.put("texts_removed", (double) correcting.textsRemoved());
        effort.put("texts_changed", (double) correcting.textsChanged());
        effort.put("characters_typed", (double) correcting.charactersTyped());
        return effort;
    }
}

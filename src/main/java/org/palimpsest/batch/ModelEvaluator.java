package org.palimpsest.batch;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.evaluation.ObjectOutcome;
import org.palimpsest.evaluation.detection.OverlapKind;
import org.palimpsest.evaluation.effort.EffortReport;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.paligemma.PaliGemma;
import org.palimpsest.problem.ProblemException;

/// Asks a model about a data set whose truth is known, and scores the answers.
///
/// True is what people drew, corrected or accepted, and what was imported. Images of which nobody has said anything are
/// left out. Answers are greedy.
public final class ModelEvaluator {
    private final EvaluatedModel model;
    private final EvaluationOptions options;
    private final AnswerListener listener;
    private final Progress progress;
    private final List<Scorer> scorers = new ArrayList<>();
    private final boolean masksAreEffort;
    private final List<ImageResult> results = new ArrayList<>();
    private EffortReport effort = EffortReport.NONE;
    private long images;
    private long skipped;
    private long questions;

    /// Hears what the model said about each image.
    @FunctionalInterface
    public interface AnswerListener {
        /// @param truth the image with what is true of it, as far as it was compared
        /// @param answer what was proposed
        /// @param effort what it takes to correct it
        void answered(AnnotatedImage truth, List<Annotation> answer, EffortReport effort);
    }

    private ModelEvaluator(
            EvaluatedModel model,
            Truth truth,
            EvaluationOptions options,
            AnswerListener listener,
            Progress progress) {
        this.model = model;
        this.options = options;
        this.listener = listener;
        this.progress = progress;
        boolean masks = truth.outlines() && model.masks();
        this.masksAreEffort = masks && options.tasks().contains(EvaluationTask.SEGMENT);
        for (var task : EvaluationTask.values()) {
            if (options.tasks().contains(task)) {
                addScorer(task, truth, masks);
            }
        }
    }

    private void addScorer(EvaluationTask task, Truth truth, boolean masks) {
        switch (task) {
            case DETECT -> {
                if (!truth.labels().isEmpty()) {
                    scorers.add(
                            new ObjectScorer(
                                    OverlapKind.BOXES, truth.labels(), options.labelsPerPrompt()));
                }
            }
            case SEGMENT -> {
                if (masks) {
                    scorers.add(
                            new ObjectScorer(
                                    OverlapKind.MASKS, truth.labels(), options.labelsPerPrompt()));
                }
            }
            case REFER -> {
                if (masks) {
                    scorers.add(new ReferringScorer());
                }
            }
            case CAPTION -> scorers.add(new CaptionScorer());
            case ANSWER -> scorers.add(new AnswerScorer());
            case OCR -> scorers.add(new OcrScorer());
        }
    }

    /// Evaluates a model.
    ///
    /// @throws ProblemException if an image or an answer fails, nothing is known to be true, or the evaluation is cancelled
    public static EvaluationReport evaluate(
            Dataset data, PaliGemma model, EvaluationOptions options, Progress progress)
            throws ProblemException {
        return evaluate(data, model, options, (_, _, _) -> {}, progress);
    }

    /// Evaluates a model, and tells what it said.
    ///
    /// @param listener hears every image, on the caller's thread
    /// @throws ProblemException if an image or an answer fails, nothing is known to be true, or the evaluation is cancelled
    public static EvaluationReport evaluate(
            Dataset data,
            PaliGemma model,
            EvaluationOptions options,
            AnswerListener listener,
            Progress progress)
            throws ProblemException {
        return evaluate(data, new OpenedModel(model, options.batch()), options, listener, progress);
    }

    /// Evaluates a model that somebody else may use meanwhile.
    static EvaluationReport evaluate(
            Dataset data,
            EvaluatedModel model,
            EvaluationOptions options,
            AnswerListener listener,
            Progress progress)
            throws ProblemException {
        var evaluator = new ModelEvaluator(model, Truth.of(data), options, listener, progress);
        data.forEach(image -> evaluator.take(image, data.imageCount()));
        if (evaluator.images == 0) {
            throw new ProblemException(
                    "There is nothing to compare answers with",
                    evaluator.skipped
                            + " images, none with annotations that a person made or accepted",
                    "Correct or accept some, or import a data set with annotations");
        }
        return evaluator.report();
    }

    private EvaluationReport report() {
        var random = new SplittableRandom(options.seed());
        var metrics = new ArrayList<Metric>();
        var objectFigures = new ArrayList<ObjectFigures>();
        for (var scorer : scorers) {
            metrics.addAll(scorer.metrics(random));
            if (scorer instanceof ObjectScorer objects) {
                objects.figures().ifPresent(objectFigures::add);
            }
        }
        return new EvaluationReport(
                images, skipped, questions, metrics, objectFigures, effort, results);
    }

    private void take(AnnotatedImage image, long total) throws ProblemException {
        progress.throwIfCancelled("The evaluation was cancelled");
        var truth = Truth.of(image);
        if (!Truth.isKnown(truth)) {
            skipped++;
            return;
        }
        var predicted = new ArrayList<Annotation>();
        var outcomes = new EnumMap<OverlapKind, List<ObjectOutcome>>(OverlapKind.class);
        int wrongTexts = 0;
        int malformed = 0;
        for (var scorer : scorers) {
            var prompts = scorer.prompts(truth);
            if (prompts.isEmpty()) {
                continue;
            }
            var answers = model.ask(image.image(), prompts, options.maxNewTokens(), progress);
            progress.throwIfCancelled("The evaluation was cancelled");
            questions += answers.size();
            var faults = scorer.score(truth, answers);
            wrongTexts += faults.wrongTexts();
            malformed += faults.malformed();
            if (scorer instanceof ObjectScorer objects) {
                outcomes.put(objects.kind(), faults.outcomes());
            }
            if (scorer.countsAsEffort()) {
                answers.forEach(answer -> addProposed(predicted, answer));
            }
        }
        var corrected = oneTextOfEach(truth);
        var needed = EffortReport.of(image.image().size(), predicted, corrected);
        effort = effort.plus(needed);
        results.add(
                new ImageResult(
                        image.image(),
                        outcomes,
                        needed.correcting().actions(),
                        wrongTexts,
                        malformed));
        listener.answered(truth.withAnnotations(corrected), predicted, needed);
        images++;
        progress.update(
                new ProgressUpdate(
                        "%d of %d images".formatted(images + skipped, total),
                        total == 0 ? 1 : (double) (images + skipped) / total));
    }

    /// Boxes are corrected where only boxes are wanted, masks where masks are.
    private void addProposed(List<Annotation> predicted, EvaluatedAnswer answer) {
        boolean boxes = answer.prompt().startsWith("detect ");
        if (!(boxes && masksAreEffort)) {
            predicted.addAll(answer.annotations());
        }
    }

    /// A person would write one caption, not the five that a data set may have for comparison, and nothing where there is
    /// nothing to say.
    private List<Annotation> oneTextOfEach(AnnotatedImage truth) {
        Set<String> prompts = new HashSet<>();
        var kept = new ArrayList<Annotation>();
        for (var annotation : truth.annotations()) {
            switch (annotation) {
                case ObjectAnnotation object -> kept.add(object);
                case TextAnnotation text -> {
                    if (!text.text().isBlank() && prompts.add(text.prompt())) {
                        kept.add(text);
                    }
                }
            }
        }
        return kept;
    }
}

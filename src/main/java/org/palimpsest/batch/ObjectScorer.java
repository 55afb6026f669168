package org.palimpsest.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.palimpsest.batch.EvaluatedAnswer.Found;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.evaluation.ConfusionMatrix;
import org.palimpsest.evaluation.DetectionCounts;
import org.palimpsest.evaluation.LabelCounts;
import org.palimpsest.evaluation.LabeledRegion;
import org.palimpsest.evaluation.MaskCounts;
import org.palimpsest.evaluation.MeanScore;
import org.palimpsest.evaluation.ObjectOutcome;
import org.palimpsest.evaluation.detection.CocoEvaluation;
import org.palimpsest.evaluation.detection.Detection;
import org.palimpsest.evaluation.detection.DetectionMetrics;
import org.palimpsest.evaluation.detection.DetectionSummary;
import org.palimpsest.evaluation.detection.GroundTruth;
import org.palimpsest.evaluation.detection.LabelMetrics;
import org.palimpsest.evaluation.detection.OverlapKind;
import org.palimpsest.evaluation.detection.PrecisionCurve;
import org.palimpsest.evaluation.statistics.Bootstrap;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.project.EvaluationFigures;

/// Asks for every object at once, boxes or masks, and scores by COCO's rules.
final class ObjectScorer implements Scorer {
    private static final double HALF = 0.5;

    private final OverlapKind kind;
    private final List<String> prompts;
    private final CocoEvaluation coco;
    private final List<ObjectOutcome> outcomes = new ArrayList<>();
    private LabelCounts counts = LabelCounts.NONE;
    private MaskCounts masks = MaskCounts.NONE;
    private MeanScore malformed = MeanScore.NONE;
    private long images;
    private long objects;

    /// @param labelsPerPrompt so many labels are asked for together
    ObjectScorer(OverlapKind kind, List<String> labels, int labelsPerPrompt) {
        this.kind = kind;
        this.coco = new CocoEvaluation(kind);
        var all = new ArrayList<String>();
        for (int start = 0; start < labels.size(); start += labelsPerPrompt) {
            int end = Math.min(labels.size(), start + labelsPerPrompt);
            all.add(verb() + " " + String.join(" ; ", labels.subList(start, end)));
        }
        this.prompts = List.copyOf(all);
    }

    private String verb() {
        return kind == OverlapKind.BOXES ? "detect" : "segment";
    }

    /// Masks can be judged only where every object has one.
    @Override
    public List<String> prompts(AnnotatedImage truth) {
        boolean judged =
                kind == OverlapKind.BOXES
                        || truth.objects().stream()
                                .noneMatch(object -> object.region() instanceof Box);
        return judged ? prompts : List.of();
    }

    @Override
    public ImageFaults score(AnnotatedImage truth, List<EvaluatedAnswer> answers) {
        var found = new ArrayList<Found>();
        int broken = 0;
        for (var answer : answers) {
            broken += answer.malformed() ? 1 : 0;
            found.addAll(answer.found());
        }
        malformed = malformed.plus(new MeanScore(broken, answers.size()));
        objects += truth.objects().stream().filter(object -> !object.crowd()).count();
        var here = kind == OverlapKind.BOXES ? scoreBoxes(truth, found) : scoreMasks(truth, found);
        outcomes.addAll(here);
        return new ImageFaults(here, 0, broken);
    }

    private List<ObjectOutcome> scoreBoxes(AnnotatedImage truth, List<Found> found) {
        coco.add(
                images++,
                truth.objects().stream()
                        .map(object ->
                                new GroundTruth(
                                        object.label(),
                                        object.region().bounds(),
                                        object.region().area(),
                                        object.crowd()))
                        .toList(),
                found.stream()
                        .map(object -> new Detection(object.label(), object.box(), object.score()))
                        .toList());
        var predicted =
                found.stream()
                        .map(object -> new LabeledRegion<>(object.label(), object.box()))
                        .toList();
        var actual =
                truth.objects().stream()
                        .filter(object -> !object.crowd())
                        .map(object ->
                                new LabeledRegion<>(object.label(), object.region().bounds()))
                        .toList();
        counts = counts.plus(LabelCounts.of(predicted, actual, HALF));
        return ObjectOutcome.ofBoxes(predicted, actual, HALF);
    }

    private List<ObjectOutcome> scoreMasks(AnnotatedImage truth, List<Found> found) {
        var actual = new ArrayList<LabeledRegion<Mask>>();
        var claims = new ArrayList<GroundTruth>();
        for (ObjectAnnotation object : truth.objects()) {
            var mask = Mask.fromRegion(object.region(), truth.image().size());
            claims.add(new GroundTruth(object.label(), mask, mask.area(), object.crowd()));
            if (!object.crowd()) {
                actual.add(new LabeledRegion<>(object.label(), mask));
            }
        }
        var detections = new ArrayList<Detection>();
        var predicted = new ArrayList<LabeledRegion<Mask>>();
        for (var object : found) {
            var mask = object.mask().orElse(Mask.empty(truth.image().size()));
            detections.add(new Detection(object.label(), mask, object.score()));
            predicted.add(new LabeledRegion<>(object.label(), mask));
        }
        coco.add(images++, claims, detections);
        masks = masks.plus(MaskCounts.of(predicted, actual));
        counts = counts.plus(LabelCounts.ofMasks(predicted, actual, HALF));
        return ObjectOutcome.ofMasks(predicted, actual, HALF);
    }

    @Override
    public boolean countsAsEffort() {
        return true;
    }

    @Override
    public List<Metric> metrics(RandomGenerator random) {
        if (images == 0) {
            return List.of();
        }
        DetectionSummary summary = coco.metrics().overall();
        var all = new ArrayList<Metric>();
        summary.ap()
                .ifPresent(ap ->
                        all.add(
                                new Metric(
                                        verb(),
                                        "mAP",
                                        ap,
                                        objects,
                                        coco.averagePrecisionInterval(Bootstrap.USUAL, random))));
        add(all, "AP50", summary.ap50());
        add(all, "AP75", summary.ap75());
        add(all, "AP small", summary.apSmall());
        add(all, "AP medium", summary.apMedium());
        add(all, "AP large", summary.apLarge());
        add(all, "AR1", summary.ar1());
        add(all, "AR10", summary.ar10());
        add(all, "AR100", summary.ar100());
        if (kind == OverlapKind.BOXES) {
            var total = counts.total();
            add(all, "precision@0.5", OptionalDouble.of(total.precision()));
            add(all, "recall@0.5", OptionalDouble.of(total.recall()));
            add(all, "F1@0.5", OptionalDouble.of(total.f1()));
        } else {
            add(all, "mIoU", OptionalDouble.of(masks.meanIou()));
        }
        all.add(
                new Metric(
                        verb(),
                        "malformed answers",
                        malformed.sum(),
                        malformed.count(),
                        Optional.empty()));
        return all;
    }

    private void add(List<Metric> all, String name, OptionalDouble value) {
        value.ifPresent(number -> all.add(new Metric(verb(), name, number, objects)));
    }

    /// What was compared.
    OverlapKind kind() {
        return kind;
    }

    /// How well objects are found, in detail; empty where no image could be judged.
    Optional<ObjectFigures> figures() {
        if (images == 0) {
            return Optional.empty();
        }
        DetectionMetrics metrics = coco.metrics();
        var rows = new ArrayList<EvaluationFigures.LabelFigures>();
        counts.byLabel().forEach((label, count) -> rows.add(row(label, count, metrics.byLabel())));
        var curves = new TreeMap<String, List<PrecisionCurve>>();
        metrics.byLabel()
                .forEach((label, one) -> {
                    if (!one.curves().isEmpty()) {
                        curves.put(
                                label,
                                ObjectFigures.KEPT_CURVES.stream().map(one.curves()::get).toList());
                    }
                });
        return Optional.of(new ObjectFigures(kind, rows, curves, ConfusionMatrix.of(outcomes)));
    }

    private static EvaluationFigures.LabelFigures row(
            String label, DetectionCounts count, Map<String, LabelMetrics> metrics) {
        var one = Optional.ofNullable(metrics.get(label)).map(LabelMetrics::summary);
        return new EvaluationFigures.LabelFigures(
                label,
                count.actual(),
                count.predicted(),
                one.map(summary -> orNaN(summary.ap())).orElse(Double.NaN),
                one.map(summary -> orNaN(summary.ap50())).orElse(Double.NaN),
                count.precision(),
                count.recall(),
                count.f1(),
                count.meanIou());
    }

    private static double orNaN(OptionalDouble value) {
        return value.orElse(Double.NaN);
    }
}

package org.palimpsest.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.evaluation.LabelCounts;
import org.palimpsest.evaluation.LabeledRegion;
import org.palimpsest.evaluation.MaskCounts;
import org.palimpsest.evaluation.MeanScore;
import org.palimpsest.evaluation.detection.CocoEvaluation;
import org.palimpsest.evaluation.detection.Detection;
import org.palimpsest.evaluation.detection.DetectionMetrics;
import org.palimpsest.evaluation.detection.DetectionSummary;
import org.palimpsest.evaluation.detection.GroundTruth;
import org.palimpsest.evaluation.detection.OverlapKind;
import org.palimpsest.evaluation.statistics.Bootstrap;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.paligemma.Answer;
import org.palimpsest.paligemma.FoundObject;
import org.palimpsest.paligemma.prompt.ParsedOutput;

/// Asks for every object at once, boxes or masks, and scores by COCO's rules.
final class ObjectScorer implements Scorer {
    private static final double HALF = 0.5;

    private final OverlapKind kind;
    private final List<String> prompts;
    private final CocoEvaluation coco;
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
    public void score(AnnotatedImage truth, List<Answer> answers) {
        var found = new ArrayList<FoundObject>();
        for (var answer : answers) {
            malformed =
                    malformed.plus(
                            MeanScore.of(
                                    answer.output() instanceof ParsedOutput.Malformed ? 1 : 0));
            found.addAll(answer.objects());
        }
        objects += truth.objects().stream().filter(object -> !object.crowd()).count();
        if (kind == OverlapKind.BOXES) {
            scoreBoxes(truth, found);
        } else {
            scoreMasks(truth, found);
        }
    }

    private void scoreBoxes(AnnotatedImage truth, List<FoundObject> found) {
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
        counts =
                counts.plus(
                        LabelCounts.of(
                                found.stream()
                                        .map(object ->
                                                new LabeledRegion<>(object.label(), object.box()))
                                        .toList(),
                                truth.objects().stream()
                                        .filter(object -> !object.crowd())
                                        .map(object ->
                                                new LabeledRegion<>(
                                                        object.label(), object.region().bounds()))
                                        .toList(),
                                HALF));
    }

    private void scoreMasks(AnnotatedImage truth, List<FoundObject> found) {
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

    /// How well each label is found; only where boxes are compared.
    List<EvaluationReport.LabelScore> labels() {
        DetectionMetrics metrics = coco.metrics();
        var rows = new ArrayList<EvaluationReport.LabelScore>();
        counts.byLabel()
                .forEach((label, count) -> {
                    var one = metrics.byLabel().get(label);
                    var summary = one == null ? null : one.summary();
                    rows.add(
                            new EvaluationReport.LabelScore(
                                    label,
                                    count.actual(),
                                    summary == null ? Double.NaN : orNaN(summary.ap()),
                                    summary == null ? Double.NaN : orNaN(summary.ap50()),
                                    count.precision(),
                                    count.recall()));
                });
        return rows;
    }

    private static double orNaN(OptionalDouble value) {
        return value.orElse(Double.NaN);
    }
}

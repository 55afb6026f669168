package org.palimpsest.batch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.evaluation.MeanScore;
import org.palimpsest.evaluation.segmentation.ReferringAnswer;
import org.palimpsest.evaluation.segmentation.ReferringScores;
import org.palimpsest.evaluation.statistics.Bootstrap;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;

/// Asks for single objects by what they are called: by a sentence that is linked to the object, or by a label that is in
/// the image just once. Scores as big_vision's RefCOCO evaluator.
final class ReferringScorer implements Scorer {
    private static final String TASK = "refer";

    private final List<MeanScore> byImage = new ArrayList<>();
    private ReferringScores scores = ReferringScores.NONE;

    /// What an object is called in its image.
    private record Referred(String words, ObjectAnnotation object) {}

    private static List<Referred> referred(AnnotatedImage truth) {
        var all = new ArrayList<Referred>();
        for (TextAnnotation text : truth.texts()) {
            text.referent()
                    .flatMap(truth::find)
                    .filter(ObjectAnnotation.class::isInstance)
                    .map(ObjectAnnotation.class::cast)
                    .ifPresent(object -> all.add(new Referred(text.text(), object)));
        }
        if (all.isEmpty()) {
            var byLabel = new HashMap<String, List<ObjectAnnotation>>();
            truth.objects()
                    .forEach(object ->
                            byLabel.computeIfAbsent(object.label(), _ -> new ArrayList<>())
                                    .add(object));
            byLabel.values().stream()
                    .filter(same -> same.size() == 1)
                    .map(List::getFirst)
                    .sorted(Comparator.comparing(ObjectAnnotation::label))
                    .forEach(object -> all.add(new Referred(object.label(), object)));
        }
        all.removeIf(one -> one.object().region() instanceof Box || one.object().crowd());
        return all;
    }

    @Override
    public List<String> prompts(AnnotatedImage truth) {
        return referred(truth).stream().map(one -> "segment " + one.words()).toList();
    }

    @Override
    public ImageFaults score(AnnotatedImage truth, List<EvaluatedAnswer> answers) {
        var all = referred(truth);
        double sum = 0;
        for (int i = 0; i < answers.size(); i++) {
            var object = all.get(i).object();
            var mask = Mask.fromRegion(object.region(), truth.image().size());
            var one = ReferringScores.of(first(answers.get(i)), mask, mask.bounds());
            scores = scores.plus(one);
            sum += one.iouSum();
        }
        byImage.add(new MeanScore(sum, answers.size()));
        return ImageFaults.NONE;
    }

    private static Optional<ReferringAnswer> first(EvaluatedAnswer answer) {
        return answer.found().stream()
                .filter(object -> object.mask().isPresent())
                .findFirst()
                .map(object -> new ReferringAnswer(object.box(), object.mask().orElseThrow()));
    }

    @Override
    public boolean countsAsEffort() {
        return false;
    }

    @Override
    public List<Metric> metrics(RandomGenerator random) {
        if (scores.total() == 0) {
            return List.of();
        }
        int total = scores.total();
        return List.of(
                new Metric(
                        TASK,
                        "mIoU",
                        scores.meanIou(),
                        total,
                        Bootstrap.USUAL.ofMean(byImage, random)),
                new Metric(TASK, "box accuracy@0.5", scores.boxAccuracyAtHalf(), total),
                new Metric(TASK, "box accuracy@0.75", scores.boxAccuracyAtThreeQuarters(), total),
                new Metric(TASK, "invalid answers", scores.invalid(), total));
    }
}

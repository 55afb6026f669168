package org.palimpsest.batch;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.evaluation.review.LabelFrequencies;
import org.palimpsest.evaluation.review.ReviewItem;
import org.palimpsest.evaluation.review.ReviewQueue;
import org.palimpsest.evaluation.review.ReviewSignal;
import org.palimpsest.evaluation.review.ReviewSignals;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.project.ImageFilter;
import org.palimpsest.project.ImagePage;
import org.palimpsest.project.ModelRun;
import org.palimpsest.project.Project;

/// Ranks the images of a project by what a person should look at next.
public final class ReviewRanking {
    private static final int PAGE = 500;

    private ReviewRanking() {}

    /// Two runs over the same images, such as two models or resolutions, whose answers are compared.
    public record Runs(long one, long other) {}

    /// Tells how improbable what people wrote about an image is under a model; [ModelSurprise] does.
    @FunctionalInterface
    public interface TextJudge {
        /// @return empty where there is no text to judge
        OptionalDouble improbability(AnnotatedImage image) throws ProblemException;
    }

    /// The most urgent images of those that a filter means.
    ///
    /// @param compared runs whose disagreement counts; where absent, the last two runs of the same prompt
    /// @param judge tells how improbable human texts are, where a model is asked
    public static List<ReviewItem> rank(
            Project project,
            ImageFilter where,
            Optional<Runs> compared,
            Optional<TextJudge> judge,
            int count)
            throws ProblemException {
        Dataset data = project.dataset(where);
        var frequencies = new LabelFrequencies();
        project.dataset(ImageFilter.ALL).forEach(image -> frequencies.add(image.annotations()));
        var runs = compared.isPresent() ? compared : lastTwo(project);
        var queue = new ReviewQueue(ReviewQueue.USUAL_WEIGHTS);
        data.forEach(image -> {
            var signals = new EnumMap<ReviewSignal, Double>(ReviewSignal.class);
            put(signals, ReviewSignal.LOW_SCORE, ReviewSignals.lowScore(image.annotations()));
            put(
                    signals,
                    ReviewSignal.RARE_LABEL,
                    ReviewSignals.rareLabel(image.annotations(), frequencies));
            if (runs.isPresent()) {
                put(
                        signals,
                        ReviewSignal.DISAGREEMENT,
                        disagreement(project, image.image(), runs.get()));
            }
            if (judge.isPresent()) {
                put(signals, ReviewSignal.IMPROBABLE_TEXT, judge.get().improbability(image));
            }
            queue.add(image.image().id(), signals);
        });
        return queue.top(count);
    }

    private static void put(
            Map<ReviewSignal, Double> signals, ReviewSignal signal, OptionalDouble value) {
        value.ifPresent(number -> signals.put(signal, number));
    }

    /// How much the last two runs of the same prompt disagree about each image that both have answers for, 0 to 1; empty
    /// where there are no two such runs.
    ///
    /// @throws ProblemException also if it is cancelled
    public static Map<ImageId, Double> disagreements(
            Project project, ImageFilter where, Progress progress) throws ProblemException {
        Map<ImageId, Double> values = new HashMap<>();
        var runs = lastTwo(project);
        if (runs.isEmpty()) {
            return values;
        }
        long after = ImagePage.START;
        while (after != ImagePage.END) {
            progress.throwIfCancelled("Comparing the runs was cancelled");
            var page = project.page(where, after, PAGE);
            for (var line : page.images()) {
                disagreement(project, line.image(), runs.get())
                        .ifPresent(value -> values.put(line.image().id(), value));
            }
            after = page.next();
        }
        return values;
    }

    private static Optional<Runs> lastTwo(Project project) throws ProblemException {
        var runs = new ArrayList<>(ModelRun.list(project));
        for (int i = 0; i < runs.size(); i++) {
            for (int j = i + 1; j < runs.size(); j++) {
                if (runs.get(i).settings().prompt().equals(runs.get(j).settings().prompt())) {
                    return Optional.of(new Runs(runs.get(i).id(), runs.get(j).id()));
                }
            }
        }
        return Optional.empty();
    }

    private static OptionalDouble disagreement(Project project, ImageEntry image, Runs runs)
            throws ProblemException {
        Optional<List<Annotation>> one = ModelRun.predictions(project, runs.one(), image.id());
        Optional<List<Annotation>> other = ModelRun.predictions(project, runs.other(), image.id());
        return one.isPresent() && other.isPresent()
                ? ReviewSignals.disagreement(image.size(), one.get(), other.get())
                : OptionalDouble.empty();
    }
}

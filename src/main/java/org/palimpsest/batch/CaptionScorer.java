package org.palimpsest.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.evaluation.MeanScore;
import org.palimpsest.evaluation.TextCounts;
import org.palimpsest.evaluation.caption.CaptionEvaluation;
import org.palimpsest.evaluation.statistics.Bootstrap;
import org.palimpsest.paligemma.prompt.Task;

/// Asks for captions of each kind and language that the data set has, and scores them as the COCO caption tools do.
final class CaptionScorer implements Scorer {
    private final Map<String, Scores> byPrompt = new TreeMap<>();

    private static final class Scores {
        private final CaptionEvaluation captions = new CaptionEvaluation();
        private TextCounts exact = TextCounts.NONE;
    }

    private static Map<String, List<String>> references(AnnotatedImage truth) {
        return TextTruth.byPrompt(
                truth,
                task ->
                        task instanceof Task.Caption
                                || task instanceof Task.ShortCaption
                                || task instanceof Task.Describe);
    }

    @Override
    public List<String> prompts(AnnotatedImage truth) {
        return List.copyOf(references(truth).keySet());
    }

    @Override
    public ImageFaults score(AnnotatedImage truth, List<EvaluatedAnswer> answers) {
        var references = new ArrayList<>(references(truth).entrySet());
        for (int i = 0; i < answers.size(); i++) {
            var text = answers.get(i).text();
            var right = references.get(i).getValue();
            var scores = byPrompt.computeIfAbsent(references.get(i).getKey(), _ -> new Scores());
            scores.captions.add(text, right);
            boolean exact = right.stream().anyMatch(one -> TextCounts.of(text, one).exact() == 1);
            scores.exact = scores.exact.plus(new TextCounts(exact ? 1 : 0, 1));
        }
        // Two good captions are seldom the same: none is wrong for that.
        return ImageFaults.NONE;
    }

    @Override
    public boolean countsAsEffort() {
        return true;
    }

    @Override
    public List<Metric> metrics(RandomGenerator random) {
        var all = new ArrayList<Metric>();
        byPrompt.forEach((prompt, kept) -> {
            var scores = kept.captions.scores();
            long count = scores.ciderByImage().size();
            all.add(
                    new Metric(
                            prompt,
                            "CIDEr-D",
                            scores.cider(),
                            count,
                            Bootstrap.USUAL.ofMean(
                                    scores.ciderByImage().stream().map(MeanScore::of).toList(),
                                    random)));
            all.add(new Metric(prompt, "BLEU-4", scores.bleu(4), count, Optional.empty()));
            all.add(new Metric(prompt, "exact", kept.exact.share(), count));
        });
        return all;
    }
}

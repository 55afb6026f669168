package org.palimpsest.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.evaluation.MeanScore;
import org.palimpsest.evaluation.statistics.Bootstrap;
import org.palimpsest.evaluation.text.Anls;
import org.palimpsest.evaluation.text.RelaxedAccuracy;
import org.palimpsest.evaluation.text.VqaAccuracy;
import org.palimpsest.paligemma.prompt.Task;

/// Asks the questions that the data set has answers to.
final class AnswerScorer implements Scorer {
    private static final String TASK = "answer";

    /// VQAv2's accuracy is meant for ten people's answers, and says nothing about fewer than this.
    private static final int PEOPLE = 3;

    private final List<MeanScore> officialByImage = new ArrayList<>();
    private final List<MeanScore> exactByImage = new ArrayList<>();
    private MeanScore anls = MeanScore.NONE;
    private MeanScore relaxed = MeanScore.NONE;

    private static Map<String, List<String>> answers(AnnotatedImage truth) {
        return TextTruth.byPrompt(truth, Task.Answer.class::isInstance);
    }

    @Override
    public List<String> prompts(AnnotatedImage truth) {
        return List.copyOf(answers(truth).keySet());
    }

    @Override
    public ImageFaults score(AnnotatedImage truth, List<EvaluatedAnswer> answers) {
        var right = List.copyOf(answers(truth).values());
        var official = MeanScore.NONE;
        var exact = MeanScore.NONE;
        for (int i = 0; i < answers.size(); i++) {
            var text = answers.get(i).text();
            var people = right.get(i);
            if (people.size() >= PEOPLE) {
                official = official.plus(MeanScore.of(VqaAccuracy.official(text, people)));
            }
            exact = exact.plus(MeanScore.of(VqaAccuracy.anyMatch(text, people)));
            anls = anls.plus(MeanScore.of(Anls.best(people, text)));
            boolean near =
                    people.stream().anyMatch(target -> RelaxedAccuracy.matches(target, text));
            relaxed = relaxed.plus(MeanScore.of(near ? 1 : 0));
        }
        officialByImage.add(official);
        exactByImage.add(exact);
        return ImageFaults.ofTexts((int) (exact.count() - Math.round(exact.sum())));
    }

    @Override
    public boolean countsAsEffort() {
        return true;
    }

    @Override
    public List<Metric> metrics(RandomGenerator random) {
        var all = new ArrayList<Metric>();
        add(all, "VQA accuracy", officialByImage, random);
        add(all, "exact", exactByImage, random);
        if (anls.count() > 0) {
            all.add(new Metric(TASK, "ANLS", anls.mean(), anls.count()));
            all.add(new Metric(TASK, "relaxed accuracy", relaxed.mean(), relaxed.count()));
        }
        return all;
    }

    private static void add(
            List<Metric> all, String name, List<MeanScore> byImage, RandomGenerator random) {
        var total = byImage.stream().reduce(MeanScore.NONE, MeanScore::plus);
        if (total.count() > 0) {
            all.add(
                    new Metric(
                            TASK,
                            name,
                            total.mean(),
                            total.count(),
                            Bootstrap.USUAL.ofMean(byImage, random)));
        }
    }
}

package org.palimpsest.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.evaluation.MeanScore;
import org.palimpsest.evaluation.TextCounts;
import org.palimpsest.evaluation.statistics.Bootstrap;
import org.palimpsest.evaluation.text.ErrorRate;
import org.palimpsest.paligemma.prompt.Task;

/// Asks for the text in the image.
final class OcrScorer implements Scorer {
    private static final String TASK = "ocr";

    private final List<MeanScore> charactersByImage = new ArrayList<>();
    private ErrorRate characters = ErrorRate.NONE;
    private ErrorRate words = ErrorRate.NONE;
    private TextCounts exact = TextCounts.NONE;

    private static List<String> texts(AnnotatedImage truth) {
        return TextTruth.byPrompt(truth, Task.ReadText.class::isInstance).values().stream()
                .map(List::getFirst)
                .toList();
    }

    @Override
    public List<String> prompts(AnnotatedImage truth) {
        return texts(truth).isEmpty() ? List.of() : List.of(new Task.ReadText().prompt());
    }

    @Override
    public ImageFaults score(AnnotatedImage truth, List<EvaluatedAnswer> answers) {
        var right = texts(truth).getFirst();
        var read = answers.getFirst().text();
        var rate = ErrorRate.ofCharacters(read, right);
        characters = characters.plus(rate);
        charactersByImage.add(new MeanScore(rate.edits(), rate.length()));
        words = words.plus(ErrorRate.ofWords(read, right));
        var same = TextCounts.of(read, right);
        exact = exact.plus(same);
        return ImageFaults.ofTexts(1 - same.exact());
    }

    @Override
    public boolean countsAsEffort() {
        return true;
    }

    @Override
    public List<Metric> metrics(RandomGenerator random) {
        if (exact.total() == 0) {
            return List.of();
        }
        return List.of(
                new Metric(
                        TASK,
                        "character error rate",
                        characters.rate(),
                        characters.length(),
                        Bootstrap.USUAL.ofMean(charactersByImage, random)),
                new Metric(TASK, "word error rate", words.rate(), words.length()),
                new Metric(TASK, "exact", exact.share(), exact.total()));
    }
}

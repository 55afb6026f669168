package org.palimpsest.batch.fit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.palimpsest.evaluation.DetectionCounts;
import org.palimpsest.evaluation.LabeledRegion;
import org.palimpsest.evaluation.TextCounts;
import org.palimpsest.geometry.Box;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.paligemma.PaliGemma;
import org.palimpsest.paligemma.Question;
import org.palimpsest.paligemma.generation.GenerationOptions;
import org.palimpsest.paligemma.prompt.NormalizedBox;
import org.palimpsest.paligemma.prompt.OutputParser;
import org.palimpsest.paligemma.prompt.ParsedOutput;
import org.palimpsest.paligemma.prompt.Task;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.training.data.Example;

/// Judges on examples: asks each prompt and compares with its answer, objects by their boxes, texts to the letter.
///
/// @param examples not empty
public record ExampleJudge(List<Example> examples, int maxNewTokens, int batch) implements Judge {
    private static final double FOUND = 0.5;
    static final String F1 = "objects F1@0.5";
    static final String EXACT = "exact answers";

    public ExampleJudge {
        examples = List.copyOf(examples);
    }

    /// A judge of so many of the examples at most, spread evenly.
    public ExampleJudge limited(int most) {
        if (examples.size() <= most) {
            return this;
        }
        var kept = new ArrayList<Example>();
        for (int i = 0; i < most; i++) {
            kept.add(examples.get((int) ((long) i * examples.size() / most)));
        }
        return new ExampleJudge(kept, maxNewTokens, batch);
    }

    @Override
    public Judgement judge(PaliGemma model, Progress progress) throws ProblemException {
        var objects = DetectionCounts.NONE;
        var texts = TextCounts.NONE;
        int malformed = 0;
        for (int start = 0; start < examples.size(); start += batch) {
            progress.throwIfCancelled("The evaluation was cancelled");
            progress.update(
                    new ProgressUpdate(
                            "%d of %d prompts".formatted(start, examples.size()),
                            (double) start / examples.size()));
            var asked = examples.subList(start, Math.min(examples.size(), start + batch));
            var questions = new ArrayList<Question>();
            for (var example : asked) {
                questions.add(
                        new Question(
                                ImageFiles.read(example.image()),
                                example.image().toString(),
                                example.prefix()));
            }
            var answers =
                    model.answerBatch(questions, GenerationOptions.greedy(maxNewTokens), progress);
            progress.throwIfCancelled("The evaluation was cancelled");
            for (int i = 0; i < asked.size(); i++) {
                var task = Task.parse(asked.get(i).prefix());
                var truth = OutputParser.parse(task, asked.get(i).suffix()).wellFormed();
                var answer = answers.get(i);
                if (truth instanceof ParsedOutput.GeneratedText(String text)) {
                    texts = texts.plus(TextCounts.of(answer.generation().text(), text));
                } else {
                    malformed += answer.output() instanceof ParsedOutput.Malformed ? 1 : 0;
                    objects =
                            objects.plus(
                                    DetectionCounts.of(
                                            boxes(answer.output().wellFormed()),
                                            boxes(truth),
                                            FOUND));
                }
            }
        }
        return judgement(objects, texts, malformed);
    }

    private static Judgement judgement(DetectionCounts objects, TextCounts texts, int malformed) {
        var figures = new LinkedHashMap<String, Double>();
        if (objects.actual() + objects.predicted() > 0) {
            figures.put("objects precision@0.5", objects.precision());
            figures.put("objects recall@0.5", objects.recall());
            figures.put(F1, objects.f1());
            figures.put("malformed answers", (double) malformed);
        }
        if (texts.total() > 0) {
            figures.put(EXACT, texts.share());
        }
        String decisive = objects.actual() > 0 ? F1 : texts.total() > 0 ? EXACT : "";
        return new Judgement(figures, decisive);
    }

    /// In fractions of the image: overlaps do not change with its size.
    private static List<LabeledRegion<Box>> boxes(ParsedOutput output) {
        return switch (output) {
            case ParsedOutput.DetectedObjects(var found) ->
                    found.stream().map(one -> region(one.name(), one.box())).toList();
            case ParsedOutput.SegmentedObjects(var found) ->
                    found.stream().map(one -> region(one.name(), one.box())).toList();
            case ParsedOutput.GeneratedText _ -> List.of();
            case ParsedOutput.Malformed malformed -> boxes(malformed.understood());
        };
    }

    private static LabeledRegion<Box> region(String name, NormalizedBox box) {
        return new LabeledRegion<>(
                name,
                new Box(
                        box.xMinFraction(),
                        box.yMinFraction(),
                        box.xMaxFraction(),
                        box.yMaxFraction()));
    }
}

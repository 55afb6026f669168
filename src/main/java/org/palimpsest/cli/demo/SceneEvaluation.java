package org.palimpsest.cli.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.palimpsest.evaluation.DetectionCounts;
import org.palimpsest.evaluation.LabeledRegion;
import org.palimpsest.evaluation.MaskCounts;
import org.palimpsest.evaluation.TextCounts;
import org.palimpsest.format.scenes.Scene;
import org.palimpsest.format.scenes.SceneFolder;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.imaging.Picture;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.paligemma.Answer;
import org.palimpsest.paligemma.FoundObject;
import org.palimpsest.paligemma.PaliGemma;
import org.palimpsest.paligemma.Question;
import org.palimpsest.paligemma.generation.GenerationOptions;
import org.palimpsest.paligemma.prompt.ParsedOutput;
import org.palimpsest.paligemma.prompt.Task;
import org.palimpsest.problem.ProblemException;

/// Asks a model everything that is known of scenes, and scores its answers.
///
/// Each scene is asked for all labels at once (`detect circle ; square ; …`), for the masks of each label that it has
/// (`segment circle`), and for its texts.
public final class SceneEvaluation {
    private static final double FOUND_IOU = 0.5;

    private final PaliGemma model;
    private final GenerationOptions options;

    /// Hears of each scene when it was answered.
    @FunctionalInterface
    public interface SceneListener {
        /// @param answers in the order asked: detection, masks, texts
        void answered(Scene scene, Picture picture, List<Answer> answers, SceneScores scores)
                throws ProblemException;
    }

    public SceneEvaluation(PaliGemma model, GenerationOptions options) {
        this.model = model;
        this.options = options;
    }

    /// Asks about every scene of the folder; stops early when cancelled.
    public SceneScores evaluate(SceneFolder folder, SceneListener listener, Progress progress)
            throws ProblemException {
        SceneScores sum = SceneScores.NONE;
        int done = 0;
        for (Scene scene : folder.scenes()) {
            progress.update(
                    new ProgressUpdate(
                            "Scene " + (done + 1) + " of " + folder.scenes().size(),
                            (double) done / folder.scenes().size()));
            Picture picture = ImageFiles.read(scene.image());
            List<String> prompts = prompts(folder, scene);
            var questions = new ArrayList<Question>();
            for (String prompt : prompts) {
                questions.add(new Question(picture, scene.image().toString(), prompt));
            }
            List<Answer> answers = model.answerBatch(questions, options, progress);
            if (progress.isCancelled()) {
                return sum;
            }
            SceneScores scores = score(scene, answers);
            listener.answered(scene, picture, answers, scores);
            sum = sum.plus(scores);
            done++;
        }
        return sum;
    }

    private static List<String> prompts(SceneFolder folder, Scene scene) {
        var prompts = new ArrayList<String>();
        prompts.add(new Task.Detect(folder.labels()).prompt());
        for (String label : labels(scene)) {
            prompts.add(new Task.Segment(List.of(label)).prompt());
        }
        scene.texts().forEach(text -> prompts.add(text.prompt()));
        return prompts;
    }

    private static Set<String> labels(Scene scene) {
        var labels = new LinkedHashSet<String>();
        scene.objects().forEach(object -> labels.add(object.label()));
        return labels;
    }

    private static SceneScores score(Scene scene, List<Answer> answers) {
        int firstText = 1 + labels(scene).size();
        var actualBoxes = new ArrayList<LabeledRegion<Box>>();
        var actualMasks = new ArrayList<LabeledRegion<Mask>>();
        for (var object : scene.objects()) {
            actualBoxes.add(new LabeledRegion<>(object.label(), object.box()));
            actualMasks.add(new LabeledRegion<>(object.label(), object.mask()));
        }
        var foundBoxes = new ArrayList<LabeledRegion<Box>>();
        for (FoundObject object : answers.getFirst().objects()) {
            foundBoxes.add(new LabeledRegion<>(object.label(), object.box()));
        }
        var foundMasks = new ArrayList<LabeledRegion<Mask>>();
        for (Answer answer : answers.subList(1, firstText)) {
            for (FoundObject object : answer.objects()) {
                object.mask()
                        .ifPresent(
                                mask -> foundMasks.add(new LabeledRegion<>(object.label(), mask)));
            }
        }
        Map<String, TextCounts> texts = new LinkedHashMap<>();
        for (int i = 0; i < scene.texts().size(); i++) {
            Scene.TrueText truth = scene.texts().get(i);
            String answer = answers.get(firstText + i).generation().text();
            texts.merge(kind(truth), TextCounts.of(answer, truth.text()), TextCounts::plus);
        }
        long malformed =
                answers.stream()
                        .filter(answer -> answer.output() instanceof ParsedOutput.Malformed)
                        .count();
        return new SceneScores(
                DetectionCounts.of(foundBoxes, actualBoxes, FOUND_IOU),
                MaskCounts.of(foundMasks, actualMasks),
                texts,
                (int) malformed);
    }

    /// What a text is about, as the table names it: `caption`, or for a question its first two words.
    static String kind(Scene.TrueText truth) {
        String[] words = truth.prompt().strip().split("\\s+", -1);
        if (words[0].equals("answer") && words.length >= 4) {
            return words[2] + " " + words[3];
        }
        // Reading nothing where there is nothing is another thing than reading a word.
        return words[0].equals("ocr") && truth.text().isEmpty() ? "ocr, no text" : words[0];
    }
}

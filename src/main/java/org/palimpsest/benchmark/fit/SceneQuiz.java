package org.palimpsest.benchmark.fit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.Provenance;
import org.palimpsest.evaluation.LabelCounts;
import org.palimpsest.evaluation.LabeledRegion;
import org.palimpsest.evaluation.TextCounts;
import org.palimpsest.evaluation.effort.CorrectionEffort;
import org.palimpsest.format.scenes.Scene;
import org.palimpsest.geometry.Box;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.paligemma.PaliGemma;
import org.palimpsest.paligemma.Question;
import org.palimpsest.paligemma.generation.GenerationOptions;
import org.palimpsest.paligemma.prompt.Task;
import org.palimpsest.problem.ProblemException;

/// Asks a model about scenes: all labels at once, and the colours of objects that are the only ones of their label.
///
/// @param labels what is asked for
record SceneQuiz(SceneExamples known, List<String> labels) {
    private static final double FOUND = 0.5;
    private static final String COLOR_QUESTION = "answer en what color is the ";

    FitScores ask(PaliGemma model, List<Scene> scenes, Progress progress) throws ProblemException {
        var sum = FitScores.NONE;
        for (int i = 0; i < scenes.size(); i++) {
            progress.throwIfCancelled("The benchmark was cancelled");
            progress.update(
                    new ProgressUpdate(
                            "Scene %d of %d".formatted(i + 1, scenes.size()),
                            (double) i / scenes.size()));
            sum = sum.plus(ask(model, scenes.get(i), progress));
        }
        return sum;
    }

    private FitScores ask(PaliGemma model, Scene scene, Progress progress) throws ProblemException {
        var picture = ImageFiles.read(scene.image());
        var colors =
                scene.texts().stream()
                        .filter(text -> text.prompt().startsWith(COLOR_QUESTION))
                        .toList();
        var questions = new ArrayList<Question>();
        String key = scene.image().toString();
        questions.add(new Question(picture, key, new Task.Detect(labels).prompt()));
        colors.forEach(text -> questions.add(new Question(picture, key, text.prompt())));
        var answers = model.answerBatch(questions, GenerationOptions.greedy(256), progress);
        progress.throwIfCancelled("The benchmark was cancelled");
        var fresh = TextCounts.NONE;
        var old = TextCounts.NONE;
        for (int i = 0; i < colors.size(); i++) {
            String right = colors.get(i).text();
            var one = TextCounts.of(answers.get(i + 1).generation().text(), right);
            if (known.newColors().contains(right)) {
                fresh = fresh.plus(one);
            } else {
                old = old.plus(one);
            }
        }
        var found = new ArrayList<LabeledRegion<Box>>();
        answers.getFirst()
                .objects()
                .forEach(object -> found.add(new LabeledRegion<>(object.label(), object.box())));
        var actual = new ArrayList<LabeledRegion<Box>>();
        scene.objects()
                .forEach(object -> actual.add(new LabeledRegion<>(object.label(), object.box())));
        var before = annotations(found);
        var after = annotations(actual);
        return new FitScores(
                LabelCounts.of(found, actual, FOUND),
                CorrectionEffort.of(scene.size(), before, after),
                CorrectionEffort.of(scene.size(), before, after, FitScores.CLOSE_ENOUGH),
                fresh,
                old);
    }

    private static List<Annotation> annotations(List<LabeledRegion<Box>> regions) {
        var provenance = new Provenance.Drawn("scenes", Instant.EPOCH);
        var annotations = new ArrayList<Annotation>();
        for (var region : regions) {
            String label = region.label().isEmpty() ? "?" : region.label();
            annotations.add(ObjectAnnotation.of(label, region.region(), provenance));
        }
        return annotations;
    }
}

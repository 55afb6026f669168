package org.palimpsest.batch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.inference.ModelStamp;
import org.palimpsest.inference.Predictions;
import org.palimpsest.job.Progress;
import org.palimpsest.modelstore.CheckpointHash;
import org.palimpsest.paligemma.Answer;
import org.palimpsest.paligemma.PaliGemma;
import org.palimpsest.paligemma.Question;
import org.palimpsest.paligemma.generation.GenerationOptions;
import org.palimpsest.paligemma.prompt.ParsedOutput;
import org.palimpsest.problem.ProblemException;

/// A model that is open for an evaluation alone: several questions about an image are answered together, greedily.
///
/// @param batch how many questions are answered together
public record OpenedModel(PaliGemma model, int batch) implements EvaluatedModel {

    @Override
    public String name() {
        return model.info().name();
    }

    @Override
    public String checkpoint() throws ProblemException {
        return CheckpointHash.of(model.info());
    }

    @Override
    public boolean masks() {
        return model.info().masks();
    }

    @Override
    public List<EvaluatedAnswer> ask(
            ImageEntry image, List<String> prompts, int maxNewTokens, Progress progress)
            throws ProblemException {
        var picture = ImageFiles.read(image.file());
        var generation = GenerationOptions.greedy(maxNewTokens);
        var answers = new ArrayList<EvaluatedAnswer>();
        for (int start = 0; start < prompts.size(); start += batch) {
            var asked =
                    prompts.subList(start, Math.min(prompts.size(), start + batch)).stream()
                            .map(prompt -> new Question(picture, image.id().toString(), prompt))
                            .toList();
            for (var answer : model.answerBatch(asked, generation, progress)) {
                answers.add(evaluated(image, answer));
            }
            progress.throwIfCancelled("The evaluation was cancelled");
        }
        return answers;
    }

    private EvaluatedAnswer evaluated(ImageEntry image, Answer answer) {
        return new EvaluatedAnswer(
                answer.prompt(),
                answer.generation().text().strip(),
                answer.output() instanceof ParsedOutput.Malformed,
                answer.objects().stream()
                        .map(object ->
                                new EvaluatedAnswer.Found(
                                        object.label(),
                                        object.box(),
                                        object.score(),
                                        object.mask()))
                        .toList(),
                Predictions.annotations(
                        image, answer, new ModelStamp(name(), "", "", Instant.EPOCH)));
    }
}

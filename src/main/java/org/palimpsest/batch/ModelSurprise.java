package org.palimpsest.batch;

import java.util.OptionalDouble;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.evaluation.review.ReviewSignals;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.job.Progress;
import org.palimpsest.paligemma.PaliGemma;
import org.palimpsest.paligemma.Question;
import org.palimpsest.problem.ProblemException;

/// How little a model would have written what people wrote: where it is surprised, one of the two is often wrong.
public final class ModelSurprise implements ReviewRanking.TextJudge {
    private final PaliGemma model;
    private final Progress progress;

    public ModelSurprise(PaliGemma model, Progress progress) {
        this.model = model;
        this.progress = progress;
    }

    /// Of the text that the model finds least probable for its length.
    @Override
    public OptionalDouble improbability(AnnotatedImage image) throws ProblemException {
        var texts =
                image.texts().stream()
                        .filter(text -> text.provenance().isHuman() && !text.text().isBlank())
                        .toList();
        if (texts.isEmpty()) {
            return OptionalDouble.empty();
        }
        var picture = ImageFiles.read(image.image().file());
        double worst = 0;
        for (var text : texts) {
            var question = new Question(picture, image.image().id().toString(), text.prompt());
            var likelihood = model.likelihood(question, text.text(), progress);
            worst =
                    Math.max(
                            worst,
                            ReviewSignals.improbableText(
                                            likelihood.logProbability(), likelihood.tokens())
                                    .orElse(0));
        }
        progress.message("Reading " + image.image().file().getFileName());
        return OptionalDouble.of(worst);
    }
}

package org.palimpsest.ui.evaluation;

import java.util.Set;
import java.util.function.Consumer;
import org.palimpsest.batch.Evaluation;
import org.palimpsest.batch.EvaluationOptions;
import org.palimpsest.batch.EvaluationTask;
import org.palimpsest.batch.ServedModel;
import org.palimpsest.dataset.Dataset;
import org.palimpsest.inference.InferenceService;
import org.palimpsest.inference.ModelChoice;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.ui.support.Texts;

/// Judges a model through the service of the window. Takes as long as the answers do: not for the interface's thread.
record EvaluationRun(InferenceService inference, ModelChoice model, EvaluationOptions options) {
    private static final int MOST_TOKENS = 256;
    private static final int LABELS_PER_PROMPT = 20;

    static EvaluationRun of(
            InferenceService inference, ModelChoice model, Set<EvaluationTask> tasks) {
        return new EvaluationRun(
                inference,
                model,
                new EvaluationOptions(tasks, MOST_TOKENS, 1, LABELS_PER_PROMPT, 0));
    }

    /// How it ended.
    sealed interface Outcome {
        record Finished(Evaluation evaluation) implements Outcome {}

        /// The person stopped it; nothing is kept.
        record Stopped() implements Outcome {}
    }

    /// @param listener hears how much is done, 0 to 1, once the model is open
    Outcome run(Dataset images, Consumer<Double> listener, Progress progress)
            throws ProblemException {
        var told = new Told(progress, listener);
        try {
            var served = ServedModel.open(inference, model, progress);
            listener.accept(0.0);
            return new Outcome.Finished(Evaluation.of(images, served, options, told));
        } catch (ProblemException e) {
            if (progress.isCancelled()) {
                return new Outcome.Stopped();
            }
            throw e;
        }
    }

    /// How much is done, and how long the rest takes if it goes on as it did.
    static String words(double done, double seconds) {
        if (done <= 0) {
            return Texts.get("evaluation.asking");
        }
        double left = seconds / done * (1 - done);
        return left < 60
                ? Texts.get("evaluation.left.seconds", done, Math.ceil(left))
                : Texts.get("evaluation.left.minutes", done, Math.ceil(left / 60));
    }

    private record Told(Progress progress, Consumer<Double> listener) implements Progress {
        @Override
        public void update(ProgressUpdate update) {
            progress.update(update);
            listener.accept(update.fraction());
        }

        @Override
        public boolean isCancelled() {
            return progress.isCancelled();
        }
    }
}

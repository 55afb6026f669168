package org.palimpsest.training;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.paligemma.adapter.Adapter;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.CancelToken;
import org.palimpsest.training.TrainingEvent.FinishReason;
import org.palimpsest.training.data.BatchPlan;
import org.palimpsest.training.data.LoadedBatch;
import org.palimpsest.training.data.Seeds;
import org.palimpsest.training.optimizer.AdamW;
import org.palimpsest.training.optimizer.FlatParameters;
import org.palimpsest.training.optimizer.FlatParameters.Piece;

/// The steps of a run, one after another: learning rate, gradients, clipping, change, evaluation, state.
///
/// What is random follows from the seed and the number of the step, so a run that goes on from its state takes the same way
/// as one that was never stopped.
final class TrainingLoop {
    private static final long SAVE_AFTER_NANOSECONDS = 60_000_000_000L;
    private static final int MOST_SEED = Integer.MAX_VALUE - 1;

    private final TrainingConfig config;
    private final TrainingParts parts;
    private final RunFolder folder;
    private final Validation validation;
    private final Consumer<TrainingEvent> listener;
    private final Progress progress;
    private final CancelToken cancel;
    private final String settings;
    private RunState state;
    private Map<String, float[]> best;
    private long savedAt = System.nanoTime();
    private double secondsPerStep;
    private int savedStep = -1;

    /// What a loop works with; all of it stays the caller's.
    record TrainingParts(
            TrainingModel model,
            FlatParameters parameters,
            StepSession session,
            AdamW optimizer,
            BatchSource training,
            BatchSource validation,
            BatchPlan plan) {}

    TrainingLoop(
            TrainingRun run,
            TrainingParts parts,
            String settings,
            RunState.Stored start,
            Validation validation,
            Consumer<TrainingEvent> listener,
            Progress progress) {
        this.config = run.config();
        this.parts = parts;
        this.folder = new RunFolder(run.folder());
        this.settings = settings;
        this.state = start.state();
        this.best = start.best();
        this.validation = validation;
        this.listener = listener;
        this.progress = progress;
        this.cancel = new CancelToken(progress::isCancelled);
    }

    Trainer.Result run() throws ProblemException {
        try {
            FinishReason reason = FinishReason.COMPLETED;
            if (state.step() == 0 && state.bestStep() < 0) {
                evaluate();
                save();
            }
            Iterator<BatchPlan.Step> plan = parts.plan().steps(state.step());
            parts.training().start(runs(state.step()));
            while (state.step() < config.steps() && !isStale()) {
                Optional<FinishReason> end = step(plan.next());
                if (end.isPresent()) {
                    reason = end.get();
                    break;
                }
            }
            boolean ended = reason == FinishReason.COMPLETED && state.step() < config.steps();
            return finish(ended ? FinishReason.EARLY_STOPPED : reason);
        } catch (CancellationException e) {
            return finish(FinishReason.CANCELLED);
        } catch (ProblemException e) {
            if (progress.isCancelled()) {
                return finish(FinishReason.CANCELLED);
            }
            throw e;
        }
    }

    /// The runs of all steps that are left, one after another.
    private Iterator<List<BatchPlan.Draw>> runs(int from) {
        int left = config.steps() - from;
        Iterable<BatchPlan.Step> steps = () -> parts.plan().steps(from);
        return StreamSupport.stream(steps.spliterator(), false)
                .limit(left)
                .flatMap(step -> step.microBatches().stream())
                .iterator();
    }

    /// @return why training ends after this step, if it does
    private Optional<FinishReason> step(BatchPlan.Step step) throws ProblemException {
        if (cancel.isCancelled()) {
            return Optional.of(FinishReason.CANCELLED);
        }
        long start = System.nanoTime();
        double loss = gradients(step);
        Piece piece = step.microBatches().size() > 1 ? Piece.GRADIENT_SUM : Piece.GRADIENTS;
        double back = 1 / state.lossScale().scale();
        double norm = parts.optimizer().gradientNorm(piece) * back;
        double rate = config.schedule().at(state.step());
        if (Double.isFinite(loss) && Double.isFinite(norm)) {
            parts.optimizer().step(state.step() + 1, rate, piece, back, norm);
            state = state.afterStep(state.lossScale().afterGoodStep());
        } else if (Double.isFinite(loss) && state.lossScale().canFall()) {
            // Half precision overflowed: the step is skipped and the next one scaled less.
            state = state.afterStep(state.lossScale().afterOverflow());
        } else {
            return Optional.of(FinishReason.NOT_FINITE);
        }
        report(step, loss, norm, rate, (System.nanoTime() - start) / 1e9);
        boolean evaluates =
                state.step() % config.evaluateEvery() == 0 || state.step() == config.steps();
        if (evaluates) {
            evaluate();
        }
        if (evaluates || System.nanoTime() - savedAt > SAVE_AFTER_NANOSECONDS) {
            save();
        }
        return Optional.empty();
    }

    /// Whether nothing became better for too long.
    private boolean isStale() {
        return config.patience() > 0 && state.evaluationsSinceBest() >= config.patience();
    }

    /// Computes the gradients of the mean loss over all target tokens of a step.
    ///
    /// @return that mean
    private double gradients(BatchPlan.Step step) throws ProblemException {
        boolean several = step.microBatches().size() > 1;
        if (several) {
            parts.optimizer().startAccumulating();
        }
        // Augmentation may change answers: all runs are loaded before their tokens are counted.
        var runs = new ArrayList<LoadedBatch>();
        for (int i = 0; i < step.microBatches().size(); i++) {
            runs.add(parts.training().next());
        }
        long targets = runs.stream().mapToLong(TrainingLoop::targets).sum();
        double factor = state.lossScale().scale() / targets;
        double sum = 0;
        for (int i = 0; i < runs.size(); i++) {
            long seed = Math.floorMod(Seeds.mix(config.seed(), 2, step.number(), i), MOST_SEED);
            try (var batch = parts.training().tensors(runs.get(i), seed, cancel)) {
                sum += parts.session().gradients(batch, factor, cancel);
            }
            if (several) {
                parts.optimizer().accumulate();
            }
        }
        return sum / targets;
    }

    private static long targets(LoadedBatch batch) {
        return batch.examples().stream().mapToLong(each -> each.suffixIds().length).sum();
    }

    private void report(
            BatchPlan.Step step, double loss, double norm, double rate, double seconds) {
        secondsPerStep = secondsPerStep == 0 ? seconds : 0.9 * secondsPerStep + 0.1 * seconds;
        double left = secondsPerStep * (config.steps() - state.step());
        listener.accept(
                new TrainingEvent.StepCompleted(
                        state.step(), loss, norm, rate, step.examples() / seconds, left));
        progress.update(
                new ProgressUpdate(
                        "Step %d of %d, loss %.4f".formatted(state.step(), config.steps(), loss),
                        (double) state.step() / config.steps()));
    }

    private void evaluate() throws ProblemException {
        if (parts.validation().isEmpty()) {
            return;
        }
        var runs = parts.validation().once();
        parts.validation().start(runs.iterator());
        double sum = 0;
        long targets = 0;
        for (int i = 0; i < runs.size(); i++) {
            var loaded = parts.validation().next();
            try (var batch = parts.validation().tensors(loaded, 0, cancel)) {
                sum += parts.session().loss(batch, cancel);
            }
            targets += targets(loaded);
        }
        double loss = sum / targets;
        var scores = validation.score(adapter(values()), progress);
        if (cancel.isCancelled()) {
            throw new CancellationException("Evaluating was cancelled");
        }
        double score = Double.isNaN(scores.decisive()) ? -loss : scores.decisive();
        boolean better = state.isBetter(score);
        state = state.evaluated(score);
        if (better) {
            best = values();
        }
        listener.accept(new TrainingEvent.Evaluated(state.step(), loss, scores.metrics(), better));
    }

    private void save() throws ProblemException {
        state.write(folder.state(), settings, parts.parameters(), best);
        savedAt = System.nanoTime();
        savedStep = state.step();
        listener.accept(new TrainingEvent.CheckpointSaved(state.step(), folder.path()));
    }

    /// Without an evaluation the last values are the best there are.
    private Trainer.Result finish(FinishReason reason) throws ProblemException {
        if (savedStep != state.step() && reason != FinishReason.NOT_FINITE) {
            save();
        }
        var last = values();
        boolean judged = state.bestStep() >= 0;
        var finished =
                new TrainingEvent.Finished(
                        state.step(), reason, judged ? state.bestStep() : state.step());
        listener.accept(finished);
        return new Trainer.Result(adapter(judged ? best : last), adapter(last), finished);
    }

    private Map<String, float[]> values() {
        var values = new TreeMap<String, float[]>();
        for (var parameter : parts.parameters().parameters()) {
            values.put(parameter.name(), parts.parameters().values(parameter.name()));
        }
        return values;
    }

    private Adapter adapter(Map<String, float[]> values) {
        return parts.model().adapter(values, config.parts().lora());
    }
}

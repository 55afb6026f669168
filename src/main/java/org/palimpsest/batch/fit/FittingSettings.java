package org.palimpsest.batch.fit;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.palimpsest.training.TrainingConfig;
import org.palimpsest.training.data.AugmentationOptions;
import org.palimpsest.training.lora.TrainedParts;
import org.palimpsest.training.optimizer.AdamWConfig;
import org.palimpsest.training.optimizer.LearningRateSchedule;

/// How a model is to be fine-tuned, as a person says it; what is left open follows from the data and the model.
///
/// @param steps how often the parameters are changed; where absent, as often as `epochs` says
/// @param epochs how often each example is seen
/// @param microBatch examples that go through the model together; where absent, all of a small model's batch, one of a
///     large one's
/// @param learningRate where absent, what is usual for the parts that are trained
/// @param cosine whether the learning rate falls along a cosine, or stays
/// @param warmup the share of the steps in which the learning rate rises
/// @param evaluateEvery where absent, ten times in the whole run
public record FittingSettings(
        TrainedParts parts,
        OptionalInt steps,
        double epochs,
        int batch,
        OptionalInt microBatch,
        OptionalDouble learningRate,
        boolean cosine,
        double warmup,
        double weightDecay,
        double labelSmoothing,
        double maxGradientNorm,
        int maxTokens,
        OptionalInt evaluateEvery,
        int patience,
        TrainingConfig.Recompute recompute,
        AugmentationOptions augmentation,
        long seed) {
    private static final int EVALUATIONS = 10;
    private static final double OF_TERMS = 2e-4;
    private static final double OF_TERMS_OF_SMALL_MODELS = 2e-3;
    private static final double OF_WEIGHTS = 2e-5;
    private static final double OF_WEIGHTS_OF_SMALL_MODELS = 3e-4;

    /// Everything decided.
    ///
    /// @param examples to train on
    /// @param small whether the model is one of a few million parameters, such as the bundled one
    /// @throws IllegalArgumentException if a value is out of its range
    public TrainingConfig config(int examples, boolean small) {
        int size = Math.min(batch, Math.max(1, examples));
        int count =
                steps.orElseGet(
                        () -> (int) Math.clamp(Math.ceil(epochs * examples / size), 1, 10_000_000));
        int warmupSteps = (int) Math.rint(warmup * count);
        double peak = learningRate.orElse(usualRate(small));
        var schedule =
                cosine
                        ? new LearningRateSchedule.WarmupCosine(peak, warmupSteps, count)
                        : new LearningRateSchedule.Constant(peak, warmupSteps);
        var usual = AdamWConfig.STANDARD;
        return new TrainingConfig(
                parts,
                new AdamWConfig(
                        usual.beta1(),
                        usual.beta2(),
                        usual.epsilon(),
                        weightDecay,
                        usual.decaysVectors()),
                schedule,
                labelSmoothing,
                maxGradientNorm,
                count,
                size,
                Math.min(size, microBatch.orElse(small ? size : 1)),
                maxTokens,
                evaluateEvery.orElse(Math.max(1, count / EVALUATIONS)),
                patience,
                recompute,
                augmentation,
                seed);
    }

    /// Terms of low rank start at nothing and want larger steps than weights that know something already.
    private double usualRate(boolean small) {
        if (!parts.whole().isEmpty()) {
            return small ? OF_WEIGHTS_OF_SMALL_MODELS : OF_WEIGHTS;
        }
        return small ? OF_TERMS_OF_SMALL_MODELS : OF_TERMS;
    }
}

package org.palimpsest.training;

import org.palimpsest.training.data.AugmentationOptions;
import org.palimpsest.training.lora.TrainedParts;
import org.palimpsest.training.optimizer.AdamWConfig;
import org.palimpsest.training.optimizer.LearningRateSchedule;

/// How a model is fine-tuned.
///
/// @param schedule the learning rate of each step
/// @param labelSmoothing the share of the target's probability that is spread over all tokens
/// @param maxGradientNorm longer gradients are shortened to this length, over all parameters together
/// @param steps how often the parameters are changed
/// @param batch examples for one step
/// @param microBatch examples that go through the model together; a step takes as many runs as it needs
/// @param maxTokens text tokens of an example at most; longer answers are cut, and counted
/// @param evaluateEvery steps between two evaluations
/// @param patience evaluations without a better one until training ends; 0 for never
/// @param recompute whether layers are computed again on the way back instead of kept in memory
/// @param seed of the order of the examples, of their augmentation, and of the terms' start values
public record TrainingConfig(
        TrainedParts parts,
        AdamWConfig optimizer,
        LearningRateSchedule schedule,
        double labelSmoothing,
        double maxGradientNorm,
        int steps,
        int batch,
        int microBatch,
        int maxTokens,
        int evaluateEvery,
        int patience,
        Recompute recompute,
        AugmentationOptions augmentation,
        long seed) {

    /// Whether activations are kept or computed again.
    public enum Recompute {
        /// Again where keeping them would not fit into memory.
        AUTOMATIC,
        ALWAYS,
        NEVER
    }

    public TrainingConfig {
        if (steps < 1 || batch < 1 || microBatch < 1 || microBatch > batch || maxTokens < 8) {
            throw new IllegalArgumentException(
                    "Steps "
                            + steps
                            + ", batch "
                            + batch
                            + " in runs of "
                            + microBatch
                            + ", tokens "
                            + maxTokens);
        }
        if (evaluateEvery < 1 || patience < 0 || !(maxGradientNorm > 0)) {
            throw new IllegalArgumentException(evaluateEvery + ", " + patience);
        }
        if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
            throw new IllegalArgumentException("Label smoothing " + labelSmoothing);
        }
    }
}

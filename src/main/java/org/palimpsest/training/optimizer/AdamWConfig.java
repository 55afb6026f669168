package org.palimpsest.training.optimizer;

/// Constants of AdamW with decoupled weight decay (Loshchilov and Hutter, arXiv 1711.05101).
///
/// @param beta1 how much of the mean of the gradients is kept from step to step
/// @param beta2 the same for the mean of their squares
/// @param epsilon added to the root of the latter
/// @param weightDecay the share of a weight that a step of learning rate 1 would take away
/// @param decaysVectors whether biases and norms decay too; the Hugging Face Trainer leaves them alone
public record AdamWConfig(
        double beta1, double beta2, double epsilon, double weightDecay, boolean decaysVectors) {
    /// As PyTorch has them, without decay.
    public static final AdamWConfig STANDARD = new AdamWConfig(0.9, 0.999, 1e-8, 0, false);

    public AdamWConfig {
        if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && epsilon > 0)
                || !(weightDecay >= 0 && Double.isFinite(weightDecay))) {
            throw new IllegalArgumentException(
                    beta1 + ", " + beta2 + ", " + epsilon + ", " + weightDecay);
        }
    }
}

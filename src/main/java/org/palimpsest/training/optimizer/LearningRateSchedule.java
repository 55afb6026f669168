package org.palimpsest.training.optimizer;

/// The learning rate of each step.
public sealed interface LearningRateSchedule {

    /// @param step counted from 0
    double at(int step);

    /// Rises in equal steps from 0 during the warm-up, then stays.
    record Constant(double peak, int warmupSteps) implements LearningRateSchedule {
        @Override
        public double at(int step) {
            return step < warmupSteps ? peak * step / warmupSteps : peak;
        }
    }

    /// Rises in equal steps from 0 during the warm-up, then falls to 0 along half a cosine
    /// (transformers/optimization.py, get_cosine_schedule_with_warmup, v5.18).
    record WarmupCosine(double peak, int warmupSteps, int totalSteps)
            implements LearningRateSchedule {
        @Override
        public double at(int step) {
            if (step < warmupSteps) {
                return peak * step / warmupSteps;
            }
            double done = (double) (step - warmupSteps) / Math.max(1, totalSteps - warmupSteps);
            return peak * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, done)));
        }
    }
}

package org.palimpsest.training;

import java.nio.file.Path;
import java.util.Map;

/// What happens while a model is fine-tuned, in the order in which it happens.
public sealed interface TrainingEvent {

    /// Training begins, or goes on after it was stopped.
    ///
    /// @param firstStep 0, or where the run was stopped
    /// @param trainedValues numbers that are trained
    /// @param estimatedBytes memory that the run is expected to take
    record Started(
            int firstStep,
            int steps,
            int examples,
            int validationExamples,
            long trainedValues,
            long estimatedBytes,
            boolean recomputes)
            implements TrainingEvent {}

    /// The parameters were changed once.
    ///
    /// @param step counted from 1
    /// @param loss mean over the target tokens of the step's examples, before the change
    /// @param gradientNorm before clipping
    /// @param examplesPerSecond of this step
    record StepCompleted(
            int step,
            double loss,
            double gradientNorm,
            double learningRate,
            double examplesPerSecond,
            double secondsLeft)
            implements TrainingEvent {}

    /// The model was held against the validation examples.
    ///
    /// @param step after which; 0 before the first
    /// @param loss mean over the target tokens of the validation examples
    /// @param metrics what the validation said besides, such as `detect F1@0.5`
    /// @param best whether no evaluation before was better
    record Evaluated(int step, double loss, Map<String, Double> metrics, boolean best)
            implements TrainingEvent {}

    /// The state of the run is on the disk; a run that is killed goes on from here.
    record CheckpointSaved(int step, Path folder) implements TrainingEvent {}

    /// Training has ended.
    record Finished(int step, FinishReason reason, int bestStep) implements TrainingEvent {}

    /// Why training ended.
    enum FinishReason {
        /// All steps were taken.
        COMPLETED,
        /// The validation did not become better any more.
        EARLY_STOPPED,
        /// The person stopped it.
        CANCELLED,
        /// The loss or the gradients were no numbers any more; what was best is kept.
        NOT_FINITE
    }
}

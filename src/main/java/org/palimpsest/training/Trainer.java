package org.palimpsest.training;

import java.util.function.Consumer;
import org.palimpsest.job.Progress;
import org.palimpsest.paligemma.adapter.Adapter;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.OnnxRuntime;

/// Fine-tunes a model: steps, evaluations, checkpoints.
public final class Trainer {
    private Trainer() {}

    /// What came of a run.
    ///
    /// @param best what the best evaluation was made with
    /// @param last what the last step left
    public record Result(Adapter best, Adapter last, TrainingEvent.Finished finished) {}

    /// Trains, or goes on where a run of the same settings in the same folder was stopped.
    ///
    /// @param listener hears every event, on the caller's thread
    /// @throws ProblemException if the model or an example cannot be used, the memory does not suffice, the folder holds a run
    /// with other settings, or a file cannot be written
    public static Result fit(
            TrainingRun run,
            OnnxRuntime runtime,
            Device device,
            Validation validation,
            Consumer<TrainingEvent> listener,
            Progress progress)
            throws ProblemException {
        throw new UnsupportedOperationException("Being written: " + run.folder());
    }
}

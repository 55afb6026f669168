package org.palimpsest.modelstore;

import java.nio.file.Path;
import org.palimpsest.job.Progress;
import org.palimpsest.paligemma.weights.CheckpointVerifier;
import org.palimpsest.problem.ProblemException;

/// What came of reading every value of a model's weights.
///
/// @param values how many the model uses
/// @param damaged how many of them are no numbers, or infinite
public record WeightCheck(long values, long damaged) {

    /// Reads a Hugging Face folder or a Keras preset whole.
    ///
    /// @throws ProblemException if something is missing or does not fit, or the check was cancelled
    public static WeightCheck of(Path folder, Progress progress) throws ProblemException {
        var report = CheckpointVerifier.verify(folder, false, progress);
        long damaged =
                report.tensors().stream()
                        .filter(CheckpointVerifier.TensorReport::used)
                        .mapToLong(CheckpointVerifier.TensorReport::notFinite)
                        .sum();
        return new WeightCheck(report.parameterCount(), damaged);
    }
}

package org.palimpsest.paligemma.weights;

import java.nio.file.Path;
import org.palimpsest.checkpoint.Checkpoint;
import org.palimpsest.checkpoint.KerasCheckpoint;
import org.palimpsest.checkpoint.SafetensorsCheckpoint;
import org.palimpsest.paligemma.config.CheckpointLayout;
import org.palimpsest.problem.ProblemException;

/// Opens the weight files of a model folder by its layout.
public final class WeightFiles {
    private WeightFiles() {}

    /// @throws IllegalArgumentException for the ONNX layout, whose weights are inside its graphs
    public static Checkpoint open(Path folder, CheckpointLayout layout) throws ProblemException {
        return switch (layout) {
            case HUGGING_FACE -> SafetensorsCheckpoint.open(folder);
            case KERAS -> KerasCheckpoint.open(folder);
            case ONNX ->
                    throw new IllegalArgumentException(
                            "The weights of " + folder + " are in graphs");
        };
    }
}

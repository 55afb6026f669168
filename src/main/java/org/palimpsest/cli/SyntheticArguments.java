package org.palimpsest.cli;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.palimpsest.benchmark.SyntheticModel;
import org.palimpsest.benchmark.SyntheticShape;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.tensor.ElementType;
import picocli.CommandLine.Option;

/// The options of a model that is made up for a measurement.
final class SyntheticArguments {
    @Option(
            names = "--synthetic",
            paramLabel = "NAME",
            description =
                    "Make a model up with random weights: paligemma-3b-224, -448 or -896. It needs 6 GB of"
                            + " disk for a while.")
    private @Nullable String synthetic;

    @Option(
            names = "--layers",
            paramLabel = "N",
            description = "With --synthetic: at most N layers in each part.")
    private @Nullable Integer layers;

    @Option(
            names = "--weights",
            paramLabel = "TYPE",
            defaultValue = "float16",
            description =
                    "With --synthetic: float16, bfloat16 or float32 (default: ${DEFAULT-VALUE}).")
    private String weights;

    boolean isWanted() {
        return synthetic != null;
    }

    /// @param folder an empty one to write into
    /// @return the folder of the model
    Path write(SyntheticModel.Form form, Path folder, Progress progress) throws ProblemException {
        SyntheticShape shape = SyntheticShape.parse(Objects.requireNonNull(synthetic));
        if (layers != null) {
            if (layers < 1) {
                throw new ProblemException("--layers must be at least 1", "", "");
            }
            shape = shape.withLayers(layers);
        }
        ElementType type =
                switch (weights) {
                    case "float16" -> ElementType.FLOAT16;
                    case "bfloat16" -> ElementType.BFLOAT16;
                    case "float32" -> ElementType.FLOAT32;
                    default ->
                            throw new ProblemException(
                                    "There are no weights of the type '" + weights + "'",
                                    "",
                                    "Choose float16, bfloat16 or float32");
                };
        return SyntheticModel.write(shape, type, form, folder, progress);
    }
}

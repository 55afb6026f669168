package org.palimpsest.training;

import java.util.Locale;
import org.palimpsest.paligemma.graph.LossGraph;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.AvailableMemory;
import org.palimpsest.training.TrainingConfig.Recompute;

/// What a run will take of the computer's memory.
///
/// Frozen float32 weights count nothing: they are used where their file is mapped, and the system takes their pages back
/// when it needs them.
///
/// @param activations inner values of the model for the largest batch, in bytes
/// @param trained trained values, gradients and the optimizer's means
/// @param widened frozen weights that are copied into the type of computation
/// @param recompute whether layers are computed again on the way back
record MemoryEstimate(long activations, long trained, long widened, boolean recompute) {
    /// What ONNX Runtime's arena and kernels take beyond the values themselves; measured (docs/performance.md).
    private static final double ARENA = 1.25;

    private static final long PROGRAM = 300L << 20;

    long total() {
        return work() + PROGRAM;
    }

    /// Without the program itself.
    long work() {
        return (long) (activations * ARENA) + trained + widened;
    }

    /// What one micro-batch looks like at its largest.
    record Largest(int batch, int text, int targets) {}

    /// Decides between keeping and recomputing.
    ///
    /// @param trainedBytes for all pieces of the trained values
    /// @throws ProblemException if the run does not fit into the memory there is
    static MemoryEstimate of(
            StepGraph.Model model,
            LossGraph.Options options,
            Largest largest,
            long trainedBytes,
            Recompute wanted)
            throws ProblemException {
        var sized =
                new LossGraph.Options(
                        largest.batch(),
                        largest.text(),
                        largest.targets(),
                        options.fromFeatures(),
                        options.labelSmoothing());
        // One copy of the decoder for the steps and one of the image encoder, together one of every
        // weight; and a second copy
        // for a loss that differs from that of the steps.
        boolean second = options.labelSmoothing() > 0 || model.drops();
        long widened = model.widenedBytes() * (second ? 2 : 1);
        long available = AvailableMemory.bytes();
        MemoryEstimate estimate = null;
        for (boolean recompute : new boolean[] {false, true}) {
            if (wanted == Recompute.AUTOMATIC || recompute == (wanted == Recompute.ALWAYS)) {
                long activations =
                        ActivationMemory.peak(StepGraph.build(model, sized, recompute).graph());
                estimate = new MemoryEstimate(activations, trainedBytes, widened, recompute);
                if (estimate.total() <= available) {
                    return estimate;
                }
            }
        }
        if (estimate == null) {
            throw new IllegalStateException("No way to compute for " + wanted);
        }
        throw new ProblemException(
                "This training run does not fit into the memory of this computer",
                String.format(
                        Locale.ROOT,
                        "it needs about %.1f GB (inner values %.1f, trained values %.1f, weights %.1f),"
                                + " %.1f GB are available",
                        estimate.total() / 1e9,
                        estimate.activations() / 1e9,
                        trainedBytes / 1e9,
                        widened / 1e9,
                        available / 1e9),
                "Use a smaller micro-batch, fewer tokens, a lower rank, or let layers be recomputed");
    }
}

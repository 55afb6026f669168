package org.palimpsest.training;

import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.palimpsest.onnx.OnnxModel;
import org.palimpsest.paligemma.graph.LossGraph;
import org.palimpsest.paligemma.graph.Ports;
import org.palimpsest.paligemma.graph.WeightPlaces;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.CancelToken;
import org.palimpsest.runtime.ModelSession;
import org.palimpsest.runtime.ModelSource;
import org.palimpsest.runtime.NativeTensor;
import org.palimpsest.runtime.OnnxRuntime;
import org.palimpsest.runtime.SessionSettings;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Shape;
import org.palimpsest.training.optimizer.FlatParameters;
import org.palimpsest.training.optimizer.FlatParameters.Piece;

/// The loss of a batch, and the gradients of what is trained, in ONNX Runtime.
///
/// Gradients are written straight to their places in [FlatParameters]. Closing frees the sessions. Not thread-safe.
final class StepSession implements AutoCloseable {
    private final ModelSession step;
    private final Optional<ModelSession> loss;
    private final Map<String, NativeTensor> values;
    private final Map<String, NativeTensor> gradients;
    private final NativeTensor lossValue = NativeTensor.allocate(ElementType.FLOAT32, Shape.SCALAR);

    private StepSession(ModelSession step, Optional<ModelSession> loss, FlatParameters parameters) {
        this.step = step;
        this.loss = loss;
        this.values = parameters.views(Piece.VALUES);
        this.gradients = new LinkedHashMap<>();
        parameters
                .views(Piece.GRADIENTS)
                .forEach((name, view) -> gradients.put(StepGraph.gradientOf(name), view));
    }

    /// @param recompute whether layers are computed again on the way back
    /// @param settings of the step's session, which never prepacks
    static StepSession open(
            StepGraph.Model model,
            LossGraph.Options options,
            boolean recompute,
            FlatParameters parameters,
            OnnxRuntime runtime,
            SessionSettings settings)
            throws ProblemException {
        var graph = StepGraph.build(model, options, recompute).toModel();
        Path root = WeightPlaces.commonFolder(model.weights());
        var step = open(runtime, "training step", graph, root, settings);
        try {
            return new StepSession(
                    step,
                    lossSession(
                            model, options, root, runtime, settings.withProfile(Optional.empty())),
                    parameters);
        } catch (ProblemException | RuntimeException e) {
            step.close();
            throw e;
        }
    }

    /// The loss that runs are judged by: without smoothing, and with nothing dropped.
    ///
    /// Where weights are widened, a session has a copy of all of them. Then the step's own session does it, at three times
    /// the cost, as long as it computes the same.
    private static Optional<ModelSession> lossSession(
            StepGraph.Model model,
            LossGraph.Options options,
            Path root,
            OnnxRuntime runtime,
            SessionSettings settings)
            throws ProblemException {
        boolean sameLoss = options.labelSmoothing() == 0 && !model.drops();
        if (sameLoss && model.widenedBytes() > 0) {
            return Optional.empty();
        }
        var plain = LossGraph.Options.any(options.fromFeatures(), 0);
        var forward = model.withoutDropout().loss(plain).graph().toModel();
        return Optional.of(open(runtime, "loss", forward, root, settings));
    }

    private static ModelSession open(
            OnnxRuntime runtime, String name, OnnxModel model, Path root, SessionSettings settings)
            throws ProblemException {
        // Prepacking would copy every frozen matrix twice: for the way there and the way back. A
        // memory pattern would keep the inner values twice, and batches differ in length.
        return runtime.open(
                new ModelSource.InMemory(name, model.toBytes(), Optional.of(root)),
                settings.withPrepacking(false).withMemoryPattern(false));
    }

    /// Computes the gradients of a batch.
    ///
    /// @param factor what they are multiplied by
    /// @return the sum of the losses of the batch's target tokens
    double gradients(BatchTensors batch, double factor, CancelToken cancel)
            throws ProblemException {
        try (var factorTensor = NativeTensor.ofFloats(Shape.SCALAR, (float) factor)) {
            var inputs = new HashMap<>(batch.inputs());
            inputs.putAll(values);
            inputs.put(StepGraph.LOSS_FACTOR, factorTensor);
            inputs.keySet().retainAll(step.inputs().stream().map(info -> info.name()).toList());
            var outputs = new HashMap<>(gradients);
            outputs.put(Ports.LOSS, lossValue);
            step.run(inputs, Set.of(), outputs, cancel).close();
            return lossValue();
        }
    }

    /// The sum of the losses of a batch's target tokens.
    double loss(BatchTensors batch, CancelToken cancel) throws ProblemException {
        if (loss.isEmpty()) {
            return gradients(batch, 0, cancel);
        }
        var forward = loss.get();
        var inputs = new HashMap<>(batch.inputs());
        inputs.putAll(values);
        inputs.keySet().retainAll(forward.inputs().stream().map(info -> info.name()).toList());
        forward.run(inputs, Set.of(), Map.of(Ports.LOSS, lossValue), cancel).close();
        return lossValue();
    }

    private double lossValue() {
        return lossValue.tensor().memory().get(ValueLayout.JAVA_FLOAT, 0);
    }

    @Override
    public void close() {
        step.close();
        loss.ifPresent(ModelSession::close);
        values.values().forEach(NativeTensor::close);
        gradients.values().forEach(NativeTensor::close);
        lossValue.close();
    }
}

package org.palimpsest.training.optimizer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.palimpsest.onnx.GraphBuilder;
import org.palimpsest.onnx.OnnxModel;
import org.palimpsest.onnx.OperatorForm;
import org.palimpsest.onnx.Value;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.CancelToken;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.ModelSession;
import org.palimpsest.runtime.ModelSource;
import org.palimpsest.runtime.NativeTensor;
import org.palimpsest.runtime.OnnxRuntime;
import org.palimpsest.runtime.SessionSettings;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Shape;
import org.palimpsest.training.optimizer.FlatParameters.Piece;

/// AdamW with decoupled weight decay and clipping by the global norm, over [FlatParameters], in ONNX Runtime.
///
/// With g the clipped gradient and t counted from 1 (PyTorch torch/optim/adamw.py and nn/utils/clip_grad.py, v2.13):
/// - g = gradient · min(1, maximum / (‖gradients‖ + 1e-6))
/// - m = β₁·m + (1 − β₁)·g and v = β₂·v + (1 − β₂)·g²
/// - w = w·(1 − rate·decay) − rate · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)
///
/// It runs over pieces that fit into the processor's cache, on the processor: the values lie there, and on their way to a
/// GPU and back more time would pass than in these sums. Not thread-safe.
public final class AdamW implements AutoCloseable {
    private static final long CHUNK = 1 << 17;
    private static final double NORM_EPSILON = 1e-6;

    private final AdamWConfig config;
    private final double maxGradientNorm;
    private final FlatParameters parameters;
    private final ModelSession squares;
    private final ModelSession sums;
    private final ModelSession update;

    private AdamW(
            AdamWConfig config,
            double maxGradientNorm,
            FlatParameters parameters,
            List<ModelSession> sessions) {
        this.config = config;
        this.maxGradientNorm = maxGradientNorm;
        this.parameters = parameters;
        this.squares = sessions.get(0);
        this.sums = sessions.get(1);
        this.update = sessions.get(2);
    }

    /// @param parameters what it changes; stays the caller's
    public static AdamW open(
            AdamWConfig config,
            double maxGradientNorm,
            FlatParameters parameters,
            OnnxRuntime runtime)
            throws ProblemException {
        var models = List.of(squares(), sums(), update(config));
        var sessions = new ArrayList<ModelSession>();
        try {
            for (var model : models) {
                var source =
                        new ModelSource.InMemory("optimizer", model.toBytes(), Optional.empty());
                sessions.add(runtime.open(source, SessionSettings.on(new Device.Cpu(1))));
            }
        } catch (ProblemException | RuntimeException e) {
            sessions.forEach(ModelSession::close);
            throw e;
        }
        return new AdamW(config, maxGradientNorm, parameters, sessions);
    }

    private static OnnxModel squares() {
        var g = new GraphBuilder("squares", OperatorForm.FUSED);
        var wide = g.cast(g.input("gradient", ElementType.FLOAT32, "n"), ElementType.FLOAT64);
        g.output("sum", g.reduceSum(g.mul(wide, wide), false, 0));
        return g.toModel();
    }

    private static OnnxModel sums() {
        var g = new GraphBuilder("sums", OperatorForm.FUSED);
        var a = g.input("a", ElementType.FLOAT32, "n");
        g.output("sum", g.add(a, g.input("b", ElementType.FLOAT32, "n")));
        return g.toModel();
    }

    private static OnnxModel update(AdamWConfig config) {
        var g = new GraphBuilder("update", OperatorForm.FUSED);
        var weight = g.input("weight", ElementType.FLOAT32, "n");
        var mean = g.input("mean", ElementType.FLOAT32, "n");
        var square = g.input("square", ElementType.FLOAT32, "n");
        var raw = g.input("gradient", ElementType.FLOAT32, "n");
        var gradient = g.mul(raw, factor(g, "clip"));
        var newMean = g.add(g.mul(mean, config.beta1()), g.mul(gradient, 1 - config.beta1()));
        var newSquare =
                g.add(
                        g.mul(square, config.beta2()),
                        g.mul(g.mul(gradient, gradient), 1 - config.beta2()));
        var root = g.add(g.sqrt(g.mul(newSquare, factor(g, "root"))), config.epsilon());
        var step = g.div(g.mul(newMean, factor(g, "rate")), root);
        g.output("new_weight", g.sub(g.mul(weight, factor(g, "kept")), step));
        g.output("new_mean", newMean);
        g.output("new_square", newSquare);
        return g.toModel();
    }

    private static Value factor(GraphBuilder g, String name) {
        return g.input(name, ElementType.FLOAT32);
    }

    /// Adds the gradients to the sum of those of the step's runs before.
    public void accumulate() throws ProblemException {
        for (long from = 0; from < parameters.length(); from += CHUNK) {
            long count = Math.min(CHUNK, parameters.length() - from);
            try (var sum = parameters.range(Piece.GRADIENT_SUM, from, count);
                    var more = parameters.range(Piece.GRADIENTS, from, count)) {
                sums.run(Map.of("a", sum, "b", more), Set.of(), Map.of("sum", sum), never())
                        .close();
            }
        }
    }

    /// Forgets the sum of gradients, for the next step.
    public void startAccumulating() {
        parameters.memory(Piece.GRADIENT_SUM).fill((byte) 0);
    }

    /// The length of all gradients as one vector.
    ///
    /// @param piece where they are
    public double gradientNorm(Piece piece) throws ProblemException {
        double sum = 0;
        for (long from = 0; from < parameters.length(); from += CHUNK) {
            long count = Math.min(CHUNK, parameters.length() - from);
            try (var part = parameters.range(piece, from, count);
                    var result = squares.run(Map.of("gradient", part), Set.of("sum"), never())) {
                sum += result.get("sum").toDoubles()[0];
            }
        }
        return Math.sqrt(sum);
    }

    /// Changes the values.
    ///
    /// @param step counted from 1
    /// @param piece where the gradients are
    /// @param gradientFactor what they are to be multiplied by, for example to take a loss scale back
    /// @param gradientNorm their length after that
    public void step(
            int step, double learningRate, Piece piece, double gradientFactor, double gradientNorm)
            throws ProblemException {
        double clip = Math.min(1, maxGradientNorm / (gradientNorm + NORM_EPSILON));
        var factors = new HashMap<String, Double>();
        factors.put("clip", clip * gradientFactor);
        factors.put("rate", learningRate / (1 - Math.pow(config.beta1(), step)));
        factors.put("root", 1 / (1 - Math.pow(config.beta2(), step)));
        factors.put("kept", 1 - learningRate * config.weightDecay());
        update(0, parameters.decayingLength(), piece, factors);
        factors.put("kept", 1.0);
        update(parameters.decayingLength(), parameters.length(), piece, factors);
    }

    private void update(long start, long end, Piece gradients, Map<String, Double> factors)
            throws ProblemException {
        var inputs = new HashMap<String, NativeTensor>();
        try {
            factors.forEach((name, factor) ->
                    inputs.put(name, NativeTensor.ofFloats(Shape.SCALAR, factor.floatValue())));
            for (long from = start; from < end; from += CHUNK) {
                long count = Math.min(CHUNK, end - from);
                try (var weight = parameters.range(Piece.VALUES, from, count);
                        var mean = parameters.range(Piece.MEAN, from, count);
                        var square = parameters.range(Piece.SQUARE, from, count);
                        var gradient = parameters.range(gradients, from, count)) {
                    var given = new HashMap<>(inputs);
                    given.put("weight", weight);
                    given.put("mean", mean);
                    given.put("square", square);
                    given.put("gradient", gradient);
                    var changed =
                            Map.of("new_weight", weight, "new_mean", mean, "new_square", square);
                    update.run(given, Set.of(), changed, never()).close();
                }
            }
        } finally {
            inputs.values().forEach(NativeTensor::close);
        }
    }

    /// A step that has begun is finished: half of the parameters changed would be of no use.
    private static CancelToken never() {
        return new CancelToken();
    }

    @Override
    public void close() {
        squares.close();
        sums.close();
        update.close();
    }
}

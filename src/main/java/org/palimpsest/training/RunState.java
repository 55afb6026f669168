package org.palimpsest.training;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.palimpsest.checkpoint.SafetensorsCheckpoint;
import org.palimpsest.checkpoint.SafetensorsWriter;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Shape;
import org.palimpsest.tensor.Tensor;
import org.palimpsest.tensor.TensorInfo;
import org.palimpsest.training.optimizer.FlatParameters;
import org.palimpsest.training.optimizer.FlatParameters.Piece;
import org.palimpsest.training.optimizer.LossScale;

/// Where a run stands, apart from the trained values themselves.
///
/// @param step how many steps were taken
/// @param lossScale of the next step
/// @param bestStep after which the best evaluation was made; -1 before the first
/// @param bestScore larger is better
/// @param evaluationsSinceBest how many were made and were not better
record RunState(
        int step, LossScale lossScale, int bestStep, double bestScore, int evaluationsSinceBest) {
    private static final String BEST = "best.";
    private static final Map<Piece, String> KEPT =
            Map.of(Piece.VALUES, "value.", Piece.MEAN, "mean.", Piece.SQUARE, "square.");

    static RunState start(LossScale lossScale) {
        return new RunState(0, lossScale, -1, Double.NEGATIVE_INFINITY, 0);
    }

    RunState afterStep(LossScale scale) {
        return new RunState(step + 1, scale, bestStep, bestScore, evaluationsSinceBest);
    }

    /// After an evaluation of the values as they are.
    ///
    /// @param score one that is no number is worse than any
    RunState evaluated(double score) {
        double known = Double.isNaN(score) ? Double.NEGATIVE_INFINITY : score;
        return isBetter(known)
                ? new RunState(step, lossScale, step, known, 0)
                : new RunState(step, lossScale, bestStep, bestScore, evaluationsSinceBest + 1);
    }

    boolean isBetter(double score) {
        return bestStep < 0 || score > bestScore;
    }

    /// Writes everything that the run needs to go on into one file, which appears whole or not at all.
    ///
    /// @param settings tells this run from one with other settings
    /// @param best the values of the best evaluation by name; empty before the first
    void write(Path file, String settings, FlatParameters parameters, Map<String, float[]> best)
            throws ProblemException {
        var infos = new ArrayList<TensorInfo>();
        for (var parameter : parameters.parameters()) {
            KEPT.values().forEach(prefix -> infos.add(info(prefix, parameter)));
            if (!best.isEmpty()) {
                infos.add(info(BEST, parameter));
            }
        }
        SafetensorsWriter.write(
                file,
                infos,
                texts(settings),
                (info, sink) -> sink.write(bytes(info.name(), parameters, best)));
    }

    private static TensorInfo info(String prefix, FlatParameters.Parameter parameter) {
        return new TensorInfo(prefix + parameter.name(), ElementType.FLOAT32, parameter.shape());
    }

    private static MemorySegment bytes(
            String name, FlatParameters parameters, Map<String, float[]> best) {
        for (var kept : KEPT.entrySet()) {
            if (name.startsWith(kept.getValue())) {
                return parameters
                        .tensor(kept.getKey(), name.substring(kept.getValue().length()))
                        .memory();
            }
        }
        float[] values = best.get(name.substring(BEST.length()));
        if (values == null) {
            throw new IllegalStateException("No best values of " + name);
        }
        return Tensor.ofFloats(Arena.ofAuto(), Shape.of(values.length), values).memory();
    }

    private Map<String, String> texts(String settings) {
        return Map.of(
                "settings", settings,
                "step", Integer.toString(step),
                "loss_scale", lossScale.toText(),
                "best_step", Integer.toString(bestStep),
                "best_score", Double.toString(bestScore),
                "evaluations_since_best", Integer.toString(evaluationsSinceBest));
    }

    /// What was read of a file.
    ///
    /// @param best the values of the best evaluation by name
    record Stored(RunState state, Map<String, float[]> best) {}

    /// Reads a file into the parameters.
    ///
    /// @return empty if there is no such file
    /// @throws ProblemException if it belongs to a run with other settings, or is damaged
    static Optional<Stored> read(Path file, String settings, FlatParameters parameters)
            throws ProblemException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (var checkpoint = SafetensorsCheckpoint.open(file);
                var arena = Arena.ofConfined()) {
            var texts = checkpoint.metadata();
            if (!settings.equals(texts.get("settings"))) {
                throw new ProblemException(
                        "This folder holds a training run with other settings",
                        file.toString(),
                        "Repeat that run's settings to go on with it, or choose another folder");
            }
            for (var parameter : parameters.parameters()) {
                for (var kept : KEPT.entrySet()) {
                    parameters
                            .tensor(kept.getKey(), parameter.name())
                            .memory()
                            .copyFrom(
                                    values(checkpoint, kept.getValue(), parameter, file, arena)
                                            .memory());
                }
            }
            var state = state(texts);
            return Optional.of(new Stored(state, best(checkpoint, state, parameters, file, arena)));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    new Problem(
                            "The state of this training run is damaged",
                            file + ": " + e.getMessage(),
                            "Delete the file to start the run again"),
                    e);
        }
    }

    private static Map<String, float[]> best(
            SafetensorsCheckpoint checkpoint,
            RunState state,
            FlatParameters parameters,
            Path file,
            Arena arena)
            throws ProblemException {
        var best = new HashMap<String, float[]>();
        if (state.bestStep() >= 0) {
            for (var parameter : parameters.parameters()) {
                best.put(
                        parameter.name(),
                        values(checkpoint, BEST, parameter, file, arena).toFloats());
            }
        }
        return best;
    }

    private static RunState state(Map<String, String> texts) {
        for (String key : List.of("step", "loss_scale", "best_step", "best_score")) {
            if (!texts.containsKey(key)) {
                throw new IllegalArgumentException("no " + key);
            }
        }
        return new RunState(
                Integer.parseInt(texts.getOrDefault("step", "")),
                LossScale.parse(texts.getOrDefault("loss_scale", "")),
                Integer.parseInt(texts.getOrDefault("best_step", "")),
                Double.parseDouble(texts.getOrDefault("best_score", "")),
                Integer.parseInt(texts.getOrDefault("evaluations_since_best", "0")));
    }

    private static Tensor values(
            SafetensorsCheckpoint checkpoint,
            String prefix,
            FlatParameters.Parameter parameter,
            Path file,
            Arena arena)
            throws ProblemException {
        String name = prefix + parameter.name();
        var stored = checkpoint.find(name);
        if (stored.isEmpty()
                || !stored.get().info().shape().equals(parameter.shape())
                || stored.get().info().elementType() != ElementType.FLOAT32) {
            throw new ProblemException(
                    "The state of this training run is damaged",
                    file + ": no " + name + " " + parameter.shape(),
                    "Delete the file to start the run again");
        }
        return checkpoint.map(stored.get(), arena);
    }
}

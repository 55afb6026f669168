package org.palimpsest.paligemma.weights;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.palimpsest.checkpoint.Checkpoint;
import org.palimpsest.checkpoint.StoredTensor;
import org.palimpsest.paligemma.config.CheckpointLayout;
import org.palimpsest.paligemma.config.PaliGemmaConfig;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.tensor.Shape;
import org.palimpsest.tensor.Tensor;
import org.palimpsest.tensor.TensorInfo;

/// Every parameter of a PaliGemma with the place of its values, all names found and all shapes checked.
///
/// Holds places, not values; the checkpoint stays open as long as tensors are to be mapped. Thread-safe.
public final class PaliGemmaWeights {
    private static final String REMEDY =
            "Choose a folder whose config.json and weights belong together, or download it again";

    private final Checkpoint checkpoint;
    private final PaliGemmaConfig config;
    private final Map<Parameter, Weight> weights;

    private PaliGemmaWeights(
            Checkpoint checkpoint, PaliGemmaConfig config, Map<Parameter, Weight> weights) {
        this.checkpoint = checkpoint;
        this.config = config;
        this.weights = weights;
    }

    /// Finds every parameter. The number of embedding rows is taken from the tensor; [#config()] has it.
    ///
    /// @throws ProblemException naming file, tensor, expected and found, if a tensor is missing, has another shape, or a type
    /// that cannot be a weight
    public static PaliGemmaWeights locate(Checkpoint checkpoint, PaliGemmaConfig config)
            throws ProblemException {
        var embedding = find(checkpoint, Parameter.of(Role.TOKEN_EMBEDDING), config);
        var actual = embedding.isPresent() ? withRowsOf(embedding.get(), config) : config;
        var weights = new LinkedHashMap<Parameter, Weight>();
        var missing = new ArrayList<Parameter>();
        for (var parameter : Parameter.all(actual)) {
            var stored = find(checkpoint, parameter, actual);
            if (stored.isPresent()) {
                weights.put(parameter, check(parameter, stored.get(), actual));
            } else {
                missing.add(parameter);
            }
        }
        if (!missing.isEmpty()) {
            throw missing(checkpoint, missing, actual);
        }
        return new PaliGemmaWeights(checkpoint, actual, weights);
    }

    /// @throws IllegalArgumentException if the model has no such parameter
    public Weight get(Parameter parameter) {
        var weight = weights.get(parameter);
        if (weight == null) {
            throw new IllegalArgumentException("This model has no " + parameter);
        }
        return weight;
    }

    public Weight get(Role role) {
        return get(Parameter.of(role));
    }

    public Weight get(int layer, Role role) {
        return get(Parameter.layer(layer, role));
    }

    /// In the order of [Parameter#all].
    public Collection<Weight> all() {
        return Collections.unmodifiableCollection(weights.values());
    }

    /// The configuration, its vocabulary size replaced by the rows that the embedding really has.
    public PaliGemmaConfig config() {
        return config;
    }

    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /// The shape that a parameter has in Hugging Face checkpoints.
    public Shape huggingFaceShape(Parameter parameter) {
        var layout = ParameterTable.layout(parameter.role(), CheckpointLayout.HUGGING_FACE);
        return ParameterTable.shape(parameter.role(), layout, config);
    }

    /// Values of a parameter put from the order of this checkpoint into that of Hugging Face.
    public float[] inHuggingFaceLayout(Parameter parameter, float[] values) {
        var weight = get(parameter);
        var ordered = new float[values.length];
        try (var arena = Arena.ofConfined()) {
            var tensor = Tensor.ofFloats(arena, weight.shape(), values);
            var target = MemorySegment.ofArray(ordered);
            var end = new long[1];
            Transposition.write(
                    tensor,
                    weight.layout(),
                    piece -> {
                        target.asSlice(end[0], piece.byteSize()).copyFrom(piece);
                        end[0] += piece.byteSize();
                    });
        } catch (IOException e) {
            throw new IllegalStateException("Memory does not fail", e);
        }
        return ordered;
    }

    /// The values of a parameter, mapped into memory in the shape that its layout speaks of.
    public Tensor map(Weight weight, Arena arena) throws ProblemException {
        var tensor = checkpoint.map(weight.stored(), arena);
        return new Tensor(tensor.elementType(), weight.shape(), tensor.memory());
    }

    private static PaliGemmaConfig withRowsOf(StoredTensor embedding, PaliGemmaConfig config)
            throws ProblemException {
        var shape = embedding.info().shape();
        int largestId =
                Math.max(Math.max(config.bosTokenId(), config.eosTokenId()), config.padTokenId());
        if (shape.rank() != 2 || shape.size(0) <= largestId || shape.size(0) > Integer.MAX_VALUE) {
            throw wrongShape(
                    embedding, ParameterTable.storedShape(Role.TOKEN_EMBEDDING, config), "");
        }
        return config.withVocabularySize((int) shape.size(0));
    }

    private static Optional<StoredTensor> find(
            Checkpoint checkpoint, Parameter parameter, PaliGemmaConfig config) {
        for (String name : ParameterTable.names(parameter, config)) {
            var found = checkpoint.find(name);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Weight check(Parameter parameter, StoredTensor stored, PaliGemmaConfig config)
            throws ProblemException {
        var role = parameter.role();
        var expected = ParameterTable.storedShape(role, config);
        if (!stored.info().shape().equals(expected)) {
            throw wrongShape(stored, expected, " as config.json says");
        }
        switch (stored.info().elementType()) {
            case FLOAT32, FLOAT16, BFLOAT16 -> {}
            default ->
                    throw new ProblemException(
                            "A weight of this checkpoint has a type that cannot be used",
                            place(stored)
                                    + ": expected FLOAT32, FLOAT16 or BFLOAT16, found "
                                    + stored.info().elementType(),
                            "Choose the unquantised download of the model");
        }
        var layout = ParameterTable.layout(role, config.conventions().layout());
        return new Weight(parameter, stored, layout, ParameterTable.shape(role, layout, config));
    }

    private static ProblemException wrongShape(StoredTensor stored, Shape expected, String source) {
        return new ProblemException(
                "A weight does not fit the configuration of this checkpoint",
                place(stored)
                        + ": expected shape "
                        + expected
                        + source
                        + ", found "
                        + stored.info().shape(),
                REMEDY);
    }

    private static ProblemException missing(
            Checkpoint checkpoint, List<Parameter> missing, PaliGemmaConfig config) {
        String name = ParameterTable.names(missing.getFirst(), config).getFirst();
        for (String other : ParameterTable.names(missing.getFirst(), config)) {
            var type = checkpoint.unreadableType(other);
            if (type.isPresent()) {
                return new ProblemException(
                        "A weight of this checkpoint has a type that cannot be used",
                        checkpoint.location()
                                + ", tensor "
                                + other
                                + ": expected F32, F16 or BF16, found "
                                + type.get(),
                        "Choose the unquantised download of the model");
            }
        }
        var info =
                new TensorInfo(
                        name,
                        config.storedType(),
                        ParameterTable.storedShape(missing.getFirst().role(), config));
        String others =
                missing.size() == 1 ? "" : " (and " + (missing.size() - 1) + " more are missing)";
        return new ProblemException(
                "A weight is missing in this checkpoint",
                checkpoint.location()
                        + ", tensor "
                        + name
                        + ": expected shape "
                        + info.shape()
                        + ", found no such tensor among "
                        + checkpoint.tensors().size()
                        + others,
                REMEDY);
    }

    private static String place(StoredTensor stored) {
        return stored.file() + ", tensor " + stored.name();
    }
}

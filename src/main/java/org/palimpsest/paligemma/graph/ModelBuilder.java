package org.palimpsest.paligemma.graph;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.palimpsest.onnx.AttentionOptions;
import org.palimpsest.onnx.Attributes;
import org.palimpsest.onnx.GraphBuilder;
import org.palimpsest.onnx.OperatorForm;
import org.palimpsest.onnx.Value;
import org.palimpsest.paligemma.config.PaliGemmaConfig;
import org.palimpsest.paligemma.weights.PaliGemmaWeights;
import org.palimpsest.paligemma.weights.Parameter;
import org.palimpsest.paligemma.weights.Role;
import org.palimpsest.paligemma.weights.Weight;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Shape;

/// A graph under construction with the weights of a checkpoint, used where and as they lie.
final class ModelBuilder {
    final GraphBuilder graph;
    final PaliGemmaConfig config;
    private final PaliGemmaWeights weights;
    private final WeightPlaces places;
    private final GraphOptions options;
    private final Adaptation adaptation;
    private final Map<Parameter, Value> declared = new HashMap<>();
    private @Nullable Dropout dropout;

    ModelBuilder(String name, PaliGemmaWeights weights, WeightPlaces places, GraphOptions options) {
        this(name, weights, places, options, Adaptation.NONE);
    }

    ModelBuilder(
            String name,
            PaliGemmaWeights weights,
            WeightPlaces places,
            GraphOptions options,
            Adaptation adaptation) {
        this.graph = new GraphBuilder(name, options.form());
        this.config = weights.config();
        this.weights = weights;
        this.places = places;
        this.options = options;
        this.adaptation = adaptation;
    }

    /// From here on the terms of low rank drop values as their rates say.
    void dropWith(Dropout wanted) {
        dropout = wanted;
    }

    /// How graphs call a parameter: `q_proj_of_layer_0`.
    static String name(Parameter parameter) {
        return parameter.toString().toLowerCase(Locale.ROOT).replace(' ', '_');
    }

    ElementType computeType() {
        return options.computeType();
    }

    /// The bytes of a weight as the checkpoint has them, in the shape that its layout speaks of.
    Value stored(Parameter parameter) {
        return declared.computeIfAbsent(
                parameter,
                _ -> {
                    Weight weight = weights.get(parameter);
                    if (adaptation.given().contains(parameter)) {
                        return graph.input(
                                name(parameter), ElementType.FLOAT32, sizes(weight.shape()));
                    }
                    float[] values = adaptation.replaceable().get(parameter);
                    if (values != null) {
                        Value own = graph.floats(name(parameter), weight.shape(), values);
                        graph.allowReplacing(own);
                        return own;
                    }
                    WeightPlaces.Place place = places.of(weight);
                    return graph.external(
                            name(parameter), place.elementType(), weight.shape(), place.data());
                });
    }

    private static Object[] sizes(Shape shape) {
        return Arrays.stream(shape.toArray()).boxed().toArray();
    }

    Value weight(Parameter parameter) {
        return graph.cast(stored(parameter), computeType());
    }

    /// `x · W`, whichever way W lies, with the term of low rank if there is one.
    Value linear(Value x, Parameter parameter) {
        Value y = product(x, parameter);
        return hasTerm(parameter) ? graph.add(y, term(x, parameter)) : y;
    }

    private boolean hasTerm(Parameter parameter) {
        return adaptation.terms().containsKey(parameter) || adaptation.open().contains(parameter);
    }

    private Value product(Value x, Parameter parameter) {
        return switch (weights.get(parameter).layout()) {
            case OUT_IN, TABLE -> graph.matMulTransposed(x, weight(parameter));
            case IN_OUT -> graph.matMul(x, weight(parameter));
            case VECTOR, HEADS_IN_OUT, PATCH_OIHW, PATCH_HWIO ->
                    throw new IllegalArgumentException(parameter + " is no matrix");
        };
    }

    Value linear(Value x, Parameter weight, Parameter bias) {
        return graph.add(linear(x, weight), weight(bias));
    }

    /// scaling · B·(A·x), `[batch, tokens, in]` to `[batch, tokens, out]`.
    private Value term(Value x, Parameter parameter) {
        long in = x.fixedSize(-1);
        long out = weights.get(parameter).shape().elementCount() / in;
        var term = adaptation.terms().get(parameter);
        return term == null
                ? openTerm(x, parameter, in, out)
                : fixedTerm(x, parameter, term, in, out);
    }

    private Value openTerm(Value x, Parameter parameter, long in, long out) {
        String rank = "rank_of_" + name(parameter);
        String nameOfA = Adaptation.a(parameter);
        String nameOfB = Adaptation.b(parameter);
        Value a = graph.optionalInput(nameOfA, ElementType.FLOAT32, Shape.of(0, in), rank, in);
        Value b = graph.optionalInput(nameOfB, ElementType.FLOAT32, Shape.of(out, 0), out, rank);
        Value down = graph.matMulTransposed(x, graph.cast(a, computeType()));
        return graph.matMulTransposed(down, graph.cast(b, computeType()));
    }

    private Value fixedTerm(
            Value x, Parameter parameter, Adaptation.LowRank term, long in, long out) {
        Value a = graph.input(Adaptation.a(parameter), ElementType.FLOAT32, term.rank(), in);
        Value b = graph.input(Adaptation.b(parameter), ElementType.FLOAT32, out, term.rank());
        Value seen = dropout == null ? x : dropout.apply(x, term.dropout());
        Value down = graph.matMulTransposed(seen, graph.cast(a, computeType()));
        return graph.matMulTransposed(down, graph.cast(b, computeType()), term.scaling());
    }

    /// A projection into attention heads: `[batch, tokens, in]` to `[batch, heads, tokens, headDim]`.
    Value heads(Value x, Parameter parameter, int heads, int headDim) {
        return switch (weights.get(parameter).layout()) {
            // [batch, 1, tokens, in] · [heads, in, headDim]
            case HEADS_IN_OUT -> {
                Value y = graph.matMul(graph.unsqueeze(x, 1), weight(parameter));
                yield hasTerm(parameter)
                        ? graph.add(y, splitHeads(term(x, parameter), heads, headDim))
                        : y;
            }
            case OUT_IN, IN_OUT, TABLE, VECTOR, PATCH_OIHW, PATCH_HWIO ->
                    splitHeads(linear(x, parameter), heads, headDim);
        };
    }

    Value splitHeads(Value x, int heads, int headDim) {
        return graph.transpose(graph.reshape(x, 0, 0, heads, headDim), 0, 2, 1, 3);
    }

    /// `[batch, heads, tokens, headDim]` to `[batch, tokens, heads * headDim]`.
    Value joinHeads(Value x, long width) {
        return graph.reshape(graph.transpose(x, 0, 2, 1, 3), 0, 0, width);
    }

    /// Gemma's norm: the stored scale counts from 1 (big_vision models/ppp/gemma.py, RMSNorm, 0127fb6). Always in float32.
    Value rmsNorm(Value x, Parameter scale) {
        Value scaleFromZero = graph.add(graph.cast(stored(scale), ElementType.FLOAT32), 1);
        Value normed =
                graph.rmsNormalization(
                        graph.cast(x, ElementType.FLOAT32),
                        scaleFromZero,
                        config.text().rmsNormEpsilon());
        return graph.cast(normed, computeType());
    }

    /// SigLIP's norm, always in float32.
    Value layerNorm(Value x, Parameter scale, Parameter bias) {
        Value normed =
                graph.layerNormalization(
                        graph.cast(x, ElementType.FLOAT32),
                        graph.cast(stored(scale), ElementType.FLOAT32),
                        graph.cast(stored(bias), ElementType.FLOAT32),
                        config.vision().layerNormEpsilon());
        return graph.cast(normed, computeType());
    }

    /// Attention where several query heads may share a key head.
    Value groupedAttention(
            Value queries,
            Value keys,
            Value values,
            @Nullable Value mask,
            AttentionOptions attention) {
        if (options.stacksQueryHeads() || options.form() != OperatorForm.FUSED) {
            return graph.attention(queries, keys, values, mask, attention);
        }
        var attributes = Attributes.NONE.with("scale", attention.scale());
        if (attention.softCap() > 0) {
            attributes = attributes.with("softcap", attention.softCap());
        }
        return graph.apply("Attention", attributes, queries, keys, values, mask);
    }

    Parameter model(Role role) {
        return Parameter.of(role);
    }

    /// Rows of the embedding table: `[batch, tokens]` to `[batch, tokens, hidden]`, in float32, not scaled.
    Value embed(Value tokenIds) {
        Value rows = graph.gather(stored(Parameter.of(Role.TOKEN_EMBEDDING)), tokenIds, 0);
        return graph.cast(rows, ElementType.FLOAT32);
    }

    /// √hidden, by which Gemma multiplies its embeddings.
    double embeddingScale() {
        return Math.sqrt(config.text().hiddenDim());
    }
}

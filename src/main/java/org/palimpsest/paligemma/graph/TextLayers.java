package org.palimpsest.paligemma.graph;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.palimpsest.onnx.AttentionOptions;
import org.palimpsest.onnx.GraphBuilder;
import org.palimpsest.onnx.Section;
import org.palimpsest.onnx.Value;
import org.palimpsest.paligemma.config.GemmaGeneration;
import org.palimpsest.paligemma.config.TextConfig;
import org.palimpsest.paligemma.weights.Parameter;
import org.palimpsest.paligemma.weights.Role;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Shape;

/// The layers of Gemma and Gemma 2, whatever keeps their keys and values.
final class TextLayers {

    /// What a layer can look at: keys and values of all positions so far, `[batch, heads, positions, headDim]`.
    record KeysAndValues(Value keys, Value values) {}

    /// Adds the new keys and values of a layer to those of earlier positions.
    @FunctionalInterface
    interface Cache {
        KeysAndValues append(int layer, Value newKeys, Value newValues);
    }

    /// Which mask is added to the scores of a layer; null for none.
    @FunctionalInterface
    interface Masks {
        @Nullable Value of(int layer);
    }

    private final ModelBuilder model;
    private final GraphBuilder graph;
    private final TextConfig config;
    private final Cache cache;
    private final Masks masks;
    private final Value cos;
    private final Value sin;
    private final List<Section> sections = new ArrayList<>();

    /// @param positions int64 `[batch, sequence]`
    TextLayers(ModelBuilder model, Value positions, Cache cache, Masks masks) {
        this.model = model;
        this.graph = model.graph;
        this.config = model.config.text();
        this.cache = cache;
        this.masks = masks;
        Value angles = angles(positions);
        this.cos = graph.cast(graph.cos(angles), model.computeType());
        this.sin = graph.cast(graph.sin(angles), model.computeType());
    }

    /// `[batch, sequence, headDim / 2]`: position · theta^(-2i / headDim), in float32.
    private Value angles(Value positions) {
        int half = config.headDim() / 2;
        var frequencies = new float[half];
        for (int i = 0; i < half; i++) {
            frequencies[i] = (float) (1 / Math.pow(config.ropeTheta(), 2.0 * i / config.headDim()));
        }
        Value frequency = graph.floats("rope_frequencies", Shape.of(half), frequencies);
        Value position = graph.unsqueeze(graph.cast(positions, ElementType.FLOAT32), 2);
        return graph.mul(position, frequency);
    }

    /// @param x `[batch, sequence, hidden]`
    Value apply(Value x) {
        Value hidden = x;
        for (int layer = 0; layer < config.numLayers(); layer++) {
            int first = graph.nodes().size();
            Value before = hidden;
            try (var scope = graph.scope("text." + layer)) {
                hidden = layer(hidden, layer);
            }
            sections.add(new Section(before, hidden, first, graph.nodes().size()));
        }
        return hidden;
    }

    /// The layers that were applied, as parts of the graph.
    List<Section> sections() {
        return sections;
    }

    private Value layer(Value x, int layer) {
        Value attended = attention(model.rmsNorm(x, at(layer, Role.INPUT_NORM)), layer);
        if (config.generation() == GemmaGeneration.GEMMA2) {
            attended = model.rmsNorm(attended, at(layer, Role.POST_ATTENTION_NORM));
        }
        Value between = graph.add(x, attended);
        Value fed =
                feedForward(model.rmsNorm(between, at(layer, Role.PRE_FEEDFORWARD_NORM)), layer);
        if (config.generation() == GemmaGeneration.GEMMA2) {
            fed = model.rmsNorm(fed, at(layer, Role.POST_FEEDFORWARD_NORM));
        }
        return graph.add(between, fed);
    }

    private Value attention(Value x, int layer) {
        int headDim = config.headDim();
        int keyValueHeads = config.numKeyValueHeads();
        Value queries =
                rotate(model.heads(x, at(layer, Role.Q_PROJ), config.numQueryHeads(), headDim));
        Value keys = rotate(model.heads(x, at(layer, Role.K_PROJ), keyValueHeads, headDim));
        Value values = model.heads(x, at(layer, Role.V_PROJ), keyValueHeads, headDim);
        KeysAndValues all = cache.append(layer, keys, values);
        var options =
                new AttentionOptions(config.queryScale(), config.attentionLogitSoftCap().orElse(0));
        Value mixed =
                model.groupedAttention(queries, all.keys(), all.values(), masks.of(layer), options);
        return model.linear(model.joinHeads(mixed, config.queryDim()), at(layer, Role.O_PROJ));
    }

    private Value rotate(Value heads) {
        return graph.rotaryEmbedding(heads, cos, sin);
    }

    /// down(gelu(gate(x)) · up(x))
    private Value feedForward(Value x, int layer) {
        Value gate = graph.gelu(model.linear(x, at(layer, Role.GATE_PROJ)));
        Value up = model.linear(x, at(layer, Role.UP_PROJ));
        return model.linear(graph.mul(gate, up), at(layer, Role.DOWN_PROJ));
    }

    private static Parameter at(int layer, Role role) {
        return Parameter.layer(layer, role);
    }
}

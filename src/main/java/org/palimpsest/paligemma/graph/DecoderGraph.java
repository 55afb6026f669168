package org.palimpsest.paligemma.graph;

import org.palimpsest.onnx.GraphBuilder;
import org.palimpsest.onnx.OnnxModel;
import org.palimpsest.onnx.Value;
import org.palimpsest.paligemma.config.TextConfig;
import org.palimpsest.paligemma.weights.PaliGemmaWeights;
import org.palimpsest.paligemma.weights.Parameter;
import org.palimpsest.paligemma.weights.Role;
import org.palimpsest.tensor.ElementType;

/// Gemma with its embedding and output head, in the two forms in which it is run.
public final class DecoderGraph {
    private DecoderGraph() {}

    /// The decoder as this program runs it: image features and token ids in, the logits of one position per example out.
    ///
    /// The cache has a fixed capacity and is written in place where a run is given the same memory for `past…` and
    /// `present…`. Inputs, with `sequence` = image tokens + text tokens:
    /// - `image_features` float32 `[batch, image, hidden]`, no tokens after the prefill; `token_ids` int64 `[batch, text]`
    /// - `positions` int64 `[batch, sequence]`; `write_index` int64 `[batch]`: where the first new row goes in the cache
    /// - `last_index` int64 `[batch, 1]`: the place in the sequence whose logits are wanted
    /// - `mask` `[batch, 1, sequence, capacity]`, added to the scores; `local_mask` the same for sliding-window layers
    /// - `past_key_values.N.key` and `.value` `[batch, keyValueHeads, capacity, headDim]`
    public static OnnxModel cached(
            PaliGemmaWeights weights, WeightPlaces places, GraphOptions options) {
        return cached(weights, places, options, Adaptation.NONE);
    }

    /// As above, departing from the checkpoint.
    public static OnnxModel cached(
            PaliGemmaWeights weights,
            WeightPlaces places,
            GraphOptions options,
            Adaptation adaptation) {
        var model = new ModelBuilder("decoder", weights, places, options, adaptation);
        GraphBuilder graph = model.graph;
        TextConfig config = model.config.text();
        Value images =
                graph.input(
                        Ports.IMAGE_FEATURES,
                        ElementType.FLOAT32,
                        "batch",
                        "image",
                        config.hiddenDim());
        Value tokens = graph.input(Ports.TOKEN_IDS, ElementType.INT64, "batch", "text");
        Value positions = graph.input(Ports.POSITIONS, ElementType.INT64, "batch", "sequence");
        Value writeIndex = graph.input(Ports.WRITE_INDEX, ElementType.INT64, "batch");
        Value lastIndex = graph.input(Ports.LAST_INDEX, ElementType.INT64, "batch", 1);
        Value mask = mask(model, Ports.MASK);
        Value localMask = config.slidingWindow().isPresent() ? mask(model, Ports.LOCAL_MASK) : mask;
        var layers =
                new TextLayers(
                        model,
                        positions,
                        (layer, keys, values) -> {
                            Value allKeys = write(model, Ports.pastKey(layer), keys, writeIndex);
                            Value allValues =
                                    write(model, Ports.pastValue(layer), values, writeIndex);
                            graph.output(Ports.presentKey(layer), allKeys);
                            graph.output(Ports.presentValue(layer), allValues);
                            return new TextLayers.KeysAndValues(allKeys, allValues);
                        },
                        layer -> config.usesSlidingWindow(layer) ? localMask : mask);
        Value text = graph.mul(model.embed(tokens), model.embeddingScale());
        Value sequence = graph.concat(1, images, text);
        Value hidden = layers.apply(graph.cast(sequence, model.computeType()));
        Value last = graph.gatherNd(hidden, lastIndex, 1); // [batch, hidden]
        graph.output(Ports.LOGITS, head(model, last));
        return graph.toModel();
    }

    private static Value mask(ModelBuilder model, String name) {
        return model.graph.input(name, model.computeType(), "batch", 1, "sequence", "capacity");
    }

    private static Value write(ModelBuilder model, String name, Value rows, Value writeIndex) {
        TextConfig config = model.config.text();
        Value past =
                model.graph.input(
                        name,
                        model.computeType(),
                        "batch",
                        config.numKeyValueHeads(),
                        "capacity",
                        config.headDim());
        return model.graph.tensorScatter(past, rows, writeIndex, -2);
    }

    /// Final norm, product with the embedding table, and the soft cap where the checkpoint's library applies it.
    static Value head(ModelBuilder model, Value hidden) {
        GraphBuilder graph = model.graph;
        Value normed = model.rmsNorm(hidden, Parameter.of(Role.FINAL_NORM));
        Value logits =
                graph.cast(
                        model.linear(normed, Parameter.of(Role.TOKEN_EMBEDDING)),
                        ElementType.FLOAT32);
        var cap = model.config.text().finalLogitSoftCap();
        if (cap.isPresent() && model.config.conventions().appliesFinalSoftCap()) {
            double limit = cap.getAsDouble();
            return graph.mul(graph.tanh(graph.div(logits, limit)), limit);
        }
        return logits;
    }

    /// The embedder of the published layout: `input_ids` to `inputs_embeds`, not scaled.
    public static OnnxModel publishedEmbedder(
            PaliGemmaWeights weights, WeightPlaces places, GraphOptions options) {
        var model = new ModelBuilder("embed_tokens", weights, places, options);
        Value ids =
                model.graph.input(
                        Ports.INPUT_IDS, ElementType.INT64, "batch_size", "sequence_length");
        model.graph.output(Ports.INPUTS_EMBEDS, model.embed(ids));
        return model.graph.toModel();
    }

    /// The decoder of the published layout: embeddings and growing caches in, logits of every position out. Every position
    /// sees every other one that is fed, so the whole prompt must go in at once.
    public static OnnxModel published(
            PaliGemmaWeights weights, WeightPlaces places, GraphOptions options) {
        var model = new ModelBuilder("decoder_model_merged", weights, places, options);
        GraphBuilder graph = model.graph;
        TextConfig config = model.config.text();
        Value embeds =
                graph.input(
                        Ports.INPUTS_EMBEDS,
                        ElementType.FLOAT32,
                        "batch_size",
                        "sequence_length",
                        config.hiddenDim());
        Value positions =
                graph.input(Ports.POSITION_IDS, ElementType.INT64, "batch_size", "sequence_length");
        var layers =
                new TextLayers(
                        model,
                        positions,
                        (layer, keys, values) -> {
                            Value allKeys = grow(model, Ports.pastKey(layer), keys);
                            Value allValues = grow(model, Ports.pastValue(layer), values);
                            graph.output(Ports.presentKey(layer), allKeys);
                            graph.output(Ports.presentValue(layer), allValues);
                            return new TextLayers.KeysAndValues(allKeys, allValues);
                        },
                        _ -> null);
        Value scaled = graph.mul(embeds, model.embeddingScale());
        Value hidden = layers.apply(graph.cast(scaled, model.computeType()));
        graph.output(Ports.LOGITS, head(model, hidden));
        return graph.toModel();
    }

    private static Value grow(ModelBuilder model, String name, Value rows) {
        TextConfig config = model.config.text();
        Value past =
                model.graph.input(
                        name,
                        model.computeType(),
                        "batch_size",
                        config.numKeyValueHeads(),
                        "past_sequence_length",
                        config.headDim());
        return model.graph.concat(2, past, rows);
    }
}

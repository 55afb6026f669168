package org.palimpsest.paligemma.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.palimpsest.onnx.GraphBuilder;
import org.palimpsest.onnx.Section;
import org.palimpsest.onnx.Value;
import org.palimpsest.paligemma.config.TextConfig;
import org.palimpsest.paligemma.weights.PaliGemmaWeights;
import org.palimpsest.paligemma.weights.Parameter;
import org.palimpsest.tensor.ElementType;

/// The whole model from pixels or image features to the loss of what it should have answered.
///
/// The loss is the sum of the cross-entropies of all target tokens, in float32; who wants the mean divides by their number.
/// Logits are computed for the targets alone. Inputs, with `sequence` = image tokens + text tokens:
/// - `pixel_values` float32 `[batch, 3, size, size]`, or `image_features` float32 `[batch, image, hidden]`
/// - `token_ids` int64 `[batch, text]`: prompt and answer of each example, then anything up to the longest
/// - `positions` int64 `[batch, sequence]`
/// - `mask` `[batch, 1, sequence, sequence]`, added to the scores; `local_mask` the same for sliding-window layers
/// - `target_places` int64 `[targets, 2]`: example and place in the sequence whose next token is a target
/// - `target_ids` int64 `[targets, 1]`: those next tokens
/// - `dropout_seed` int64 scalar, where anything is dropped
/// - the inputs of the [Adaptation]
///
/// @param loss scalar
/// @param trained the inputs of the adaptation by name
/// @param layers of both encoders that the loss passes, in their order
public record LossGraph(
        GraphBuilder graph, Value loss, Map<String, Value> trained, List<Section> layers) {

    /// What the graph is made for.
    ///
    /// @param batch number of examples, or a name for it; so `text` and `targets`
    /// @param fromFeatures whether image features are given instead of pixels
    /// @param labelSmoothing ε in (1 − ε)·(−log p[target]) + ε·mean(−log p) over all tokens of the vocabulary
    public record Options(
            Object batch,
            Object text,
            Object targets,
            boolean fromFeatures,
            double labelSmoothing) {
        public Options {
            if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
                throw new IllegalArgumentException("Label smoothing " + labelSmoothing);
            }
        }

        /// For batches of any size.
        public static Options any(boolean fromFeatures, double labelSmoothing) {
            return new Options("batch", "text", "targets", fromFeatures, labelSmoothing);
        }
    }

    public static LossGraph build(
            PaliGemmaWeights weights,
            WeightPlaces places,
            GraphOptions graphOptions,
            Adaptation adaptation,
            Options options) {
        var model = new ModelBuilder("loss", weights, places, graphOptions, adaptation);
        GraphBuilder graph = model.graph;
        TextConfig config = model.config.text();
        int imageTokens = model.config.numImageTokens();
        Object sequence =
                options.text() instanceof Number number
                        ? imageTokens + number.longValue()
                        : "sequence";
        Value positions =
                graph.input(Ports.POSITIONS, ElementType.INT64, options.batch(), sequence);
        if (adaptation.terms().values().stream().anyMatch(term -> term.dropout() > 0)) {
            Value seed = graph.input(Ports.DROPOUT_SEED, ElementType.INT64);
            model.dropWith(new Dropout(graph, seed, positions));
        }
        var layers = new ArrayList<Section>();
        Value images =
                options.fromFeatures()
                        ? graph.input(
                                Ports.IMAGE_FEATURES,
                                ElementType.FLOAT32,
                                options.batch(),
                                imageTokens,
                                config.hiddenDim())
                        : VisionGraph.features(model, weights, layers, options.batch());
        Value tokens =
                graph.input(Ports.TOKEN_IDS, ElementType.INT64, options.batch(), options.text());
        Value mask = mask(model, Ports.MASK, options.batch(), sequence);
        Value localMask =
                config.slidingWindow().isPresent()
                        ? mask(model, Ports.LOCAL_MASK, options.batch(), sequence)
                        : mask;
        var text =
                new TextLayers(
                        model,
                        positions,
                        (_, keys, values) -> new TextLayers.KeysAndValues(keys, values),
                        layer -> config.usesSlidingWindow(layer) ? localMask : mask);
        Value embedded = graph.mul(model.embed(tokens), model.embeddingScale());
        Value shape =
                graph.sizes(
                        graph.sizeOf(positions, 0),
                        graph.sizeOf(positions, 1),
                        graph.longs(config.hiddenDim()));
        Value joined = graph.reshape(graph.concat(1, images, embedded), shape);
        Value hidden = text.apply(graph.cast(joined, model.computeType()));
        layers.addAll(text.sections());
        Value loss = loss(model, hidden, options);
        graph.output(Ports.LOSS, loss);
        return new LossGraph(graph, loss, trained(graph, adaptation), List.copyOf(layers));
    }

    private static Value mask(ModelBuilder model, String name, Object batch, Object sequence) {
        return model.graph.input(name, model.computeType(), batch, 1, sequence, sequence);
    }

    private static Value loss(ModelBuilder model, Value hidden, Options options) {
        GraphBuilder graph = model.graph;
        Value places = graph.input(Ports.TARGET_PLACES, ElementType.INT64, options.targets(), 2);
        Value ids = graph.input(Ports.TARGET_IDS, ElementType.INT64, options.targets(), 1);
        Value rows = graph.gatherNd(hidden, places, 0); // [targets, hidden]
        Value logProbabilities = graph.logSoftmax(DecoderGraph.head(model, rows), -1);
        Value wanted = graph.gatherElements(logProbabilities, ids, 1);
        Value loss = graph.neg(graph.reduceSum(wanted, false, 0, 1));
        if (options.labelSmoothing() == 0) {
            return loss;
        }
        Value everywhere =
                graph.neg(graph.reduceSum(graph.reduceMean(logProbabilities, false, 1), false, 0));
        return graph.add(
                graph.mul(loss, 1 - options.labelSmoothing()),
                graph.mul(everywhere, options.labelSmoothing()));
    }

    /// Sorted by name, so that the order does not depend on where the graph uses them.
    private static Map<String, Value> trained(GraphBuilder graph, Adaptation adaptation) {
        var names = new TreeMap<String, Value>();
        var wanted = new ArrayList<String>();
        for (Parameter parameter : adaptation.terms().keySet()) {
            wanted.add(Adaptation.a(parameter));
            wanted.add(Adaptation.b(parameter));
        }
        adaptation.given().forEach(parameter -> wanted.add(ModelBuilder.name(parameter)));
        for (Value input : graph.graph().inputs()) {
            if (wanted.contains(input.name())) {
                names.put(input.name(), input);
            }
        }
        return names;
    }
}

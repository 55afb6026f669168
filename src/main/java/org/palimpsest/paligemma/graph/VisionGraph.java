package org.palimpsest.paligemma.graph;

import java.util.ArrayList;
import java.util.List;
import org.palimpsest.onnx.GraphBuilder;
import org.palimpsest.onnx.OnnxModel;
import org.palimpsest.onnx.Section;
import org.palimpsest.onnx.Value;
import org.palimpsest.paligemma.config.VisionConfig;
import org.palimpsest.paligemma.weights.Layout;
import org.palimpsest.paligemma.weights.PaliGemmaWeights;
import org.palimpsest.paligemma.weights.Parameter;
import org.palimpsest.paligemma.weights.Role;
import org.palimpsest.tensor.ElementType;

/// SigLIP and the projector: `pixel_values` `[batch, 3, size, size]` to `image_features` `[batch, tokens, hidden]`.
public final class VisionGraph {
    private final ModelBuilder model;
    private final GraphBuilder graph;
    private final VisionConfig config;
    private final Layout patchLayout;

    private VisionGraph(ModelBuilder model, Layout patchLayout) {
        this.model = model;
        this.graph = model.graph;
        this.config = model.config.vision();
        this.patchLayout = patchLayout;
    }

    /// @param dividesByEmbeddingScale whether the features come divided by √hidden, as the published ONNX layout has them
    public static OnnxModel build(
            PaliGemmaWeights weights,
            WeightPlaces places,
            GraphOptions options,
            boolean dividesByEmbeddingScale) {
        return build(weights, places, options, Adaptation.NONE, dividesByEmbeddingScale);
    }

    /// As above, departing from the checkpoint.
    public static OnnxModel build(
            PaliGemmaWeights weights,
            WeightPlaces places,
            GraphOptions options,
            Adaptation adaptation,
            boolean dividesByEmbeddingScale) {
        var model = new ModelBuilder("vision_encoder", weights, places, options, adaptation);
        Value features = features(model, weights, new ArrayList<>(), "batch");
        if (dividesByEmbeddingScale) {
            features = model.graph.mul(features, 1 / model.embeddingScale());
        }
        model.graph.output(Ports.IMAGE_FEATURES, features);
        return model.graph.toModel();
    }

    /// The features of the images that the graph is given, in float32.
    ///
    /// @param layers each layer of the encoder is added here
    /// @param batch the number of images, or a name for it
    static Value features(
            ModelBuilder model, PaliGemmaWeights weights, List<Section> layers, Object batch) {
        var layout = weights.get(Role.PATCH_WEIGHT).layout();
        return new VisionGraph(model, layout).features(layers, batch);
    }

    private Value features(List<Section> layers, Object batch) {
        int size = config.imageSize();
        Value pixels = graph.input(Ports.PIXEL_VALUES, ElementType.FLOAT32, batch, 3, size, size);
        Value x = embedPatches(graph.cast(pixels, model.computeType()));
        for (int layer = 0; layer < config.numLayers(); layer++) {
            int first = graph.nodes().size();
            Value before = x;
            try (var scope = graph.scope("vision." + layer)) {
                x = layer(x, layer);
            }
            layers.add(new Section(before, x, first, graph.nodes().size()));
        }
        x =
                model.layerNorm(
                        x,
                        model.model(Role.VISION_POST_NORM_WEIGHT),
                        model.model(Role.VISION_POST_NORM_BIAS));
        Value projected =
                model.linear(
                        x, model.model(Role.PROJECTOR_WEIGHT), model.model(Role.PROJECTOR_BIAS));
        return graph.cast(projected, ElementType.FLOAT32);
    }

    /// The patch convolution as a product: its stride is its kernel, so every pixel belongs to one patch. The pixels are put
    /// in the order of the kernel's bytes, which stay where they lie.
    private Value embedPatches(Value pixels) {
        long side = config.patchesPerSide();
        long patch = config.patchSize();
        long tokens = side * side;
        long values = 3 * patch * patch;
        long width = config.hiddenDim();
        Value grid = graph.reshape(pixels, 0, 3, side, patch, side, patch);
        Value kernel = model.weight(model.model(Role.PATCH_WEIGHT));
        Value embedded;
        if (patchLayout == Layout.PATCH_OIHW) {
            Value patches =
                    graph.transpose(grid, 0, 2, 4, 1, 3, 5); // [batch, row, column, 3, y, x]
            embedded =
                    graph.matMulTransposed(
                            graph.reshape(patches, 0, tokens, values),
                            graph.reshape(kernel, width, values));
        } else {
            Value patches =
                    graph.transpose(grid, 0, 2, 4, 3, 5, 1); // [batch, row, column, y, x, 3]
            embedded =
                    graph.matMul(
                            graph.reshape(patches, 0, tokens, values),
                            graph.reshape(kernel, values, width));
        }
        Value biased = graph.add(embedded, model.weight(model.model(Role.PATCH_BIAS)));
        return graph.add(biased, model.weight(model.model(Role.POSITION_EMBEDDING)));
    }

    private Value layer(Value x, int layer) {
        Value normed =
                model.layerNorm(
                        x, at(layer, Role.VISION_NORM1_WEIGHT), at(layer, Role.VISION_NORM1_BIAS));
        Value attended = graph.add(x, attention(normed, layer));
        Value normedAgain =
                model.layerNorm(
                        attended,
                        at(layer, Role.VISION_NORM2_WEIGHT),
                        at(layer, Role.VISION_NORM2_BIAS));
        Value inner =
                graph.gelu(
                        model.linear(
                                normedAgain,
                                at(layer, Role.VISION_FC1_WEIGHT),
                                at(layer, Role.VISION_FC1_BIAS)));
        return graph.add(
                attended,
                model.linear(
                        inner, at(layer, Role.VISION_FC2_WEIGHT), at(layer, Role.VISION_FC2_BIAS)));
    }

    private Value attention(Value x, int layer) {
        Value queries =
                model.linear(x, at(layer, Role.VISION_Q_WEIGHT), at(layer, Role.VISION_Q_BIAS));
        Value keys =
                model.linear(x, at(layer, Role.VISION_K_WEIGHT), at(layer, Role.VISION_K_BIAS));
        Value values =
                model.linear(x, at(layer, Role.VISION_V_WEIGHT), at(layer, Role.VISION_V_BIAS));
        return model.linear(
                graph.multiHeadAttention(queries, keys, values, config.numHeads()),
                at(layer, Role.VISION_OUT_WEIGHT),
                at(layer, Role.VISION_OUT_BIAS));
    }

    private static Parameter at(int layer, Role role) {
        return Parameter.layer(layer, role);
    }
}

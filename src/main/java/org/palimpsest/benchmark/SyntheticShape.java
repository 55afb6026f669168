package org.palimpsest.benchmark;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.tensor.Shape;

/// The sizes of a model that is made up for a measurement: those of PaliGemma 1 3B, or a part of its layers.
///
/// @param imageSize pixels on a side
/// @param numTextLayers 18 in the whole model
/// @param numVisionLayers 27 in the whole model
public record SyntheticShape(int imageSize, int numTextLayers, int numVisionLayers) {
    static final int PATCH_SIZE = 14;
    static final int TEXT_WIDTH = 2048;
    static final int TEXT_MLP = 16_384;
    static final int NUM_HEADS = 8;
    static final int HEAD_DIM = 256;
    static final int VOCABULARY = 257_216;
    static final int VISION_WIDTH = 1152;
    static final int VISION_MLP = 4304;
    static final int NUM_VISION_HEADS = 16;
    static final int TEXT_LAYERS = 18;
    static final int VISION_LAYERS = 27;

    private static final String PREFIX = "paligemma-3b-";
    private static final List<Integer> IMAGE_SIZES = List.of(224, 448, 896);

    public SyntheticShape {
        if (imageSize < PATCH_SIZE || imageSize % PATCH_SIZE != 0) {
            throw new IllegalArgumentException("Image size " + imageSize);
        }
        if (numTextLayers < 1
                || numTextLayers > TEXT_LAYERS
                || numVisionLayers < 1
                || numVisionLayers > VISION_LAYERS) {
            throw new IllegalArgumentException(
                    numTextLayers + " text layers, " + numVisionLayers + " vision layers");
        }
    }

    /// Reads `paligemma-3b-224`, `-448` or `-896`.
    public static SyntheticShape parse(String name) throws ProblemException {
        for (int size : IMAGE_SIZES) {
            if (name.equals(PREFIX + size)) {
                return new SyntheticShape(size, TEXT_LAYERS, VISION_LAYERS);
            }
        }
        throw new ProblemException(
                "There is no synthetic model called '" + name + "'",
                "",
                "Choose "
                        + IMAGE_SIZES.stream()
                                .map(size -> PREFIX + size)
                                .collect(Collectors.joining(", ")));
    }

    /// The same sizes with at most this many layers in each tower, which needs less disk and memory.
    public SyntheticShape withLayers(int layers) {
        return new SyntheticShape(
                imageSize, Math.min(layers, TEXT_LAYERS), Math.min(layers, VISION_LAYERS));
    }

    public int numImageTokens() {
        int side = imageSize / PATCH_SIZE;
        return side * side;
    }

    /// Weights that prefill and every decode step multiply with: text layers and, per answered token, the output head.
    public long textLayerParameters() {
        return numTextLayers * textLayer().values().stream().mapToLong(Shape::elementCount).sum();
    }

    public long headParameters() {
        return (long) VOCABULARY * TEXT_WIDTH;
    }

    /// Every tensor by the name it has in published checkpoints (`reference/README.md`, first kind of names).
    Map<String, Shape> tensors() {
        var tensors = new LinkedHashMap<String, Shape>();
        tensors.put("language_model.model.embed_tokens.weight", Shape.of(VOCABULARY, TEXT_WIDTH));
        for (int layer = 0; layer < numTextLayers; layer++) {
            String prefix = "language_model.model.layers." + layer + ".";
            textLayer().forEach((name, shape) -> tensors.put(prefix + name, shape));
        }
        tensors.put("language_model.model.norm.weight", Shape.of(TEXT_WIDTH));
        tensors.put("multi_modal_projector.linear.bias", Shape.of(TEXT_WIDTH));
        tensors.put("multi_modal_projector.linear.weight", Shape.of(TEXT_WIDTH, VISION_WIDTH));
        String vision = "vision_tower.vision_model.";
        tensors.put(vision + "embeddings.patch_embedding.bias", Shape.of(VISION_WIDTH));
        tensors.put(
                vision + "embeddings.patch_embedding.weight",
                Shape.of(VISION_WIDTH, 3, PATCH_SIZE, PATCH_SIZE));
        tensors.put(
                vision + "embeddings.position_embedding.weight",
                Shape.of(numImageTokens(), VISION_WIDTH));
        for (int layer = 0; layer < numVisionLayers; layer++) {
            String prefix = vision + "encoder.layers." + layer + ".";
            visionLayer().forEach((name, shape) -> tensors.put(prefix + name, shape));
        }
        tensors.put(vision + "post_layernorm.bias", Shape.of(VISION_WIDTH));
        tensors.put(vision + "post_layernorm.weight", Shape.of(VISION_WIDTH));
        return tensors;
    }

    private static Map<String, Shape> textLayer() {
        var layer = new LinkedHashMap<String, Shape>();
        layer.put("input_layernorm.weight", Shape.of(TEXT_WIDTH));
        layer.put("mlp.down_proj.weight", Shape.of(TEXT_WIDTH, TEXT_MLP));
        layer.put("mlp.gate_proj.weight", Shape.of(TEXT_MLP, TEXT_WIDTH));
        layer.put("mlp.up_proj.weight", Shape.of(TEXT_MLP, TEXT_WIDTH));
        layer.put("post_attention_layernorm.weight", Shape.of(TEXT_WIDTH));
        layer.put("self_attn.k_proj.weight", Shape.of(HEAD_DIM, TEXT_WIDTH));
        layer.put("self_attn.o_proj.weight", Shape.of(TEXT_WIDTH, NUM_HEADS * HEAD_DIM));
        layer.put("self_attn.q_proj.weight", Shape.of(NUM_HEADS * HEAD_DIM, TEXT_WIDTH));
        layer.put("self_attn.v_proj.weight", Shape.of(HEAD_DIM, TEXT_WIDTH));
        return layer;
    }

    private static Map<String, Shape> visionLayer() {
        var layer = new LinkedHashMap<String, Shape>();
        for (String norm : List.of("layer_norm1", "layer_norm2")) {
            layer.put(norm + ".bias", Shape.of(VISION_WIDTH));
            layer.put(norm + ".weight", Shape.of(VISION_WIDTH));
        }
        layer.put("mlp.fc1.bias", Shape.of(VISION_MLP));
        layer.put("mlp.fc1.weight", Shape.of(VISION_MLP, VISION_WIDTH));
        layer.put("mlp.fc2.bias", Shape.of(VISION_WIDTH));
        layer.put("mlp.fc2.weight", Shape.of(VISION_WIDTH, VISION_MLP));
        for (String projection : Arrays.asList("k_proj", "out_proj", "q_proj", "v_proj")) {
            layer.put("self_attn." + projection + ".bias", Shape.of(VISION_WIDTH));
            layer.put("self_attn." + projection + ".weight", Shape.of(VISION_WIDTH, VISION_WIDTH));
        }
        return layer;
    }
}

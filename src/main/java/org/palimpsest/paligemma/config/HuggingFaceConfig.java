package org.palimpsest.paligemma.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.tensor.ElementType;

/// Reads `config.json`, `generation_config.json` and `preprocessor_config.json` as Hugging Face's library does: published
/// files are sparse, and what is missing has the default of its configuration class
/// (transformers models/{paligemma,siglip,gemma,gemma2}/configuration_*.py).
final class HuggingFaceConfig {
    private static final int GEMMA_BOS = 2;
    private static final int GEMMA_EOS = 1;
    private static final int GEMMA_PAD = 0;
    private static final int PILLOW_BICUBIC = 3;
    private static final double DEFAULT_EPSILON = 1e-6;
    private static final String TANH_GELU = "gelu_pytorch_tanh";
    private static final Map<String, ElementType> TYPES =
            Map.of(
                    "float32", ElementType.FLOAT32,
                    "float16", ElementType.FLOAT16,
                    "bfloat16", ElementType.BFLOAT16);

    private final Path folder;
    private final Fields root;
    private final CheckpointLayout layout;

    HuggingFaceConfig(Path folder, Fields root, CheckpointLayout layout) {
        this.folder = folder;
        this.root = root;
        this.layout = layout;
    }

    PaliGemmaConfig read() throws ProblemException {
        String modelType = root.text("model_type").orElse("");
        if (!modelType.equals("paligemma")) {
            throw root.unsupported(
                    "model_type should be \"paligemma\", found \"" + modelType + "\"");
        }
        var vision = vision(root.child("vision_config"));
        var text = text(root.child("text_config"));
        root.optionalSize("projection_dim", ConfigReader.MAX_WIDTH)
                .ifPresent(width -> requireProjection(width, text.hiddenDim()));
        var generation = optionalFile("generation_config.json");
        int imageToken = imageToken();
        return new PaliGemmaConfig(
                vision,
                text,
                new Conventions(layout, imageConversion(vision), false, true, true),
                imageToken,
                token("bos_token_id", generation, GEMMA_BOS),
                token("eos_token_id", generation, GEMMA_EOS),
                token("pad_token_id", generation, GEMMA_PAD),
                storedType());
    }

    private static void requireProjection(int width, int hiddenDim) {
        if (width != hiddenDim) {
            throw new IllegalArgumentException(
                    "projection_dim is " + width + ", but text_config.hidden_size is " + hiddenDim);
        }
    }

    private VisionConfig vision(Fields fields) throws ProblemException {
        requireTanhGelu(fields, "hidden_act", false);
        int channels = fields.size("num_channels", ConfigReader.MAX_WIDTH, 3);
        if (channels != 3) {
            throw root.unsupported("vision_config.num_channels should be 3, found " + channels);
        }
        return new VisionConfig(
                fields.size("image_size", ConfigReader.MAX_IMAGE_SIZE, 224),
                fields.size("patch_size", ConfigReader.MAX_IMAGE_SIZE),
                fields.size("hidden_size", ConfigReader.MAX_WIDTH),
                fields.size("intermediate_size", ConfigReader.MAX_WIDTH),
                fields.size("num_hidden_layers", ConfigReader.MAX_LAYERS),
                fields.size("num_attention_heads", ConfigReader.MAX_HEADS),
                fields.positive("layer_norm_eps", DEFAULT_EPSILON));
    }

    private TextConfig text(Fields fields) throws ProblemException {
        var generation = generation(fields);
        boolean second = generation == GemmaGeneration.GEMMA2;
        requireTanhGelu(fields, "hidden_activation", false);
        // Gemma 1 files of old say "gelu" here and mean the tanh form (transformers
        // modeling_gemma.py, GemmaMLP).
        requireTanhGelu(fields, "hidden_act", !second);
        if (fields.flag("attention_bias", false)) {
            throw root.unsupported(
                    "text_config.attention_bias is true, and PaliGemma has no biases there");
        }
        int headDim = fields.size("head_dim", ConfigReader.MAX_WIDTH, 256);
        int numLayers = fields.size("num_hidden_layers", ConfigReader.MAX_LAYERS);
        double queryDivisor = second ? fields.positive("query_pre_attn_scalar", 256) : headDim;
        return new TextConfig(
                generation,
                fields.size("hidden_size", ConfigReader.MAX_WIDTH),
                fields.size("intermediate_size", ConfigReader.MAX_WIDTH),
                numLayers,
                fields.size("num_attention_heads", ConfigReader.MAX_HEADS),
                fields.size("num_key_value_heads", ConfigReader.MAX_HEADS),
                headDim,
                vocabularySize(fields),
                fields.positive("rms_norm_eps", DEFAULT_EPSILON),
                ropeTheta(fields),
                1 / Math.sqrt(queryDivisor),
                second
                        ? fields.positiveOrNone("attn_logit_softcapping", 50)
                        : OptionalDouble.empty(),
                second
                        ? fields.positiveOrNone("final_logit_softcapping", 30)
                        : OptionalDouble.empty(),
                second ? slidingWindow(fields, numLayers) : OptionalInt.empty(),
                SlidingWindowStyle.PROMPT_SEES_ALL);
    }

    private GemmaGeneration generation(Fields fields) throws ProblemException {
        String type = fields.text("model_type").orElse("gemma");
        return switch (type) {
            case "gemma" -> GemmaGeneration.GEMMA1;
            case "gemma2" -> GemmaGeneration.GEMMA2;
            default ->
                    throw root.unsupported(
                            "text_config.model_type should be gemma or gemma2, found " + type);
        };
    }

    private int vocabularySize(Fields text) throws ProblemException {
        var size = text.optionalSize("vocab_size", ConfigReader.MAX_VOCABULARY);
        if (size.isEmpty()) {
            size = root.optionalSize("_vocab_size", ConfigReader.MAX_VOCABULARY);
        }
        if (size.isEmpty()) {
            size = root.optionalSize("vocab_size", ConfigReader.MAX_VOCABULARY);
        }
        return size.orElseThrow(() -> text.missing("vocab_size"));
    }

    private double ropeTheta(Fields text) throws ProblemException {
        var parameters = text.child("rope_parameters");
        String type = parameters.text("rope_type").orElse("default");
        if (!type.equals("default") || text.find("rope_scaling") != null) {
            throw root.unsupported("scaled rotary embeddings are not part of PaliGemma");
        }
        return parameters.positive("rope_theta", text.positive("rope_theta", 10_000));
    }

    private OptionalInt slidingWindow(Fields text, int numLayers) throws ProblemException {
        var window =
                text.has("sliding_window")
                        ? text.optionalSize("sliding_window", Integer.MAX_VALUE)
                        : OptionalInt.of(4_096);
        var types = text.find("layer_types");
        if (types == null) {
            return window;
        }
        if (types.size() != numLayers) {
            throw text.wrong("layer_types", numLayers + " layer types", types);
        }
        boolean anySliding = false;
        boolean alternating = true;
        for (int layer = 0; layer < numLayers; layer++) {
            boolean sliding = "sliding_attention".equals(types.get(layer).asText());
            anySliding |= sliding;
            alternating &= sliding == (layer % 2 == 0);
        }
        if (anySliding && !alternating) {
            throw text.wrong("layer_types", "sliding and full attention in turn", types);
        }
        return anySliding ? window : OptionalInt.empty();
    }

    private static void requireTanhGelu(Fields fields, String name, boolean plainMeansTanh)
            throws ProblemException {
        String activation = fields.text(name).orElse(TANH_GELU);
        boolean accepted =
                switch (activation) {
                    case TANH_GELU, "gelu_fast", "gelu_new" -> true;
                    case "gelu" -> plainMeansTanh;
                    default -> false;
                };
        if (!accepted) {
            throw fields.wrong(name, TANH_GELU, Objects.requireNonNull(fields.find(name)));
        }
    }

    private int imageToken() throws ProblemException {
        var token = root.optionalInteger("image_token_index", 0, ConfigReader.MAX_VOCABULARY);
        if (token.isEmpty()) {
            token = root.optionalInteger("image_token_id", 0, ConfigReader.MAX_VOCABULARY);
        }
        return token.orElseThrow(() -> root.missing("image_token_index"));
    }

    /// The top-level field decides, then the generation configuration; a list means its first entry.
    private int token(String name, Optional<Fields> generation, int absent)
            throws ProblemException {
        var own = tokenOf(root, name);
        if (own.isPresent()) {
            return own.getAsInt();
        }
        return generation.isPresent() ? tokenOf(generation.get(), name).orElse(absent) : absent;
    }

    private static OptionalInt tokenOf(Fields fields, String name) throws ProblemException {
        var node = fields.find(name);
        if (node != null && node.isArray() && !node.isEmpty()) {
            var first = node.get(0);
            if (!first.canConvertToInt() || first.intValue() < 0) {
                throw fields.wrong(name, "a token id", node);
            }
            return OptionalInt.of(first.intValue());
        }
        return fields.optionalInteger(name, 0, ConfigReader.MAX_VOCABULARY);
    }

    private ElementType storedType() throws ProblemException {
        var text = root.child("text_config");
        for (var fields : List.of(root, text)) {
            for (String name : List.of("dtype", "torch_dtype")) {
                var found = fields.text(name);
                if (found.isPresent()) {
                    return Optional.ofNullable(TYPES.get(found.get()))
                            .orElseThrow(() ->
                                    root.unsupported(
                                            name + " " + found.get() + " is not supported"));
                }
            }
        }
        return ElementType.FLOAT32;
    }

    private ImageConversion imageConversion(VisionConfig vision) throws ProblemException {
        var file = optionalFile("preprocessor_config.json");
        var standard = ImageConversion.PillowBicubic.standard(vision.imageSize());
        if (file.isEmpty()) {
            return standard;
        }
        var fields = file.get();
        for (String step : List.of("do_resize", "do_rescale", "do_normalize")) {
            if (!fields.flag(step, true)) {
                throw fields.unsupported(step + " is false, and every PaliGemma needs that step");
            }
        }
        int resample = fields.optionalInteger("resample", 0, 5).orElse(PILLOW_BICUBIC);
        if (resample != PILLOW_BICUBIC) {
            throw fields.unsupported("resample should be 3 (bicubic), found " + resample);
        }
        var size = fields.child("size");
        int height = size.size("height", ConfigReader.MAX_IMAGE_SIZE, vision.imageSize());
        int width = size.size("width", ConfigReader.MAX_IMAGE_SIZE, vision.imageSize());
        if (height != vision.imageSize() || width != vision.imageSize()) {
            throw fields.unsupported(
                    "size is "
                            + width
                            + " x "
                            + height
                            + ", but config.json says vision_config.image_size "
                            + vision.imageSize());
        }
        return new ImageConversion.PillowBicubic(
                height,
                width,
                fields.positive("rescale_factor", standard.rescaleFactor()),
                fields.channels("image_mean").orElse(standard.mean()),
                fields.channels("image_std").orElse(standard.standardDeviation()));
    }

    private Optional<Fields> optionalFile(String name) throws ProblemException {
        var file = folder.resolve(name);
        return Files.exists(file) ? Optional.of(ConfigReader.readFields(file)) : Optional.empty();
    }
}

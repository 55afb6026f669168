package org.palimpsest.paligemma.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.tensor.ElementType;

/// Reads `config.json` and `image_converter.json` of a KerasHub preset
/// (keras_hub/src/models/pali_gemma/pali_gemma_backbone.py and layers/preprocessing/image_converter.py).
///
/// Not stored there but constant: RoPE base 10000, Gemma's token ids, and 1e-6 for the norms inside the blocks.
final class KerasConfig {
    private static final int DEFAULT_VISION_INTERMEDIATE_DIM = 4_304;
    private static final double BLOCK_EPSILON = 1e-6;
    private static final Map<String, ElementType> TYPES =
            Map.of(
                    "float32", ElementType.FLOAT32,
                    "float16", ElementType.FLOAT16,
                    "mixed_float16", ElementType.FLOAT32,
                    "bfloat16", ElementType.BFLOAT16,
                    "mixed_bfloat16", ElementType.FLOAT32);

    private final Path folder;
    private final Fields root;

    KerasConfig(Path folder, Fields root) {
        this.folder = folder;
        this.root = root;
    }

    PaliGemmaConfig read() throws ProblemException {
        String className = root.text("class_name").orElse("");
        if (!className.equals("PaliGemmaBackbone")) {
            throw root.unsupported(
                    "class_name should be \"PaliGemmaBackbone\", found \"" + className + "\"");
        }
        var fields = root.child("config");
        var vision = vision(fields);
        return new PaliGemmaConfig(
                vision,
                text(fields),
                new Conventions(
                        CheckpointLayout.KERAS, imageConversion(vision), true, false, false),
                PaliGemmaConfig.NO_IMAGE_TOKEN,
                2,
                1,
                0,
                storedType(fields));
    }

    private static VisionConfig vision(Fields fields) throws ProblemException {
        return new VisionConfig(
                fields.size("image_size", ConfigReader.MAX_IMAGE_SIZE),
                fields.size("vit_patch_size", ConfigReader.MAX_IMAGE_SIZE),
                fields.size("vit_hidden_dim", ConfigReader.MAX_WIDTH),
                fields.size(
                        "vit_intermediate_dim",
                        ConfigReader.MAX_WIDTH,
                        DEFAULT_VISION_INTERMEDIATE_DIM),
                fields.size("vit_num_layers", ConfigReader.MAX_LAYERS),
                fields.size("vit_num_heads", ConfigReader.MAX_HEADS),
                BLOCK_EPSILON);
    }

    private TextConfig text(Fields fields) throws ProblemException {
        boolean second = fields.flag("use_post_ffw_norm", false);
        if (second != fields.flag("use_post_attention_norm", false)) {
            throw root.unsupported(
                    "use_post_ffw_norm and use_post_attention_norm differ: neither PaliGemma 1 nor 2");
        }
        int doubled = fields.size("intermediate_dim", 2 * ConfigReader.MAX_WIDTH);
        if (doubled % 2 != 0) {
            throw root.unsupported("intermediate_dim should be even, found " + doubled);
        }
        double epsilon = fields.positive("layer_norm_epsilon", BLOCK_EPSILON);
        if (Math.abs(epsilon - BLOCK_EPSILON) > 1e-12) {
            // KerasHub would use it for the last norm alone; no published preset says anything
            // else.
            throw root.unsupported("layer_norm_epsilon should be 1e-06, found " + epsilon);
        }
        int hiddenDim = fields.size("hidden_dim", ConfigReader.MAX_WIDTH);
        int queryHeads = fields.size("num_query_heads", ConfigReader.MAX_HEADS);
        int headDim = fields.size("head_dim", ConfigReader.MAX_WIDTH);
        // The 28B models were trained with hidden / heads = 144 in place of 128; KerasHub's block
        // has the field but divides
        // by √128 all the same. The weights were trained with the value that the field means, so
        // that is what counts here.
        int queryDivisor =
                fields.flag("query_head_dim_normalize", true) ? headDim : hiddenDim / queryHeads;
        return new TextConfig(
                second ? GemmaGeneration.GEMMA2 : GemmaGeneration.GEMMA1,
                hiddenDim,
                doubled / 2,
                fields.size("num_layers", ConfigReader.MAX_LAYERS),
                queryHeads,
                fields.size("num_key_value_heads", ConfigReader.MAX_HEADS),
                headDim,
                fields.size("vocabulary_size", ConfigReader.MAX_VOCABULARY),
                BLOCK_EPSILON,
                10_000,
                1 / Math.sqrt(queryDivisor),
                fields.optionalPositive("attention_logit_soft_cap"),
                fields.optionalPositive("final_logit_soft_cap"),
                fields.flag("use_sliding_window_attention", false)
                        ? OptionalInt.of(
                                fields.size("sliding_window_size", Integer.MAX_VALUE, 4_096))
                        : OptionalInt.empty(),
                SlidingWindowStyle.BOTH_SIDES);
    }

    private ElementType storedType(Fields fields) throws ProblemException {
        var dtype = fields.find("dtype");
        Optional<String> name =
                dtype != null && dtype.isTextual()
                        ? fields.text("dtype")
                        : fields.child("dtype").child("config").text("name");
        if (name.isEmpty()) {
            return ElementType.FLOAT32;
        }
        return Optional.ofNullable(TYPES.get(name.get()))
                .orElseThrow(
                        () -> root.unsupported("config.dtype " + name.get() + " is not supported"));
    }

    private ImageConversion imageConversion(VisionConfig vision) throws ProblemException {
        var file = folder.resolve("image_converter.json");
        if (!Files.exists(file)) {
            return new ImageConversion.KerasBilinear(
                    vision.imageSize(),
                    vision.imageSize(),
                    true,
                    List.of(1 / 127.5, 1 / 127.5, 1 / 127.5),
                    List.of(-1.0, -1.0, -1.0));
        }
        var converter = ConfigReader.readFields(file);
        var fields = converter.child("config");
        String interpolation = fields.text("interpolation").orElse("bilinear");
        if (!interpolation.equals("bilinear")) {
            throw fields.unsupported("interpolation should be bilinear, found " + interpolation);
        }
        if (fields.flag("antialias", false) || fields.flag("pad_to_aspect_ratio", false)) {
            throw fields.unsupported("antialias and pad_to_aspect_ratio should be false");
        }
        int height = side(fields, 0, "height", vision);
        int width = side(fields, 1, "width", vision);
        if (height != vision.imageSize() || width != vision.imageSize()) {
            throw fields.unsupported(
                    "image_size is "
                            + height
                            + " x "
                            + width
                            + ", but config.json says "
                            + vision.imageSize());
        }
        return withScale(fields, height, width);
    }

    private static int side(Fields fields, int index, String olderName, VisionConfig vision)
            throws ProblemException {
        var node = fields.find("image_size");
        if (node == null) {
            return fields.size(olderName, ConfigReader.MAX_IMAGE_SIZE, vision.imageSize());
        }
        if (node.isArray() && node.size() == 2) {
            var side = node.get(index);
            if (side.isIntegralNumber()
                    && side.canConvertToInt()
                    && side.intValue() >= 1
                    && side.intValue() <= ConfigReader.MAX_IMAGE_SIZE) {
                return side.intValue();
            }
            throw fields.wrong("image_size", "[height, width]", node);
        }
        return fields.size("image_size", ConfigReader.MAX_IMAGE_SIZE);
    }

    /// `scale` and `offset`; older files have `mean` and `variance`, which mean
    /// scale / √variance and −mean / √variance. A step that is null is left out.
    private static ImageConversion withScale(Fields fields, int height, int width)
            throws ProblemException {
        var scale = fields.channels("scale").orElse(List.of(1.0, 1.0, 1.0));
        var offset = fields.channels("offset").orElse(List.of(0.0, 0.0, 0.0));
        var mean = fields.channels("mean");
        var variance = fields.channels("variance");
        if (mean.isPresent() || variance.isPresent()) {
            var means = mean.orElse(List.of(0.0, 0.0, 0.0));
            var variances = variance.orElse(List.of(1.0, 1.0, 1.0));
            double[] scales = new double[3];
            double[] offsets = new double[3];
            for (int i = 0; i < 3; i++) {
                if (!(variances.get(i) > 0)) {
                    throw fields.unsupported("variance should be positive: " + variances);
                }
                double deviation = Math.sqrt(variances.get(i));
                scales[i] = scale.get(i) / deviation;
                offsets[i] = -means.get(i) / deviation;
            }
            scale = List.of(scales[0], scales[1], scales[2]);
            offset = List.of(offsets[0], offsets[1], offsets[2]);
        }
        return new ImageConversion.KerasBilinear(
                height, width, fields.flag("crop_to_aspect_ratio", true), scale, offset);
    }
}

package org.palimpsest.paligemma.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.palimpsest.problem.ProblemException;

/// Writes the small JSON files of a Hugging Face folder, with the fields that the library's older and newer versions read.
public final class HuggingFaceFiles {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String TANH_GELU = "gelu_pytorch_tanh";

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private HuggingFaceFiles() {}

    /// Writes `config.json`, `generation_config.json` and `preprocessor_config.json`, the first one last: a folder without it
    /// is not taken for a checkpoint.
    public static void writeConfiguration(Path folder, PaliGemmaConfig config) throws IOException {
        write(folder.resolve("preprocessor_config.json"), preprocessor(config));
        write(folder.resolve("generation_config.json"), generation(config));
        write(folder.resolve(ConfigReader.CONFIG_FILE), config(config));
    }

    /// Writes what Hugging Face's library wants to know of Gemma's tokenizer besides its SentencePiece model.
    public static void writeTokenizerDescription(Path folder) throws IOException {
        write(folder.resolve("tokenizer_config.json"), tokenizerConfig());
        write(folder.resolve("special_tokens_map.json"), specialTokens());
    }

    private static void write(Path file, ObjectNode content) throws IOException {
        Files.writeString(file, MAPPER.writeValueAsString(content) + "\n");
    }

    /// @throws ProblemException if the format has no words for what this model does
    public static void requireRepresentable(PaliGemmaConfig config, Path source)
            throws ProblemException {
        var text = config.text();
        boolean extras =
                text.attentionLogitSoftCap().isPresent()
                        || text.finalLogitSoftCap().isPresent()
                        || text.slidingWindow().isPresent();
        if (text.generation() == GemmaGeneration.GEMMA1 && extras) {
            throw new ProblemException(
                    "This model has no counterpart at Hugging Face",
                    source + ": the norms of PaliGemma 1 with soft caps or a sliding window",
                    "Use the preset as it is");
        }
    }

    private static ObjectNode config(PaliGemmaConfig config) {
        var root = JSON.objectNode();
        root.putArray("architectures").add("PaliGemmaForConditionalGeneration");
        root.put("bos_token_id", config.bosTokenId());
        root.put("eos_token_id", config.eosTokenId());
        root.put("pad_token_id", config.padTokenId());
        root.put("hidden_size", config.text().hiddenDim());
        root.put("ignore_index", -100);
        root.put("image_token_index", config.imageTokenId());
        root.put("model_type", "paligemma");
        root.put("projection_dim", config.text().hiddenDim());
        root.set("text_config", text(config));
        root.put("torch_dtype", typeName(config));
        root.set("vision_config", vision(config));
        return root;
    }

    private static ObjectNode text(PaliGemmaConfig config) {
        var text = config.text();
        boolean second = text.generation() == GemmaGeneration.GEMMA2;
        var node = JSON.objectNode();
        node.put("head_dim", text.headDim());
        node.put("hidden_act", TANH_GELU);
        node.put("hidden_activation", TANH_GELU);
        node.put("hidden_size", text.hiddenDim());
        node.put("intermediate_size", text.intermediateDim());
        node.put("model_type", second ? "gemma2" : "gemma");
        node.put("num_attention_heads", text.numQueryHeads());
        node.put("num_hidden_layers", text.numLayers());
        node.put("num_image_tokens", config.numImageTokens());
        node.put("num_key_value_heads", text.numKeyValueHeads());
        node.put("rms_norm_eps", text.rmsNormEpsilon());
        node.put("rope_theta", text.ropeTheta());
        node.put("torch_dtype", typeName(config));
        node.put("vocab_size", text.vocabularySize());
        if (second) {
            putOrNull(node, "attn_logit_softcapping", text.attentionLogitSoftCap());
            putOrNull(node, "final_logit_softcapping", text.finalLogitSoftCap());
            putQueryScalar(node, text.queryScale());
            putSlidingWindow(node, text);
        }
        return node;
    }

    private static void putQueryScalar(ObjectNode node, double queryScale) {
        double scalar = 1 / (queryScale * queryScale);
        if (Math.abs(scalar - Math.rint(scalar)) < 1e-6) {
            node.put("query_pre_attn_scalar", (int) Math.rint(scalar));
        } else {
            node.put("query_pre_attn_scalar", scalar);
        }
    }

    /// Without a window the library would fall back to its default, so the layers are named one by one.
    private static void putSlidingWindow(ObjectNode node, TextConfig text) {
        if (text.slidingWindow().isPresent()) {
            node.put("sliding_window", text.slidingWindow().getAsInt());
            return;
        }
        node.putNull("sliding_window");
        var types = node.putArray("layer_types");
        for (int layer = 0; layer < text.numLayers(); layer++) {
            types.add("full_attention");
        }
    }

    private static ObjectNode vision(PaliGemmaConfig config) {
        var vision = config.vision();
        var node = JSON.objectNode();
        node.put("hidden_act", TANH_GELU);
        node.put("hidden_size", vision.hiddenDim());
        node.put("image_size", vision.imageSize());
        node.put("intermediate_size", vision.intermediateDim());
        node.put("layer_norm_eps", vision.layerNormEpsilon());
        node.put("model_type", "siglip_vision_model");
        node.put("num_attention_heads", vision.numHeads());
        node.put("num_channels", 3);
        node.put("num_hidden_layers", vision.numLayers());
        node.put("num_image_tokens", config.numImageTokens());
        node.put("num_positions", config.numImageTokens());
        node.put("patch_size", vision.patchSize());
        node.put("projection_dim", config.text().hiddenDim());
        node.put("vision_use_head", false);
        return node;
    }

    private static ObjectNode generation(PaliGemmaConfig config) {
        var node = JSON.objectNode();
        node.put("_from_model_config", true);
        node.put("bos_token_id", config.bosTokenId());
        node.put("eos_token_id", config.eosTokenId());
        node.put("pad_token_id", config.padTokenId());
        return node;
    }

    /// Hugging Face's own image processor, whose pixels differ a little from KerasHub's.
    private static ObjectNode preprocessor(PaliGemmaConfig config) {
        var conversion =
                config.conventions().imageConversion() instanceof ImageConversion.PillowBicubic own
                        ? own
                        : ImageConversion.PillowBicubic.standard(config.vision().imageSize());
        var node = JSON.objectNode();
        node.putNull("do_convert_rgb");
        node.put("do_normalize", true);
        node.put("do_rescale", true);
        node.put("do_resize", true);
        node.set("image_mean", numbers(conversion.mean()));
        node.put("image_processor_type", "SiglipImageProcessor");
        node.put("image_seq_length", config.numImageTokens());
        node.set("image_std", numbers(conversion.standardDeviation()));
        node.put("processor_class", "PaliGemmaProcessor");
        node.put("resample", 3);
        node.put("rescale_factor", conversion.rescaleFactor());
        node.putObject("size").put("height", conversion.height()).put("width", conversion.width());
        return node;
    }

    private static ObjectNode tokenizerConfig() {
        var node = JSON.objectNode();
        node.put("add_bos_token", true);
        node.put("add_eos_token", false);
        node.putArray("additional_special_tokens").add("<image>");
        node.put("bos_token", "<bos>");
        node.put("clean_up_tokenization_spaces", false);
        node.put("eos_token", "<eos>");
        node.put("pad_token", "<pad>");
        node.put("processor_class", "PaliGemmaProcessor");
        node.put("spaces_between_special_tokens", false);
        node.put("tokenizer_class", "GemmaTokenizer");
        node.put("unk_token", "<unk>");
        return node;
    }

    private static ObjectNode specialTokens() {
        var node = JSON.objectNode();
        node.putArray("additional_special_tokens").add(special("<image>"));
        node.set("bos_token", special("<bos>"));
        node.set("eos_token", special("<eos>"));
        node.set("pad_token", special("<pad>"));
        node.set("unk_token", special("<unk>"));
        return node;
    }

    private static ObjectNode special(String content) {
        var node = JSON.objectNode();
        node.put("content", content);
        node.put("lstrip", false);
        node.put("normalized", false);
        node.put("rstrip", false);
        node.put("single_word", false);
        return node;
    }

    private static ArrayNode numbers(List<Double> values) {
        var array = JSON.arrayNode();
        values.forEach(array::add);
        return array;
    }

    private static void putOrNull(ObjectNode node, String name, OptionalDouble value) {
        if (value.isPresent()) {
            node.put(name, value.getAsDouble());
        } else {
            node.putNull(name);
        }
    }

    private static String typeName(PaliGemmaConfig config) {
        return config.storedType().name().toLowerCase(Locale.ROOT);
    }
}

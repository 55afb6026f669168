package org.palimpsest.modelstore;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.palimpsest.checkpoint.SafetensorsCheckpoint;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.paligemma.config.CheckpointLayout;
import org.palimpsest.paligemma.config.ConfigReader;
import org.palimpsest.paligemma.config.GemmaGeneration;
import org.palimpsest.paligemma.config.PaliGemmaConfig;
import org.palimpsest.paligemma.config.TextConfig;
import org.palimpsest.paligemma.config.VisionConfig;
import org.palimpsest.paligemma.graph.PublishedLayout;
import org.palimpsest.paligemma.weights.PaliGemmaWeights;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.storage.Folders;

/// Writes a Hugging Face checkpoint as an ONNX folder in the published layout, which transformers.js and this program run.
public final class OnnxConversion {
    private static final String CONFIG = "config.json";
    private static final String GENERATION_CONFIG = "generation_config.json";
    private static final String PREPROCESSOR_CONFIG = "preprocessor_config.json";
    private static final String TOKENIZER = "tokenizer.json";
    private static final String TOKENIZER_CONFIG = "tokenizer_config.json";

    /// Copied as they are where they are there.
    private static final List<String> COMPANIONS =
            List.of(
                    "special_tokens_map.json",
                    "added_tokens.json",
                    "processor_config.json",
                    "vae-oid.npz");

    private static final ObjectMapper JSON = new ObjectMapper();

    private OnnxConversion() {}

    /// Converts a checkpoint; the folder appears whole or not at all.
    ///
    /// @param source a Hugging Face folder with `tokenizer.json`
    /// @param target a folder that does not exist yet, or is empty
    /// @throws ProblemException if the source is no such checkpoint, the target is in use, or the disk is too small
    public static void convert(Path source, Path target, Progress progress)
            throws ProblemException {
        PaliGemmaConfig config = ConfigReader.read(source);
        if (config.conventions().layout() != CheckpointLayout.HUGGING_FACE
                || !Files.isRegularFile(source.resolve(TOKENIZER))) {
            throw new ProblemException(
                    "This checkpoint cannot be written as an ONNX folder",
                    source
                            + ": expected a Hugging Face folder with "
                            + TOKENIZER
                            + ", which transformers.js needs",
                    config.conventions().layout() == CheckpointLayout.KERAS
                            ? "Convert it with palimpsest model convert --to huggingface and add the"
                                    + " tokenizer.json of the same model"
                            : "Put the tokenizer.json of the same model into the folder");
        }
        Path absolute = target.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        if (parent == null) {
            throw new ProblemException("This is no folder to write to", target.toString(), "");
        }
        try {
            requireFree(absolute);
            Files.createDirectories(parent);
            Path temporary =
                    Files.createDirectory(
                            parent.resolve("." + absolute.getFileName() + ".convert"));
            try (var checkpoint = SafetensorsCheckpoint.open(source)) {
                var weights = PaliGemmaWeights.locate(checkpoint, config);
                requireSpace(parent, PublishedLayout.byteSize(weights));
                write(source, temporary, weights, progress);
                Files.deleteIfExists(absolute);
                Files.move(temporary, absolute, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Folders.delete(temporary);
            }
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "The ONNX folder cannot be written",
                            target + ": " + e,
                            "Check that the folder is writable and the disk has room"),
                    e);
        }
        progress.update(new ProgressUpdate("Written to " + target, 1));
    }

    private static void write(Path source, Path folder, PaliGemmaWeights weights, Progress progress)
            throws IOException, ProblemException {
        Path graphs = Files.createDirectory(folder.resolve("onnx"));
        PublishedLayout.write(weights, graphs, progress);
        writeJson(folder.resolve(CONFIG), config(source, weights.config()));
        writeJson(folder.resolve(GENERATION_CONFIG), generation(source, weights.config()));
        writeJson(folder.resolve(PREPROCESSOR_CONFIG), preprocessor(source, weights.config()));
        writeTokenizer(source, folder);
        for (String name : COMPANIONS) {
            if (Files.isRegularFile(source.resolve(name))) {
                Files.copy(source.resolve(name), folder.resolve(name));
            }
        }
    }

    /// The checkpoint's own configuration with what it leaves to defaults written out: clients in JavaScript have no defaults
    /// for PaliGemma.
    private static ObjectNode config(Path source, PaliGemmaConfig config) throws IOException {
        ObjectNode json = read(source.resolve(CONFIG));
        json.put("model_type", "paligemma");
        json.put("image_token_index", config.imageTokenId());
        json.put("bos_token_id", config.bosTokenId());
        json.put("eos_token_id", config.eosTokenId());
        json.put("pad_token_id", config.padTokenId());
        TextConfig text = config.text();
        ObjectNode textJson = json.withObject("/text_config");
        textJson.put(
                "model_type", text.generation() == GemmaGeneration.GEMMA2 ? "gemma2" : "gemma");
        textJson.put("hidden_size", text.hiddenDim());
        textJson.put("intermediate_size", text.intermediateDim());
        textJson.put("num_hidden_layers", text.numLayers());
        textJson.put("num_attention_heads", text.numQueryHeads());
        textJson.put("num_key_value_heads", text.numKeyValueHeads());
        textJson.put("head_dim", text.headDim());
        textJson.put("vocab_size", text.vocabularySize());
        VisionConfig vision = config.vision();
        ObjectNode visionJson = json.withObject("/vision_config");
        visionJson.put("model_type", "siglip_vision_model");
        visionJson.put("hidden_size", vision.hiddenDim());
        visionJson.put("image_size", vision.imageSize());
        visionJson.put("patch_size", vision.patchSize());
        visionJson.put("num_image_tokens", vision.numImageTokens());
        json.withObject("/transformers.js_config").put("use_external_data_format", true);
        return json;
    }

    /// transformers.js writes `<bos>` into the prompt itself and then lets the tokenizer add its own, so that one must not.
    private static void writeTokenizer(Path source, Path folder) throws IOException {
        ObjectNode tokenizer = read(source.resolve(TOKENIZER));
        tokenizer.putNull("post_processor");
        Files.write(folder.resolve(TOKENIZER), JSON.writeValueAsBytes(tokenizer));
        ObjectNode config = read(source.resolve(TOKENIZER_CONFIG));
        config.put("add_bos_token", false);
        config.put("add_eos_token", false);
        if (!config.has("tokenizer_class")) {
            config.put("tokenizer_class", "GemmaTokenizer");
        }
        writeJson(folder.resolve(TOKENIZER_CONFIG), config);
    }

    private static ObjectNode generation(Path source, PaliGemmaConfig config) throws IOException {
        ObjectNode json = read(source.resolve(GENERATION_CONFIG));
        json.put("bos_token_id", config.bosTokenId());
        json.put("eos_token_id", config.eosTokenId());
        json.put("pad_token_id", config.padTokenId());
        return json;
    }

    private static ObjectNode preprocessor(Path source, PaliGemmaConfig config) throws IOException {
        ObjectNode json = read(source.resolve(PREPROCESSOR_CONFIG));
        json.put("image_seq_length", config.numImageTokens());
        json.put("processor_class", "PaliGemmaProcessor");
        json.put("image_processor_type", "SiglipImageProcessor");
        if (!json.has("size")) {
            int size = config.vision().imageSize();
            json.putObject("size").put("height", size).put("width", size);
            json.put("resample", 3);
            json.put("do_resize", true);
            json.put("do_rescale", true);
            json.put("rescale_factor", 1 / 255.0);
            json.put("do_normalize", true);
            json.putArray("image_mean").add(0.5).add(0.5).add(0.5);
            json.putArray("image_std").add(0.5).add(0.5).add(0.5);
        }
        return json;
    }

    private static ObjectNode read(Path file) throws IOException {
        return Files.isRegularFile(file) && JSON.readTree(file.toFile()) instanceof ObjectNode node
                ? node
                : JSON.createObjectNode();
    }

    private static void writeJson(Path file, ObjectNode json) throws IOException {
        Files.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
    }

    private static void requireFree(Path target) throws IOException, ProblemException {
        if (!Files.exists(target)) {
            return;
        }
        try (Stream<Path> entries =
                Files.isDirectory(target) ? Files.list(target) : Stream.of(target)) {
            if (entries.findAny().isPresent()) {
                throw new ProblemException(
                        "The target is in use",
                        target + " exists and is not empty",
                        "Name another folder");
            }
        }
    }

    private static void requireSpace(Path folder, long bytes) throws IOException, ProblemException {
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < bytes) {
            throw new ProblemException(
                    "The disk is too small",
                    folder
                            + ": "
                            + (bytes >> 20)
                            + " MB are needed, "
                            + (free >> 20)
                            + " MB are free",
                    "Free some space or name a folder on another disk");
        }
    }
}

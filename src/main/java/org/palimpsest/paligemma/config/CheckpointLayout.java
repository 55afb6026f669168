package org.palimpsest.paligemma.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.palimpsest.checkpoint.BoundedJson;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// The three ways in which PaliGemma is published.
public enum CheckpointLayout {
    /// `config.json` with `model_type`, and safetensors files.
    HUGGING_FACE,
    /// A KerasHub preset: `config.json` with `registered_name`, and `model.weights.h5` or shards.
    KERAS,
    /// `config.json` with `model_type`, and exported graphs under `onnx/`.
    ONNX;

    private static final String REMEDY =
            "Choose the folder of a PaliGemma download: one with config.json and model.safetensors, with config.json"
                    + " and model.weights.h5, or with config.json and an onnx folder";

    /// The layout of a folder.
    ///
    /// @throws ProblemException if it is no folder or none of the three
    public static CheckpointLayout detect(Path folder) throws ProblemException {
        if (!Files.exists(folder)) {
            throw new ProblemException("There is no such folder", folder.toString(), REMEDY);
        }
        if (!Files.isDirectory(folder)) {
            throw new ProblemException(
                    "This is a file, and a model is a folder", folder.toString(), REMEDY);
        }
        var configFile = folder.resolve(ConfigReader.CONFIG_FILE);
        if (!Files.exists(configFile)) {
            throw new ProblemException(
                    "This folder is not a PaliGemma checkpoint",
                    folder + ": " + ConfigReader.CONFIG_FILE + " is missing" + hint(folder),
                    REMEDY);
        }
        var config = BoundedJson.readObject(configFile, ConfigReader.MAX_CONFIG_BYTES);
        // KerasHub itself tells the two apart by this field (keras_hub/src/utils/preset_utils.py).
        if (config.has("registered_name")) {
            return KERAS;
        }
        if (!config.has("model_type")) {
            throw new ProblemException(
                    "This folder is not a PaliGemma checkpoint",
                    configFile + ": neither model_type nor registered_name",
                    REMEDY);
        }
        boolean safetensors =
                Files.exists(folder.resolve("model.safetensors"))
                        || Files.exists(folder.resolve("model.safetensors.index.json"));
        return !safetensors && hasGraphs(folder) ? ONNX : HUGGING_FACE;
    }

    private static boolean hasGraphs(Path folder) throws ProblemException {
        var onnx = folder.resolve("onnx");
        return Files.isDirectory(onnx) && anyNameEndsWith(onnx, ".onnx");
    }

    private static String hint(Path folder) throws ProblemException {
        if (anyNameEndsWith(folder, ".npz")) {
            return "; the .npz files of big_vision are not supported, the same models are published in the other layouts";
        }
        if (anyNameEndsWith(folder, ".gguf")) {
            return "; .gguf files are not supported, the same models are published in the other layouts";
        }
        if (anyNameEndsWith(folder, ".safetensors")) {
            return "; download it beside the .safetensors file";
        }
        return "";
    }

    private static boolean anyNameEndsWith(Path folder, String ending) throws ProblemException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.limit(10_000).anyMatch(file -> file.toString().endsWith(ending));
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "The folder cannot be listed",
                            folder + ": " + e.getMessage(),
                            "Check that the folder is readable"),
                    e);
        }
    }
}

package org.palimpsest.paligemma.config;

import java.nio.file.Path;
import org.palimpsest.checkpoint.BoundedJson;
import org.palimpsest.problem.ProblemException;

/// Reads the configuration of a checkpoint folder in any of the three layouts.
public final class ConfigReader {
    public static final String CONFIG_FILE = "config.json";

    /// Real ones have a few kilobytes.
    static final long MAX_CONFIG_BYTES = 1L << 20;

    // Bounds that no published model comes near; they keep products of sizes far from overflow.
    static final int MAX_WIDTH = 1 << 18;
    static final int MAX_LAYERS = 1_024;
    static final int MAX_HEADS = 4_096;
    static final int MAX_VOCABULARY = 1 << 23;
    static final int MAX_IMAGE_SIZE = 8_192;

    private ConfigReader() {}

    /// @param folder a Hugging Face folder, a Keras preset or an ONNX folder
    /// @throws ProblemException if it is none of them, or a value is missing, absurd or not supported
    public static PaliGemmaConfig read(Path folder) throws ProblemException {
        var layout = CheckpointLayout.detect(folder);
        var fields = readFields(folder.resolve(CONFIG_FILE));
        try {
            return switch (layout) {
                case HUGGING_FACE, ONNX -> new HuggingFaceConfig(folder, fields, layout).read();
                case KERAS -> new KerasConfig(folder, fields).read();
            };
        } catch (IllegalArgumentException e) {
            // The records refuse sizes that do not fit each other.
            throw fields.unsupported(String.valueOf(e.getMessage()));
        }
    }

    static Fields readFields(Path file) throws ProblemException {
        return new Fields(file, "", BoundedJson.readObject(file, MAX_CONFIG_BYTES));
    }
}

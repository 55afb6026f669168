package org.palimpsest.paligemma.adapter;

import java.nio.file.Files;
import java.nio.file.Path;
import org.palimpsest.paligemma.config.PaliGemmaConfig;
import org.palimpsest.problem.ProblemException;

/// Reads and writes an adapter as Hugging Face's PEFT keeps it: a folder with `adapter_config.json` and
/// `adapter_model.safetensors`.
///
/// Names are those of the library's loaded model with `base_model.model.` in front (PEFT 0.21 with transformers 5.18); older
/// spellings are read as well.
public final class PeftFolder {
    public static final String CONFIG_FILE = "adapter_config.json";
    public static final String WEIGHTS_FILE = "adapter_model.safetensors";

    static final String PREFIX = "base_model.model.";

    private PeftFolder() {}

    /// Whether a folder claims to be one.
    public static boolean isOne(Path folder) {
        return Files.isRegularFile(folder.resolve(CONFIG_FILE));
    }

    /// Reads an adapter for a model.
    ///
    /// @param config of the model that it stands beside
    /// @throws ProblemException naming file, tensor, expected and found, if the folder is damaged, belongs to another model, or
    ///     asks for what this program cannot do
    public static Adapter read(Path folder, PaliGemmaConfig config) throws ProblemException {
        return new PeftReader(folder, config).read();
    }

    /// Writes an adapter so that PEFT reads it. The folder is made if it is not there; files of an earlier adapter in it
    /// are replaced. The same adapter gives the same bytes.
    ///
    /// @param baseModel the name or folder of the model, for `base_model_name_or_path`
    /// @throws ProblemException if the folder cannot be written, or PEFT has no words for what was replaced
    /// @throws IllegalArgumentException if the adapter does not fit the model
    public static void write(Path folder, Adapter adapter, PaliGemmaConfig config, String baseModel)
            throws ProblemException {
        new PeftWriter(folder, adapter, config).write(baseModel);
    }
}

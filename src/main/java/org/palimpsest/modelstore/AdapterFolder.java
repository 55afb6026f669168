package org.palimpsest.modelstore;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.palimpsest.checkpoint.BoundedJson;
import org.palimpsest.checkpoint.SafetensorsCheckpoint;
import org.palimpsest.paligemma.adapter.PeftFolder;
import org.palimpsest.paligemma.config.PaliGemmaConfig;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// What the folder of an adapter holds, from its configuration and the header of its weights.
///
/// @param name the name of the folder
/// @param rank of its terms, unless single ones differ
/// @param alpha how much the terms count, against the rank
/// @param targets which layers have terms: names, or one expression
/// @param modules how many layers have terms
/// @param parameters how many numbers it has
/// @param diskBytes the size of everything in the folder
/// @param baseModel what it calls the model that it was trained on; may be empty
/// @param texts the card and licences in the folder
public record AdapterFolder(
        Path folder,
        String name,
        int rank,
        double alpha,
        List<String> targets,
        int modules,
        long parameters,
        long diskBytes,
        String baseModel,
        List<FolderText> texts) {
    private static final long MAX_CONFIG_BYTES = 4L << 20;
    private static final int MOST_TARGETS = 100;
    private static final int LONGEST_NAME = 400;
    private static final String A = ".lora_A.weight";

    public AdapterFolder {
        targets = List.copyOf(targets);
        texts = List.copyOf(texts);
    }

    /// Whether a folder claims to hold an adapter.
    public static boolean isOne(Path folder) {
        return Files.isRegularFile(folder.resolve(PeftFolder.CONFIG_FILE));
    }

    /// Looks into a folder as PEFT saves it. Whether the adapter can be used is said by [#misfit].
    ///
    /// @throws ProblemException if it is none, or damaged
    public static AdapterFolder read(Path folder) throws ProblemException {
        if (!isOne(folder)) {
            throw new ProblemException(
                    "This folder is not an adapter",
                    folder + ": " + PeftFolder.CONFIG_FILE + " is missing",
                    "Choose a folder with "
                            + PeftFolder.CONFIG_FILE
                            + " and "
                            + PeftFolder.WEIGHTS_FILE);
        }
        JsonNode config =
                BoundedJson.readObject(folder.resolve(PeftFolder.CONFIG_FILE), MAX_CONFIG_BYTES);
        try (var weights = SafetensorsCheckpoint.open(folder.resolve(PeftFolder.WEIGHTS_FILE))) {
            var tensors = weights.tensors();
            return new AdapterFolder(
                    folder,
                    String.valueOf(folder.toAbsolutePath().normalize().getFileName()),
                    config.path("r").asInt(0),
                    config.path("lora_alpha").asDouble(0),
                    targets(config.path("target_modules")),
                    (int) tensors.stream().filter(one -> one.name().endsWith(A)).count(),
                    tensors.stream().mapToLong(one -> one.info().shape().elementCount()).sum(),
                    ModelFolder.diskBytes(folder),
                    shortened(config.path("base_model_name_or_path").asText("")),
                    FolderText.readAll(folder));
        }
    }

    private static List<String> targets(JsonNode node) {
        if (node.isTextual()) {
            return List.of(shortened(node.textValue()));
        }
        var names = new ArrayList<String>();
        for (JsonNode each : node) {
            if (names.size() < MOST_TARGETS) {
                names.add(shortened(each.asText("")));
            }
        }
        names.sort(null);
        return names;
    }

    private static String shortened(String text) {
        return text.length() > LONGEST_NAME ? text.substring(0, LONGEST_NAME) + "…" : text;
    }

    /// Why the adapter cannot be used with a model; empty where it can. Reads all of its numbers.
    public Optional<Problem> misfit(PaliGemmaConfig model) {
        try {
            PeftFolder.read(folder, model);
            return Optional.empty();
        } catch (ProblemException e) {
            return Optional.of(e.problem());
        }
    }
}

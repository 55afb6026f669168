package org.palimpsest.training.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.storage.AtomicFiles;
import org.palimpsest.training.data.Example;

/// What a run was begun with, kept in its folder: a run that was stopped goes on with the very same examples, whatever was
/// corrected meanwhile.
///
/// @param choices the person's settings by name, and what else is to be remembered
/// @param origin where the examples came from
/// @param comparison figures before and after, once they are known
public record RunRecord(
        Path model,
        Map<String, String> choices,
        DataFacts.Origin origin,
        List<Example> training,
        List<Example> validation,
        Optional<ModelCard.Comparison> comparison) {
    public static final String FILE = "run.json";

    private static final long LARGEST_FILE = 1L << 30;
    private static final ObjectMapper JSON = new ObjectMapper();

    public RunRecord {
        choices = Collections.unmodifiableMap(new LinkedHashMap<>(choices));
        training = List.copyOf(training);
        validation = List.copyOf(validation);
    }

    public RunRecord withComparison(Optional<ModelCard.Comparison> found) {
        return new RunRecord(model, choices, origin, training, validation, found);
    }

    /// Writes it into the run's folder, which is made if it is not there.
    public void write(Path folder) throws ProblemException {
        ObjectNode json = JSON.createObjectNode();
        json.put("model", model.toString());
        json.set("choices", JSON.valueToTree(choices));
        json.put("source", origin.source());
        json.put("division", origin.division());
        json.set("kinds", JSON.valueToTree(origin.kinds()));
        json.set("findings", JSON.valueToTree(origin.findings()));
        write(json.putArray("training"), training);
        write(json.putArray("validation"), validation);
        if (comparison.isPresent()) {
            json.set("before", JSON.valueToTree(finite(comparison.get().before())));
            json.set("after", JSON.valueToTree(finite(comparison.get().after())));
        }
        try {
            Files.createDirectories(folder);
            AtomicFiles.write(folder.resolve(FILE), JSON.writeValueAsBytes(json));
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "The folder of the training run cannot be written",
                            folder + ": " + e.getMessage(),
                            "Check that the disk has room and is writable"),
                    e);
        }
    }

    private static Map<String, Double> finite(Map<String, Double> figures) {
        var kept = new LinkedHashMap<>(figures);
        kept.values().removeIf(value -> !Double.isFinite(value));
        return kept;
    }

    private static void write(ArrayNode array, List<Example> examples) {
        for (var example : examples) {
            array.addObject()
                    .put("image", example.image().toString())
                    .put("prefix", example.prefix())
                    .put("suffix", example.suffix());
        }
    }

    /// What a folder's run was begun with; empty where it holds none, or one that cannot be understood.
    public static Optional<RunRecord> read(Path folder) throws ProblemException {
        Path file = folder.resolve(FILE);
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_FILE) {
                return Optional.empty();
            }
            JsonNode json = JSON.readTree(file.toFile());
            if (json == null || !json.path("model").isTextual()) {
                return Optional.empty();
            }
            var choices = new LinkedHashMap<String, String>();
            json.path("choices")
                    .properties()
                    .forEach(entry -> choices.put(entry.getKey(), entry.getValue().asText()));
            var kinds = new LinkedHashMap<String, Integer>();
            json.path("kinds")
                    .properties()
                    .forEach(entry -> kinds.put(entry.getKey(), entry.getValue().asInt()));
            var findings = new ArrayList<String>();
            json.path("findings").forEach(finding -> findings.add(finding.asText()));
            return Optional.of(
                    new RunRecord(
                            Path.of(json.path("model").asText()),
                            choices,
                            new DataFacts.Origin(
                                    json.path("source").asText(),
                                    json.path("division").asText(),
                                    kinds,
                                    findings),
                            examples(json.path("training")),
                            examples(json.path("validation")),
                            json.has("after")
                                    ? Optional.of(
                                            new ModelCard.Comparison(
                                                    figures(json.path("before")),
                                                    figures(json.path("after"))))
                                    : Optional.empty()));
        } catch (JsonProcessingException | InvalidPathException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem("The training run cannot be read", file + ": " + e, ""), e);
        }
    }

    private static Map<String, Double> figures(JsonNode json) {
        var figures = new LinkedHashMap<String, Double>();
        json.properties()
                .forEach(entry ->
                        figures.put(entry.getKey(), entry.getValue().asDouble(Double.NaN)));
        return figures;
    }

    private static List<Example> examples(JsonNode array) {
        var examples = new ArrayList<Example>();
        array.forEach(one ->
                examples.add(
                        new Example(
                                Path.of(one.path("image").asText()),
                                one.path("prefix").asText(),
                                one.path("suffix").asText())));
        return examples;
    }
}

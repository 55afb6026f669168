package org.palimpsest.training.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.palimpsest.training.TrainingEvent;

/// Events as one JSON object each, and back. What is no finite number is `null`, as JSON has no other word for it.
///
/// Thread-safe: has no state.
public final class EventJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private EventJson() {}

    /// The event in one line, without its end.
    public static String line(TrainingEvent event) {
        ObjectNode node = JSON.createObjectNode();
        switch (event) {
            case TrainingEvent.Started started -> {
                node.put("event", "started");
                node.put("first_step", started.firstStep());
                node.put("steps", started.steps());
                node.put("examples", started.examples());
                node.put("validation_examples", started.validationExamples());
                node.put("trained_values", started.trainedValues());
                node.put("estimated_bytes", started.estimatedBytes());
                node.put("recomputes", started.recomputes());
            }
            case TrainingEvent.StepCompleted step -> {
                node.put("event", "step");
                node.put("step", step.step());
                put(node, "loss", step.loss());
                put(node, "gradient_norm", step.gradientNorm());
                put(node, "learning_rate", step.learningRate());
                put(node, "examples_per_second", step.examplesPerSecond());
                put(node, "seconds_left", step.secondsLeft());
            }
            case TrainingEvent.Evaluated evaluated -> {
                node.put("event", "evaluation");
                node.put("step", evaluated.step());
                put(node, "loss", evaluated.loss());
                ObjectNode metrics = node.putObject("metrics");
                evaluated.metrics().forEach((name, value) -> put(metrics, name, value));
                node.put("best", evaluated.best());
            }
            case TrainingEvent.CheckpointSaved saved -> {
                node.put("event", "checkpoint");
                node.put("step", saved.step());
                node.put("folder", saved.folder().toString());
            }
            case TrainingEvent.Finished finished -> {
                node.put("event", "finished");
                node.put("step", finished.step());
                node.put("reason", finished.reason().name().toLowerCase(Locale.ROOT));
                node.put("best_step", finished.bestStep());
            }
        }
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Numbers and texts are always JSON", e);
        }
    }

    private static void put(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name);
        }
    }

    /// The event of a line; empty where the line is none, such as the half of one that a power cut left.
    static Optional<TrainingEvent> read(String line) {
        JsonNode node;
        try {
            node = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
        int step = node.path("step").asInt();
        return switch (node.path("event").asText()) {
            case "started" ->
                    Optional.of(
                            new TrainingEvent.Started(
                                    node.path("first_step").asInt(),
                                    node.path("steps").asInt(),
                                    node.path("examples").asInt(),
                                    node.path("validation_examples").asInt(),
                                    node.path("trained_values").asLong(),
                                    node.path("estimated_bytes").asLong(),
                                    node.path("recomputes").asBoolean()));
            case "step" ->
                    Optional.of(
                            new TrainingEvent.StepCompleted(
                                    step,
                                    number(node, "loss"),
                                    number(node, "gradient_norm"),
                                    number(node, "learning_rate"),
                                    number(node, "examples_per_second"),
                                    number(node, "seconds_left")));
            case "evaluation" ->
                    Optional.of(
                            new TrainingEvent.Evaluated(
                                    step,
                                    number(node, "loss"),
                                    metrics(node.path("metrics")),
                                    node.path("best").asBoolean()));
            case "checkpoint" ->
                    Optional.of(
                            new TrainingEvent.CheckpointSaved(
                                    step, Path.of(node.path("folder").asText())));
            case "finished" -> finished(node, step);
            default -> Optional.empty();
        };
    }

    private static Optional<TrainingEvent> finished(JsonNode node, int step) {
        for (var reason : TrainingEvent.FinishReason.values()) {
            if (reason.name().toLowerCase(Locale.ROOT).equals(node.path("reason").asText())) {
                return Optional.of(
                        new TrainingEvent.Finished(step, reason, node.path("best_step").asInt()));
            }
        }
        return Optional.empty();
    }

    private static Map<String, Double> metrics(JsonNode node) {
        var metrics = new LinkedHashMap<String, Double>();
        node.properties().forEach(entry -> metrics.put(entry.getKey(), number(entry.getValue())));
        return metrics;
    }

    private static double number(JsonNode node, String name) {
        return number(node.path(name));
    }

    private static double number(JsonNode value) {
        return value.isNumber() ? value.asDouble() : Double.NaN;
    }
}

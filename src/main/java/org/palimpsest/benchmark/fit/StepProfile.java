package org.palimpsest.benchmark.fit;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// Where the time of a session's runs went, read from the profile that ONNX Runtime wrote.
///
/// A profile is an array of events with `cat`, `name`, `ts` and `dur` in microseconds; a node's computation is one of
/// category `Node` whose name ends in `_kernel_time`, a run one of category `Session` called `model_run`
/// (onnxruntime/core/common/profiler.cc and framework/sequential_executor.cc, v1.28.0).
///
/// @param runs how many are counted
/// @param runSeconds what they took together
/// @param secondsByOperator what the nodes of each operator took, by its name
record StepProfile(int runs, double runSeconds, Map<String, Double> secondsByOperator) {
    /// Operators that are matrix products.
    private static final List<String> PRODUCTS =
            List.of("MatMul", "FusedMatMul", "Gemm", "FusedGemm");

    private record Event(String operator, double start, double microseconds) {}

    /// @param warmup how many runs at the beginning do not count
    static StepProfile read(Path file, int warmup) throws ProblemException {
        var runs = new ArrayList<Event>();
        var nodes = new ArrayList<Event>();
        var json = new ObjectMapper();
        try (var parser = json.createParser(file.toFile())) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new IOException("no array of events");
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                JsonNode event = json.readTree(parser);
                String name = event.path("name").asText();
                if (name.equals("model_run")) {
                    runs.add(event(event, name));
                } else if (event.path("cat").asText().equals("Node")
                        && name.endsWith("_kernel_time")) {
                    nodes.add(event(event, event.path("args").path("op_name").asText()));
                }
            }
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem("The profile of ONNX Runtime cannot be read", file + ": " + e, ""),
                    e);
        }
        return of(runs, nodes, warmup);
    }

    private static Event event(JsonNode event, String operator) {
        return new Event(operator, event.path("ts").asDouble(), event.path("dur").asDouble());
    }

    private static StepProfile of(List<Event> runs, List<Event> nodes, int warmup) {
        var counted =
                runs.stream()
                        .sorted(Comparator.comparingDouble(Event::start))
                        .skip(warmup)
                        .toList();
        double start = counted.isEmpty() ? Double.MAX_VALUE : counted.getFirst().start();
        var byOperator = new TreeMap<String, Double>();
        nodes.stream()
                .filter(node -> node.start() >= start)
                .forEach(node ->
                        byOperator.merge(node.operator(), node.microseconds() / 1e6, Double::sum));
        return new StepProfile(
                counted.size(),
                counted.stream().mapToDouble(Event::microseconds).sum() / 1e6,
                byOperator);
    }

    double productSeconds() {
        return PRODUCTS.stream()
                .mapToDouble(operator -> secondsByOperator.getOrDefault(operator, 0.0))
                .sum();
    }
}

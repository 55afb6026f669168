package org.palimpsest.training;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.palimpsest.onnx.Dimension;
import org.palimpsest.onnx.Dimension.Fixed;
import org.palimpsest.onnx.Graph;
import org.palimpsest.onnx.Node;
import org.palimpsest.onnx.Value;

/// How much memory the inner values of a graph take at the most at one time.
///
/// Walks the nodes in their order: an output is there from its node on, and gone after the last node that reads it. Operators
/// that only look at their input in another shape take nothing, and neither do those that see only weights: they are
/// computed once, when the graph is loaded. ONNX Runtime needs somewhat less where it computes in place,
/// and somewhat more for gaps in its arena and for what kernels need for themselves.
final class ActivationMemory {
    private static final Set<String> VIEWS =
            Set.of("Reshape", "Unsqueeze", "Squeeze", "Identity", "Flatten");

    private ActivationMemory() {}

    /// @param graph with fixed sizes throughout
    /// @return bytes
    static long peak(Graph graph) {
        var origin = new HashMap<String, String>();
        var lastUse = new HashMap<String, Integer>();
        for (int i = 0; i < graph.nodes().size(); i++) {
            Node node = graph.nodes().get(i);
            for (Value input : node.inputs()) {
                if (input != null) {
                    lastUse.put(origin(origin, input), i);
                }
            }
            if (VIEWS.contains(node.operator().name()) && node.inputs().getFirst() != null) {
                origin.put(
                        node.outputs().getFirst().name(), origin(origin, node.inputs().getFirst()));
            }
        }
        var kept = new HashSet<String>(ofWeights(graph));
        graph.outputs().values().forEach(value -> kept.add(origin(origin, value)));
        return walk(graph, origin, lastUse, kept);
    }

    /// Outputs of nodes that neither an input of the graph nor anything computed from one flows into.
    private static Set<String> ofWeights(Graph graph) {
        var changing = new HashSet<String>();
        graph.inputs().forEach(input -> changing.add(input.name()));
        var fixed = new HashSet<String>();
        for (Node node : graph.nodes()) {
            boolean changes =
                    node.inputs().stream()
                            .anyMatch(input -> input != null && changing.contains(input.name()));
            node.outputs().forEach(output -> (changes ? changing : fixed).add(output.name()));
        }
        return fixed;
    }

    private static String origin(Map<String, String> origin, Value value) {
        return origin.getOrDefault(value.name(), value.name());
    }

    private static long walk(
            Graph graph,
            Map<String, String> origin,
            Map<String, Integer> lastUse,
            Set<String> kept) {
        var alive = new HashMap<String, Long>();
        long now = 0;
        long peak = 0;
        for (int i = 0; i < graph.nodes().size(); i++) {
            Node node = graph.nodes().get(i);
            for (Value output : node.outputs()) {
                // An output of the graph is written into memory of the caller.
                if (!origin.containsKey(output.name()) && !kept.contains(output.name())) {
                    long bytes = bytes(output);
                    alive.put(output.name(), bytes);
                    now += bytes;
                }
            }
            peak = Math.max(peak, now);
            for (Value input : node.inputs()) {
                now -= release(input, origin, lastUse, i, alive);
            }
            for (Value output : node.outputs()) {
                if (!lastUse.containsKey(output.name())) {
                    now -= removed(alive, output.name());
                }
            }
        }
        return peak;
    }

    private static long release(
            @Nullable Value input,
            Map<String, String> origin,
            Map<String, Integer> lastUse,
            int node,
            Map<String, Long> alive) {
        if (input == null) {
            return 0;
        }
        String name = origin(origin, input);
        return lastUse.getOrDefault(name, -1) == node ? removed(alive, name) : 0;
    }

    private static long removed(Map<String, Long> alive, String name) {
        Long bytes = alive.remove(name);
        return bytes == null ? 0 : bytes;
    }

    private static long bytes(Value value) {
        long count = value.type().byteSize();
        for (Dimension dimension : value.shape()) {
            if (!(dimension instanceof Fixed(long size))) {
                throw new IllegalArgumentException(value + " has no fixed size");
            }
            count = Math.multiplyExact(count, size);
        }
        return count;
    }
}

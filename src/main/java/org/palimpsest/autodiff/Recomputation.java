package org.palimpsest.autodiff;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.palimpsest.onnx.GraphBuilder;
import org.palimpsest.onnx.Node;
import org.palimpsest.onnx.Section;
import org.palimpsest.onnx.Value;

/// Values of a section computed a second time, each when it is first asked for.
final class Recomputation {
    private final GraphBuilder g;
    private final Section section;
    private final Map<Value, Node> producers = new HashMap<>();
    private final Map<Value, Value> again = new HashMap<>();

    /// Values that change with the section's input. The others are used as they are: computed again they would be the
    /// same nodes with the same inputs, which ONNX Runtime makes one of.
    private final Set<Value> fromInput = new HashSet<>();

    /// @param gradient that of the section's output: nothing is computed again before it is there
    Recomputation(GraphBuilder g, List<Node> nodes, Section section, Value gradient) {
        this.g = g;
        this.section = section;
        fromInput.add(section.input());
        for (var node : nodes.subList(section.firstNode(), section.endNode())) {
            if (node.inputs().stream().anyMatch(fromInput::contains)) {
                fromInput.addAll(node.outputs());
                node.outputs().forEach(output -> producers.put(output, node));
            }
        }
        again.put(section.input(), g.reshape(section.input(), g.shape(gradient)));
    }

    Section section() {
        return section;
    }

    /// The value that stands for a value of the forward pass.
    Value again(Value value) {
        var known = again.get(value);
        if (known != null) {
            return known;
        }
        var node = producers.get(value);
        if (node == null) {
            return value;
        }
        var inputs = node.inputs().toArray(@Nullable Value[]::new);
        for (int i = 0; i < inputs.length; i++) {
            var input = inputs[i];
            inputs[i] = input == null ? null : again(input);
        }
        try (var scope = g.scope("again")) {
            var outputs =
                    g.applyMany(
                            node.operator().key(),
                            node.outputs().size(),
                            node.attributes(),
                            inputs);
            for (int i = 0; i < outputs.size(); i++) {
                again.put(node.outputs().get(i), outputs.get(i));
            }
        }
        return known(value);
    }

    private Value known(Value value) {
        var known = again.get(value);
        if (known == null) {
            throw new IllegalStateException(value + " was not computed again");
        }
        return known;
    }
}

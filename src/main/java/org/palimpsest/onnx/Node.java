package org.palimpsest.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One call of an operator in a graph that is being built.
///
/// @param inputs null where an optional input is left out
public record Node(
        String name,
        Operator operator,
        List<@Nullable Value> inputs,
        List<Value> outputs,
        Attributes attributes) {
    public Node {
        inputs = Collections.unmodifiableList(new ArrayList<>(inputs));
        outputs = List.copyOf(outputs);
    }

    @Override
    public String toString() {
        return operator.name() + " " + name + inputs + " -> " + outputs;
    }
}

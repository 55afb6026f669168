package org.palimpsest.onnx;

import java.util.List;
import java.util.Map;
import org.palimpsest.onnx.proto.TensorProto;

/// A finished graph of typed values, in the order in which it was written.
///
/// @param outputs the values by the names that the graph gives them outside
public record Graph(
        String name,
        List<Value> inputs,
        Map<String, Value> outputs,
        List<Node> nodes,
        List<TensorProto> initializers) {}

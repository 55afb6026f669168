package org.palimpsest.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.palimpsest.onnx.Dimension.Fixed;
import org.palimpsest.onnx.Dimension.Symbolic;
import org.palimpsest.onnx.proto.Bytes;
import org.palimpsest.onnx.proto.DimensionProto;
import org.palimpsest.onnx.proto.GraphProto;
import org.palimpsest.onnx.proto.ModelProto;
import org.palimpsest.onnx.proto.NodeProto;
import org.palimpsest.onnx.proto.OperatorSetProto;
import org.palimpsest.onnx.proto.ValueInfoProto;

/// Turns a built graph into the messages of an ONNX file.
final class ModelWriter {
    /// Old enough for every runtime we care for, and accepted with opset 24.
    private static final int IR_VERSION = 10;

    private ModelWriter() {}

    static OnnxModel toModel(Graph graph, int opset) {
        if (graph.outputs().isEmpty()) {
            throw new IllegalStateException("The graph " + graph.name() + " has no output");
        }
        var renamed = new HashMap<String, String>();
        var copies = new ArrayList<NodeProto>();
        nameOutputs(graph, renamed, copies);
        var nodes = new ArrayList<NodeProto>();
        graph.nodes().forEach(node -> nodes.add(node(node, renamed)));
        nodes.addAll(copies);
        var outputs = new ArrayList<ValueInfoProto>();
        graph.outputs().forEach((name, value) -> outputs.add(info(name, value)));
        var proto =
                new GraphProto(
                        graph.name(),
                        nodes,
                        graph.initializers(),
                        graph.inputs().stream().map(value -> info(value.name(), value)).toList(),
                        outputs,
                        List.of(),
                        Bytes.EMPTY);
        return new OnnxModel(
                new ModelProto(
                        IR_VERSION,
                        "palimpsest",
                        proto,
                        operatorSets(graph, opset),
                        List.of(),
                        Bytes.EMPTY));
    }

    /// A node's output simply takes the outside name; an input, a weight or a second name is copied.
    private static void nameOutputs(
            Graph graph, Map<String, String> renamed, List<NodeProto> copies) {
        var computed = new HashSet<String>();
        graph.nodes().forEach(node -> node.outputs().forEach(value -> computed.add(value.name())));
        graph.outputs()
                .forEach((name, value) -> {
                    if (name.equals(value.name())) {
                        return;
                    }
                    if (computed.contains(value.name())
                            && !graph.outputs().containsKey(value.name())
                            && renamed.putIfAbsent(value.name(), name) == null) {
                        return;
                    }
                    copies.add(
                            new NodeProto(
                                    name + "/Identity",
                                    "",
                                    "Identity",
                                    List.of(renamed.getOrDefault(value.name(), value.name())),
                                    List.of(name),
                                    List.of(),
                                    Bytes.EMPTY));
                });
    }

    private static List<OperatorSetProto> operatorSets(Graph graph, int opset) {
        var sets = new ArrayList<OperatorSetProto>();
        sets.add(new OperatorSetProto("", opset));
        if (graph.nodes().stream()
                .anyMatch(node -> node.operator().domain().equals(Operator.MICROSOFT))) {
            sets.add(new OperatorSetProto(Operator.MICROSOFT, 1));
        }
        return sets;
    }

    private static NodeProto node(Node node, Map<String, String> renamed) {
        return new NodeProto(
                node.name(),
                node.operator().domain(),
                node.operator().name(),
                names(node.inputs(), renamed),
                node.outputs().stream()
                        .map(value -> renamed.getOrDefault(value.name(), value.name()))
                        .toList(),
                node.attributes().toProtos(),
                Bytes.EMPTY);
    }

    private static List<String> names(List<@Nullable Value> values, Map<String, String> renamed) {
        var names = new ArrayList<String>();
        for (var value : values) {
            names.add(value == null ? "" : renamed.getOrDefault(value.name(), value.name()));
        }
        return names;
    }

    static ValueInfoProto info(String name, Value value) {
        return new ValueInfoProto(
                name,
                value.type().onnxNumber(),
                value.shape().stream().map(ModelWriter::dimension).toList());
    }

    private static DimensionProto dimension(Dimension dimension) {
        return switch (dimension) {
            case Fixed(long size) -> new DimensionProto(size, "", Bytes.EMPTY);
            case Symbolic(String symbol) -> new DimensionProto(null, symbol, Bytes.EMPTY);
        };
    }
}

package org.palimpsest.onnx.proto;

import java.util.ArrayList;
import java.util.List;

/// Nodes with their inputs, outputs and weights (onnx.proto, `GraphProto`).
///
/// @param unknown the fields that we do not model, as they were read: shapes of values inside, documentation
public record GraphProto(
        String name,
        List<NodeProto> nodes,
        List<TensorProto> initializers,
        List<ValueInfoProto> inputs,
        List<ValueInfoProto> outputs,
        List<ValueInfoProto> values,
        Bytes unknown)
        implements ProtoMessage {
    public GraphProto {
        nodes = List.copyOf(nodes);
        initializers = List.copyOf(initializers);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        values = List.copyOf(values);
    }

    static GraphProto read(ProtoReader reader) throws ProtoFormatException {
        String name = "";
        var nodes = new ArrayList<NodeProto>();
        var initializers = new ArrayList<TensorProto>();
        var inputs = new ArrayList<ValueInfoProto>();
        var outputs = new ArrayList<ValueInfoProto>();
        var values = new ArrayList<ValueInfoProto>();
        var unknown = new ProtoReader.Unknown();
        while (reader.next()) {
            switch (reader.field()) {
                case 1 -> nodes.add(NodeProto.read(reader.message()));
                case 2 -> name = reader.string();
                case 5 -> initializers.add(TensorProto.read(reader.message()));
                case 11 -> inputs.add(ValueInfoProto.read(reader.message()));
                case 12 -> outputs.add(ValueInfoProto.read(reader.message()));
                case 13 -> values.add(ValueInfoProto.read(reader.message()));
                default -> reader.keepTo(unknown);
            }
        }
        return new GraphProto(name, nodes, initializers, inputs, outputs, values, unknown.bytes());
    }

    @Override
    public void writeTo(ProtoWriter writer) {
        writer.messages(1, nodes);
        writer.string(2, name);
        writer.messages(5, initializers);
        writer.messages(11, inputs);
        writer.messages(12, outputs);
        writer.messages(13, values);
        writer.raw(unknown);
    }
}

package org.palimpsest.onnx.proto;

import java.util.ArrayList;
import java.util.List;

/// A whole ONNX file (onnx.proto, `ModelProto`).
///
/// @param unknown the fields that we do not model, as they were read: version texts, functions, training information
public record ModelProto(
        long irVersion,
        String producer,
        GraphProto graph,
        List<OperatorSetProto> operatorSets,
        List<StringEntry> metadata,
        Bytes unknown)
        implements ProtoMessage {
    public ModelProto {
        operatorSets = List.copyOf(operatorSets);
        metadata = List.copyOf(metadata);
    }

    public static ModelProto read(byte[] bytes) throws ProtoFormatException {
        var reader = ProtoReader.of(bytes);
        long irVersion = 0;
        String producer = "";
        GraphProto graph = null;
        var operatorSets = new ArrayList<OperatorSetProto>();
        var metadata = new ArrayList<StringEntry>();
        var unknown = new ProtoReader.Unknown();
        while (reader.next()) {
            switch (reader.field()) {
                case 1 -> irVersion = reader.varint();
                case 2 -> producer = reader.string();
                case 7 -> {
                    if (graph != null) {
                        throw new ProtoFormatException("two graphs in one model");
                    }
                    graph = GraphProto.read(reader.message());
                }
                case 8 -> operatorSets.add(OperatorSetProto.read(reader.message()));
                case 14 -> metadata.add(StringEntry.read(reader.message()));
                default -> reader.keepTo(unknown);
            }
        }
        if (graph == null) {
            throw new ProtoFormatException("no graph in the model");
        }
        return new ModelProto(irVersion, producer, graph, operatorSets, metadata, unknown.bytes());
    }

    @Override
    public void writeTo(ProtoWriter writer) {
        writer.varint(1, irVersion);
        writer.optionalString(2, producer);
        writer.message(7, graph);
        writer.messages(8, operatorSets);
        writer.messages(14, metadata);
        writer.raw(unknown);
    }
}

package org.palimpsest.onnx.proto;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The name, element type and shape of a graph's input or output (onnx.proto, `ValueInfoProto` with its
/// `TypeProto.Tensor`).
///
/// @param dataType the number of the element type; 0 for what is no tensor or untyped
/// @param shape null where the file declares none; a scalar has an empty list
/// @param unknown the fields of the value that we do not model, as they were read
/// @param unknownType the same of its type: sequences, maps and optional values live there
/// @param unknownTensorType the same of its tensor type
public record ValueInfoProto(
        String name,
        int dataType,
        @Nullable List<DimensionProto> shape,
        Bytes unknown,
        Bytes unknownType,
        Bytes unknownTensorType)
        implements ProtoMessage {
    public ValueInfoProto {
        shape = shape == null ? null : List.copyOf(shape);
    }

    public ValueInfoProto(String name, int dataType, List<DimensionProto> shape) {
        this(name, dataType, shape, Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY);
    }

    public ValueInfoProto withName(String newName) {
        return new ValueInfoProto(
                newName, dataType, shape, unknown, unknownType, unknownTensorType);
    }

    static ValueInfoProto read(ProtoReader reader) throws ProtoFormatException {
        String name = "";
        var type = new TypeReader();
        var unknown = new ProtoReader.Unknown();
        while (reader.next()) {
            switch (reader.field()) {
                case 1 -> name = reader.string();
                case 2 -> type.readType(reader.message());
                default -> reader.keepTo(unknown);
            }
        }
        return new ValueInfoProto(
                name,
                type.dataType,
                type.shape,
                unknown.bytes(),
                type.unknownType.bytes(),
                type.unknownTensorType.bytes());
    }

    /// Reads the three messages between a value and its dimensions.
    private static final class TypeReader {
        private final ProtoReader.Unknown unknownType = new ProtoReader.Unknown();
        private final ProtoReader.Unknown unknownTensorType = new ProtoReader.Unknown();
        private int dataType;
        private @Nullable List<DimensionProto> shape;

        void readType(ProtoReader reader) throws ProtoFormatException {
            while (reader.next()) {
                switch (reader.field()) {
                    case 1 -> readTensorType(reader.message());
                    default -> reader.keepTo(unknownType);
                }
            }
        }

        private void readTensorType(ProtoReader reader) throws ProtoFormatException {
            while (reader.next()) {
                switch (reader.field()) {
                    case 1 -> dataType = reader.smallNumber();
                    case 2 -> shape = readShape(reader.message());
                    default -> reader.keepTo(unknownTensorType);
                }
            }
        }

        private static List<DimensionProto> readShape(ProtoReader reader)
                throws ProtoFormatException {
            var dimensions = new ArrayList<DimensionProto>();
            var ignored = new ProtoReader.Unknown();
            while (reader.next()) {
                switch (reader.field()) {
                    case 1 -> dimensions.add(DimensionProto.read(reader.message()));
                    default -> reader.keepTo(ignored);
                }
            }
            return dimensions;
        }
    }

    @Override
    public void writeTo(ProtoWriter writer) {
        writer.string(1, name);
        writer.message(2, this::writeType);
        writer.raw(unknown);
    }

    private void writeType(ProtoWriter writer) {
        if (dataType != 0 || shape != null || !unknownTensorType.isEmpty()) {
            writer.message(1, this::writeTensorType);
        }
        writer.raw(unknownType);
    }

    private void writeTensorType(ProtoWriter writer) {
        writer.varint(1, dataType);
        var dimensions = shape;
        if (dimensions != null) {
            writer.message(2, nested -> nested.messages(1, dimensions));
        }
        writer.raw(unknownTensorType);
    }
}

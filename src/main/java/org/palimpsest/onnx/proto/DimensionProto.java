package org.palimpsest.onnx.proto;

import org.jspecify.annotations.Nullable;

/// One axis of a declared shape: a size, a name, or neither (onnx.proto, `TensorShapeProto.Dimension`).
public record DimensionProto(@Nullable Long size, String symbol, Bytes unknown)
        implements ProtoMessage {

    static DimensionProto read(ProtoReader reader) throws ProtoFormatException {
        Long size = null;
        String symbol = "";
        var unknown = new ProtoReader.Unknown();
        while (reader.next()) {
            switch (reader.field()) {
                case 1 -> size = reader.varint();
                case 2 -> symbol = reader.string();
                default -> reader.keepTo(unknown);
            }
        }
        return new DimensionProto(size, symbol, unknown.bytes());
    }

    @Override
    public void writeTo(ProtoWriter writer) {
        if (size != null) {
            writer.varint(1, size);
        } else {
            writer.optionalString(2, symbol);
        }
        writer.raw(unknown);
    }
}

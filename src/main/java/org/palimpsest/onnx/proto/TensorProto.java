package org.palimpsest.onnx.proto;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A named tensor: its values as raw little-endian bytes, as a place in another file, or in the typed fields that
/// stay in `unknown` (onnx.proto, `TensorProto`).
///
/// @param dataType the number of the element type, which may be one that we have no name for
/// @param rawData the values, or null where they are elsewhere
/// @param externalData the entries location, offset and length; empty for values in this file
/// @param unknown the fields that we do not model, as they were read
public record TensorProto(
        String name,
        int dataType,
        List<Long> dims,
        @Nullable Bytes rawData,
        List<StringEntry> externalData,
        Bytes unknown)
        implements ProtoMessage {
    private static final int EXTERNAL = 1;

    public TensorProto {
        dims = List.copyOf(dims);
        externalData = List.copyOf(externalData);
    }

    public boolean isExternal() {
        return !externalData.isEmpty();
    }

    public Optional<String> externalEntry(String key) {
        return externalData.stream()
                .filter(entry -> entry.key().equals(key))
                .map(StringEntry::value)
                .findFirst();
    }

    public TensorProto withName(String newName) {
        return new TensorProto(newName, dataType, dims, rawData, externalData, unknown);
    }

    static TensorProto read(ProtoReader reader) throws ProtoFormatException {
        String name = "";
        int dataType = 0;
        int location = 0;
        Bytes rawData = null;
        var dims = new ArrayList<Long>();
        var externalData = new ArrayList<StringEntry>();
        var unknown = new ProtoReader.Unknown();
        while (reader.next()) {
            switch (reader.field()) {
                case 1 -> reader.varintsTo(dims);
                case 2 -> dataType = reader.smallNumber();
                case 8 -> name = reader.string();
                case 9 -> rawData = reader.bytes();
                case 13 -> externalData.add(StringEntry.read(reader.message()));
                case 14 -> location = reader.smallNumber();
                default -> reader.keepTo(unknown);
            }
        }
        if ((location == EXTERNAL) == externalData.isEmpty()) {
            throw new ProtoFormatException(
                    "tensor "
                            + name
                            + (location == EXTERNAL
                                    ? " is external but names no file"
                                    : " names a file but is not marked external"));
        }
        return new TensorProto(name, dataType, dims, rawData, externalData, unknown.bytes());
    }

    @Override
    public void writeTo(ProtoWriter writer) {
        dims.forEach(size -> writer.varint(1, size));
        writer.varint(2, dataType);
        writer.optionalString(8, name);
        if (rawData != null) {
            writer.bytes(9, rawData);
        }
        writer.messages(13, externalData);
        if (isExternal()) {
            writer.varint(14, EXTERNAL);
        }
        writer.raw(unknown);
    }
}

package org.palimpsest.onnx.proto;

/// A key and its value (onnx.proto, `StringStringEntryProto`).
public record StringEntry(String key, String value) implements ProtoMessage {

    static StringEntry read(ProtoReader reader) throws ProtoFormatException {
        String key = "";
        String value = "";
        var ignored = new ProtoReader.Unknown();
        while (reader.next()) {
            switch (reader.field()) {
                case 1 -> key = reader.string();
                case 2 -> value = reader.string();
                default -> reader.keepTo(ignored);
            }
        }
        return new StringEntry(key, value);
    }

    @Override
    public void writeTo(ProtoWriter writer) {
        writer.string(1, key);
        writer.string(2, value);
    }
}

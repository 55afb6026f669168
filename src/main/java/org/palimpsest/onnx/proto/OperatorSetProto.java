package org.palimpsest.onnx.proto;

/// The version of one operator domain; the empty domain is `ai.onnx` (onnx.proto, `OperatorSetIdProto`).
public record OperatorSetProto(String domain, long version) implements ProtoMessage {

    static OperatorSetProto read(ProtoReader reader) throws ProtoFormatException {
        String domain = "";
        long version = 0;
        var ignored = new ProtoReader.Unknown();
        while (reader.next()) {
            switch (reader.field()) {
                case 1 -> domain = reader.string();
                case 2 -> version = reader.varint();
                default -> reader.keepTo(ignored);
            }
        }
        return new OperatorSetProto(domain, version);
    }

    @Override
    public void writeTo(ProtoWriter writer) {
        writer.optionalString(1, domain);
        writer.varint(2, version);
    }
}

package org.palimpsest.onnx.proto;

/// A message that can write its fields.
public interface ProtoMessage {
    void writeTo(ProtoWriter writer);
}

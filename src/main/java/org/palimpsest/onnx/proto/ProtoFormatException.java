package org.palimpsest.onnx.proto;

/// The bytes are not the messages they should be; the text says where and why.
public final class ProtoFormatException extends Exception {
    private static final long serialVersionUID = 1L;

    ProtoFormatException(String message) {
        super(message);
    }
}

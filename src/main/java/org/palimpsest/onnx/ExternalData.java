package org.palimpsest.onnx;

/// Where the bytes of a tensor lie outside the model.
///
/// @param location the file, relative to the folder of the model, with `/` between folders
/// @param offset in bytes from the start of the file
/// @param length in bytes
public record ExternalData(String location, long offset, long length) {
    public ExternalData {
        if (location.isEmpty() || offset < 0 || length < 0 || offset > Long.MAX_VALUE - length) {
            throw new IllegalArgumentException(
                    "No place of bytes: '" + location + "' from " + offset + ", " + length);
        }
    }
}

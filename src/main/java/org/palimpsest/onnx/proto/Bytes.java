package org.palimpsest.onnx.proto;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// An unchanging run of bytes that may be a part of a larger array, so that reading a model copies no weights.
///
/// Equal when the bytes are equal. Thread-safe.
public final class Bytes {
    public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

    private final byte[] array;
    private final int offset;
    private final int length;

    Bytes(byte[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    /// A copy of the array.
    public static Bytes copyOf(byte[] values) {
        return new Bytes(values.clone(), 0, values.length);
    }

    /// A copy of the memory.
    ///
    /// @throws IllegalArgumentException if it does not fit a Java array
    public static Bytes copyOf(MemorySegment memory) {
        if (memory.byteSize() > Integer.MAX_VALUE - 64) {
            throw new IllegalArgumentException(
                    "Too much for an inline tensor: " + memory.byteSize() + " bytes");
        }
        var values = memory.toArray(ValueLayout.JAVA_BYTE);
        return new Bytes(values, 0, values.length);
    }

    public static Bytes ofUtf8(String text) {
        var values = text.getBytes(StandardCharsets.UTF_8);
        return new Bytes(values, 0, values.length);
    }

    public int length() {
        return length;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    /// Where these bytes start in the array that they are part of; for a model that was read from a file, in the file.
    public int start() {
        return offset;
    }

    /// A read-only view, little endian.
    public ByteBuffer asBuffer() {
        return ByteBuffer.wrap(array, offset, length)
                .slice()
                .asReadOnlyBuffer()
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    public byte[] toArray() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    /// The text that the bytes hold; a byte that is no UTF-8 becomes the replacement character.
    public String toUtf8() {
        return new String(array, offset, length, StandardCharsets.UTF_8);
    }

    void copyTo(byte[] target, int position) {
        System.arraycopy(array, offset, target, position, length);
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(array, offset, length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes
                && Arrays.equals(
                        array,
                        offset,
                        offset + length,
                        bytes.array,
                        bytes.offset,
                        bytes.offset + bytes.length);
    }

    @Override
    public int hashCode() {
        return asBuffer().hashCode();
    }

    @Override
    public String toString() {
        return length + " bytes";
    }
}

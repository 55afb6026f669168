package org.palimpsest.onnx.proto;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Writes protocol-buffer fields. Long byte strings are kept by reference until the end, so a model with weights inside
/// is not copied at each level of nesting.
///
/// The same calls give the same bytes. Not thread-safe.
public final class ProtoWriter {
    private static final int KEEP_BY_REFERENCE = 4096;

    private final List<Bytes> finished = new ArrayList<>();
    private long finishedSize;
    private byte[] tail = new byte[64];
    private int tailSize;

    public void varint(int field, long value) {
        tag(field, ProtoReader.VARINT);
        rawVarint(value);
    }

    public void fixed32(int field, float value) {
        tag(field, ProtoReader.FIXED32);
        int bits = Float.floatToRawIntBits(value);
        for (int i = 0; i < 4; i++) {
            put((byte) (bits >>> (8 * i)));
        }
    }

    /// Writes the text unless it is empty.
    public void optionalString(int field, String value) {
        if (!value.isEmpty()) {
            string(field, value);
        }
    }

    public void string(int field, String value) {
        bytes(field, Bytes.ofUtf8(value));
    }

    public void bytes(int field, Bytes value) {
        tag(field, ProtoReader.LENGTH_DELIMITED);
        rawVarint(value.length());
        raw(value);
    }

    public void message(int field, ProtoMessage message) {
        var nested = new ProtoWriter();
        message.writeTo(nested);
        tag(field, ProtoReader.LENGTH_DELIMITED);
        rawVarint(nested.size());
        nested.finished.forEach(this::raw);
        raw(new Bytes(nested.tail, 0, nested.tailSize));
    }

    public void messages(int field, List<? extends ProtoMessage> messages) {
        messages.forEach(message -> message(field, message));
    }

    /// Writes whole fields, tags included, as they were read.
    public void raw(Bytes value) {
        if (value.length() >= KEEP_BY_REFERENCE) {
            flushTail();
            finished.add(value);
            finishedSize += value.length();
        } else {
            reserve(value.length());
            value.copyTo(tail, tailSize);
            tailSize += value.length();
        }
    }

    public long size() {
        return finishedSize + tailSize;
    }

    /// @throws IllegalStateException beyond 2 GiB, where the format itself ends
    public byte[] toBytes() {
        if (size() > Integer.MAX_VALUE - 64) {
            throw new IllegalStateException(
                    "The model takes "
                            + size()
                            + " bytes; an ONNX file ends at 2 GiB, so its weights must be external");
        }
        var all = new byte[(int) size()];
        int position = 0;
        for (var part : finished) {
            part.copyTo(all, position);
            position += part.length();
        }
        System.arraycopy(tail, 0, all, position, tailSize);
        return all;
    }

    public void writeTo(OutputStream out) throws IOException {
        for (var part : finished) {
            part.writeTo(out);
        }
        out.write(tail, 0, tailSize);
    }

    private void flushTail() {
        if (tailSize > 0) {
            finished.add(new Bytes(tail, 0, tailSize));
            finishedSize += tailSize;
            tail = new byte[64];
            tailSize = 0;
        }
    }

    private void tag(int field, int wireType) {
        rawVarint((long) field << 3 | wireType);
    }

    private void rawVarint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            put((byte) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        put((byte) rest);
    }

    private void put(byte value) {
        reserve(1);
        tail[tailSize++] = value;
    }

    private void reserve(int more) {
        if (tail.length - tailSize < more) {
            tail = Arrays.copyOf(tail, Math.max(tail.length * 2, tailSize + more));
        }
    }
}

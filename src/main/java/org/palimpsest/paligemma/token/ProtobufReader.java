package org.palimpsest.paligemma.token;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Reads the fields of one protobuf message, within its bounds.
final class ProtobufReader {
    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED_32 = 5;

    private final ByteBuffer bytes;
    private int field;
    private int wireType;

    ProtobufReader(ByteBuffer bytes) {
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    /// A fault in the bytes, with the place.
    static final class BadMessageException extends Exception {
        BadMessageException(String message) {
            super(message);
        }
    }

    /// Moves to the next field; false at the end of the message. The value must then be taken by
    /// one of the other methods.
    boolean next() throws BadMessageException {
        if (!bytes.hasRemaining()) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> 3);
        wireType = (int) (tag & 7);
        if (tag >>> 32 != 0 || field <= 0) {
            throw bad("a field number out of range");
        }
        return true;
    }

    int field() {
        return field;
    }

    long takeVarint() throws BadMessageException {
        require(VARINT);
        return varint();
    }

    float takeFloat() throws BadMessageException {
        require(FIXED_32);
        requireBytes(Float.BYTES);
        return bytes.getFloat();
    }

    ByteBuffer takeBytes() throws BadMessageException {
        require(BYTES);
        long length = varint();
        requireBytes(length);
        int size = (int) length;
        var slice = bytes.slice(bytes.position(), size);
        bytes.position(bytes.position() + size);
        return slice;
    }

    String takeText() throws BadMessageException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(takeBytes())
                    .toString();
        } catch (CharacterCodingException e) {
            throw bad("text that is not UTF-8");
        }
    }

    void skip() throws BadMessageException {
        switch (wireType) {
            case VARINT -> varint();
            case FIXED_64 -> advance(Long.BYTES);
            case BYTES -> takeBytes();
            case FIXED_32 -> advance(Integer.BYTES);
            default -> throw bad("a field of unknown type " + wireType);
        }
    }

    private void advance(int count) throws BadMessageException {
        requireBytes(count);
        bytes.position(bytes.position() + count);
    }

    private long varint() throws BadMessageException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            requireBytes(1);
            byte next = bytes.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw bad("a number longer than ten bytes");
    }

    private void require(int expected) throws BadMessageException {
        if (wireType != expected) {
            throw bad("field " + field + " of type " + wireType + " instead of " + expected);
        }
    }

    private void requireBytes(long count) throws BadMessageException {
        if (count < 0 || count > bytes.remaining()) {
            throw bad("a field of " + count + " bytes where " + bytes.remaining() + " are left");
        }
    }

    private BadMessageException bad(String what) {
        return new BadMessageException(what + " at byte " + bytes.position() + " of the message");
    }
}

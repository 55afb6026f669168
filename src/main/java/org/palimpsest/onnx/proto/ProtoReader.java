package org.palimpsest.onnx.proto;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Reads the fields of one protocol-buffer message, one after another.
///
/// No length is believed: a field must end inside its message, messages nest at most [#MAX_DEPTH] deep, and one file
/// holds at most [#MAX_ITEMS] messages, strings and numbers, so that memory stays within a small multiple of the
/// file's size. Wire format: protobuf.dev/programming-guides/encoding. Not thread-safe.
public final class ProtoReader {
    /// Graphs within graphs take three messages each (graph, node, attribute), so this allows twenty.
    public static final int MAX_DEPTH = 64;

    public static final int MAX_ITEMS = 3_000_000;

    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int LENGTH_DELIMITED = 2;
    static final int FIXED32 = 5;

    /// Counts what has been taken from one file.
    private static final class Budget {
        private int items;

        void take() throws ProtoFormatException {
            if (++items > MAX_ITEMS) {
                throw new ProtoFormatException("more than " + MAX_ITEMS + " items");
            }
        }
    }

    private final byte[] data;
    private final int start;
    private final int end;
    private final int depth;
    private final Budget budget;
    private int position;
    private int fieldStart;
    private int field;
    private int wireType;

    private ProtoReader(byte[] data, int start, int end, int depth, Budget budget) {
        this.data = data;
        this.start = start;
        this.end = end;
        this.depth = depth;
        this.budget = budget;
        this.position = start;
    }

    public static ProtoReader of(byte[] data) {
        return of(data, 0, data.length);
    }

    static ProtoReader of(byte[] data, int offset, int length) {
        return new ProtoReader(data, offset, offset + length, 0, new Budget());
    }

    /// Goes on to the next field; the value of the one before must have been taken or skipped.
    ///
    /// @return false at the end of the message
    public boolean next() throws ProtoFormatException {
        if (position == end) {
            return false;
        }
        fieldStart = position;
        long tag = rawVarint();
        field = (int) (tag >>> 3);
        wireType = (int) (tag & 7);
        if (tag >>> 3 == 0 || tag >>> 3 > 536_870_911) {
            throw malformed("field number " + (tag >>> 3));
        }
        return true;
    }

    /// The number of the current field.
    public int field() {
        return field;
    }

    public long varint() throws ProtoFormatException {
        expect(VARINT);
        return rawVarint();
    }

    /// A number of a closed list or a version, which must fit an `int`.
    public int smallNumber() throws ProtoFormatException {
        long value = varint();
        if (value != (int) value) {
            throw malformed("number " + value);
        }
        return (int) value;
    }

    public float fixed32() throws ProtoFormatException {
        expect(FIXED32);
        return Float.intBitsToFloat((int) littleEndian(4));
    }

    /// Adds one number or a packed run of numbers.
    public void varintsTo(List<Long> values) throws ProtoFormatException {
        if (wireType == LENGTH_DELIMITED) {
            int stop = lengthDelimitedEnd();
            while (position < stop) {
                budget.take();
                values.add(rawVarint());
            }
            if (position != stop) {
                throw malformed("packed numbers that overrun");
            }
        } else {
            budget.take();
            values.add(varint());
        }
    }

    /// Adds one number or a packed run of numbers.
    public void fixed32sTo(List<Float> values) throws ProtoFormatException {
        if (wireType == LENGTH_DELIMITED) {
            int stop = lengthDelimitedEnd();
            if ((stop - position) % 4 != 0) {
                throw malformed("packed floats that overrun");
            }
            while (position < stop) {
                budget.take();
                values.add(Float.intBitsToFloat((int) littleEndian(4)));
            }
        } else {
            budget.take();
            values.add(fixed32());
        }
    }

    public Bytes bytes() throws ProtoFormatException {
        expect(LENGTH_DELIMITED);
        budget.take();
        int stop = lengthDelimitedEnd();
        var value = new Bytes(data, position, stop - position);
        position = stop;
        return value;
    }

    /// @throws ProtoFormatException also if the bytes are not UTF-8
    public String string() throws ProtoFormatException {
        var value = bytes();
        try {
            CharBuffer text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value.toArray()));
            return text.toString();
        } catch (CharacterCodingException e) {
            throw malformed("text that is not UTF-8");
        }
    }

    /// A reader of the nested message that the current field holds.
    public ProtoReader message() throws ProtoFormatException {
        expect(LENGTH_DELIMITED);
        budget.take();
        if (depth + 1 >= MAX_DEPTH) {
            throw malformed("messages nested deeper than " + MAX_DEPTH);
        }
        int stop = lengthDelimitedEnd();
        var nested = new ProtoReader(data, position, stop, depth + 1, budget);
        position = stop;
        return nested;
    }

    /// Passes over the current field and keeps its bytes, tag included.
    public void keepTo(Unknown unknown) throws ProtoFormatException {
        switch (wireType) {
            case VARINT -> rawVarint();
            case FIXED64 -> littleEndian(8);
            case FIXED32 -> littleEndian(4);
            case LENGTH_DELIMITED -> position = lengthDelimitedEnd();
            default -> throw malformed("wire type " + wireType);
        }
        unknown.add(new Bytes(data, fieldStart, position - fieldStart));
    }

    /// Gathers fields that are carried along without being understood.
    public static final class Unknown {
        private Bytes first = Bytes.EMPTY;
        private final ByteArrayOutputStream more = new ByteArrayOutputStream(0);

        void add(Bytes field) {
            if (first.isEmpty()) {
                first = field;
            } else {
                if (more.size() == 0) {
                    more.writeBytes(first.toArray());
                }
                more.writeBytes(field.toArray());
            }
        }

        public Bytes bytes() {
            return more.size() == 0 ? first : Bytes.copyOf(more.toByteArray());
        }
    }

    private void expect(int expected) throws ProtoFormatException {
        if (wireType != expected) {
            throw malformed("wire type " + wireType + " where " + expected + " is due");
        }
    }

    private int lengthDelimitedEnd() throws ProtoFormatException {
        long length = rawVarint();
        if (length < 0 || length > end - position) {
            throw malformed("a length of " + length + " with " + (end - position) + " bytes left");
        }
        return position + (int) length;
    }

    private long rawVarint() throws ProtoFormatException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (position == end) {
                throw malformed("a number that is cut off");
            }
            byte part = data[position++];
            value |= (long) (part & 0x7f) << shift;
            if (part >= 0) {
                return value;
            }
        }
        throw malformed("a number of more than ten bytes");
    }

    private long littleEndian(int count) throws ProtoFormatException {
        if (end - position < count) {
            throw malformed("a number that is cut off");
        }
        long value = 0;
        for (int i = 0; i < count; i++) {
            value |= (data[position++] & 0xffL) << (8 * i);
        }
        return value;
    }

    private ProtoFormatException malformed(String what) {
        return new ProtoFormatException(
                what
                        + " in field "
                        + field
                        + " at byte "
                        + fieldStart
                        + " (message from byte "
                        + start
                        + " to "
                        + end
                        + ")");
    }
}

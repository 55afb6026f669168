package org.palimpsest.format.parquet;

import java.nio.ByteBuffer;

/// Reads numbers out of a struct in Thrift's compact protocol and skips the rest, within bounds.
final class ThriftReader {
    private static final int STOP = 0;
    private static final int MAX_DEPTH = 16;

    private final ByteBuffer bytes;

    ThriftReader(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /// Takes a field's number and, where it is a whole number, its value.
    @FunctionalInterface
    interface FieldConsumer {
        /// @param outer number of the struct's field that this is in; 0 for the outermost struct
        void accept(int outer, int field, long value);
    }

    /// Reads a struct to its end.
    ///
    /// @throws IllegalArgumentException if it is not one
    /// @throws java.nio.BufferUnderflowException if it is cut off
    void struct(FieldConsumer consumer) {
        struct(0, consumer, 0);
    }

    private void struct(int outer, FieldConsumer consumer, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("structs are nested too deep");
        }
        int field = 0;
        while (true) {
            int head = bytes.get() & 0xFF;
            if (head == STOP) {
                return;
            }
            int delta = head >> 4;
            field = delta == 0 ? (int) zigzag() : field + delta;
            value(head & 0x0F, outer, field, consumer, depth);
        }
    }

    /// The types of the compact protocol: 1 and 2 true and false, 3 byte, 4 to 6 whole numbers, 7 double, 8 bytes, 9 and
    /// 10 list and set, 11 map, 12 struct.
    private void value(int type, int outer, int field, FieldConsumer consumer, int depth) {
        switch (type) {
            case 1, 2 -> {}
            case 3 -> skip(1);
            case 4, 5, 6 -> consumer.accept(outer, field, zigzag());
            case 7 -> skip(Double.BYTES);
            case 8 -> skip(varint());
            case 9, 10 -> {
                int head = bytes.get() & 0xFF;
                long size = head >> 4 == 15 ? varint() : head >> 4;
                for (long i = 0; i < size; i++) {
                    element(head & 0x0F, depth);
                }
            }
            case 11 -> {
                long size = varint();
                int types = size == 0 ? 0 : bytes.get() & 0xFF;
                for (long i = 0; i < size; i++) {
                    element(types >> 4, depth);
                    element(types & 0x0F, depth);
                }
            }
            case 12 -> struct(field, consumer, depth + 1);
            default -> throw new IllegalArgumentException("no such type: " + type);
        }
    }

    private void element(int type, int depth) {
        if (type == 1 || type == 2) {
            skip(1); // in a list, a truth value takes a byte
        } else {
            value(type, -1, 0, (_, _, _) -> {}, depth + 1);
        }
    }

    private void skip(long count) {
        if (count < 0 || count > bytes.remaining()) {
            throw new IllegalArgumentException("a length reaches beyond the end: " + count);
        }
        bytes.position(bytes.position() + (int) count);
    }

    private long zigzag() {
        long value = varint();
        return value >>> 1 ^ -(value & 1);
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int octet = bytes.get() & 0xFF;
            value |= (long) (octet & 0x7F) << shift;
            if (octet < 0x80) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number of more than 64 bits");
    }
}

package org.palimpsest.format.parquet;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/// Writes structs in Thrift's compact protocol (apache/thrift, doc/specs/thrift-compact-protocol.md).
final class ThriftWriter {
    private static final int I32 = 5;
    private static final int I64 = 6;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int STRUCT = 12;
    private static final int LONGEST_SHORT_LIST = 14;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Deque<Integer> outerFields = new ArrayDeque<>();
    private int lastField;

    byte[] toByteArray() {
        return bytes.toByteArray();
    }

    void i32(int field, int value) {
        header(field, I32);
        zigzag(value);
    }

    void i64(int field, long value) {
        header(field, I64);
        zigzag(value);
    }

    void text(int field, String value) {
        header(field, BINARY);
        listText(value);
    }

    void startStruct(int field) {
        header(field, STRUCT);
        startListStruct();
    }

    void startStructList(int field, int size) {
        startList(field, size, STRUCT);
    }

    void startIntList(int field, int size) {
        startList(field, size, I32);
    }

    void startTextList(int field, int size) {
        startList(field, size, BINARY);
    }

    private void startList(int field, int size, int elementType) {
        header(field, LIST);
        if (size <= LONGEST_SHORT_LIST) {
            bytes.write(size << 4 | elementType);
        } else {
            bytes.write(0xF0 | elementType);
            varint(size);
        }
    }

    void startListStruct() {
        outerFields.push(lastField);
        lastField = 0;
    }

    void endStruct() {
        bytes.write(0);
        lastField = outerFields.pop();
    }

    void listInt(int value) {
        zigzag(value);
    }

    void listText(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        varint(utf8.length);
        bytes.writeBytes(utf8);
    }

    private void header(int field, int type) {
        // Fields are written in rising order and lie close together: the short form always fits.
        bytes.write((field - lastField) << 4 | type);
        lastField = field;
    }

    private void zigzag(long value) {
        varint(value << 1 ^ value >> 63);
    }

    private void varint(long value) {
        writeVarint(bytes, value);
    }

    /// Seven bits a byte, the lowest first.
    static void writeVarint(ByteArrayOutputStream to, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            to.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        to.write((int) rest);
    }
}

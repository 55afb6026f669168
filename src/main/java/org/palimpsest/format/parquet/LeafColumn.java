package org.palimpsest.format.parquet;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// The values of one innermost column of the row group that is being filled, with their levels.
///
/// As no value may be absent, both levels only count lists: the definition level those that hold something on the way
/// to the value, the repetition level the list that goes on (apache/parquet-format README.md, "Nested Encoding").
final class LeafColumn {
    private final List<String> path;
    private final ParquetType.Single type;
    private final int maxLevel;
    private final ByteArrayOutputStream values = new ByteArrayOutputStream();
    private byte[] repetitionLevels = new byte[64];
    private byte[] definitionLevels = new byte[64];
    private int count;

    /// @param maxLevel how many lists are around the values
    LeafColumn(List<String> path, ParquetType.Single type, int maxLevel) {
        this.path = List.copyOf(path);
        this.type = type;
        this.maxLevel = maxLevel;
    }

    List<String> path() {
        return path;
    }

    ParquetType.Single type() {
        return type;
    }

    /// Values and empty lists.
    int count() {
        return count;
    }

    long bytes() {
        return values.size() + 2L * count;
    }

    void addEmptyList(int repetition, int definition) {
        if (count == repetitionLevels.length) {
            repetitionLevels = Arrays.copyOf(repetitionLevels, 2 * count);
            definitionLevels = Arrays.copyOf(definitionLevels, 2 * count);
        }
        repetitionLevels[count] = (byte) repetition;
        definitionLevels[count] = (byte) definition;
        count++;
    }

    /// Plain encoding: numbers in 8 bytes, texts behind their length in 4, the lowest byte first.
    void add(Object value, int repetition, int definition) {
        addEmptyList(repetition, definition);
        switch (type) {
            case WHOLE -> writeLong((Long) value);
            case REAL -> writeLong(Double.doubleToLongBits((Double) value));
            case TEXT -> {
                byte[] utf8 = ((String) value).getBytes(StandardCharsets.UTF_8);
                writeInt(values, utf8.length);
                values.writeBytes(utf8);
            }
        }
    }

    /// The contents of a data page (version 1): repetition levels, definition levels, values.
    byte[] page() {
        var page = new ByteArrayOutputStream(values.size() + 64);
        if (maxLevel > 0) {
            writeLevels(page, repetitionLevels);
            writeLevels(page, definitionLevels);
        }
        page.writeBytes(values.toByteArray());
        return page.toByteArray();
    }

    void clear() {
        values.reset();
        count = 0;
    }

    /// Run lengths: twice the length as a varint, then the value in whole bytes (Encodings.md, "RLE"; the levels here
    /// need one byte).
    private void writeLevels(ByteArrayOutputStream page, byte[] levels) {
        var runs = new ByteArrayOutputStream();
        int start = 0;
        for (int i = 1; i <= count; i++) {
            if (i == count || levels[i] != levels[start]) {
                ThriftWriter.writeVarint(runs, (long) (i - start) << 1);
                runs.write(levels[start]);
                start = i;
            }
        }
        writeInt(page, runs.size());
        page.writeBytes(runs.toByteArray());
    }

    private void writeLong(long value) {
        values.writeBytes(
                ByteBuffer.allocate(Long.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(value)
                        .array());
    }

    private static void writeInt(ByteArrayOutputStream to, int value) {
        to.writeBytes(
                ByteBuffer.allocate(Integer.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(value)
                        .array());
    }
}

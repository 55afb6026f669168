package org.palimpsest.format.parquet;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Writes a Parquet file row by row: plain values, not compressed, so that the same rows give the same bytes everywhere.
///
/// Memory holds one group of rows. Belongs to one thread.
public final class ParquetWriter implements AutoCloseable {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int ROWS_PER_GROUP = 10_000;
    private static final long BYTES_PER_GROUP = 16L << 20;

    // Numbers of parquet.thrift.
    private static final int PLAIN = 0;
    private static final int RLE = 3;
    private static final int DATA_PAGE = 0;
    private static final int UNCOMPRESSED = 0;
    private static final int REQUIRED = 0;
    private static final int REPEATED = 2;
    private static final int UTF8 = 0;
    private static final int LIST = 3;
    private static final int STRING_TYPE = 1;
    private static final int LIST_TYPE = 3;

    private final OutputStream stream;
    private final ParquetType.Struct columns;
    private final List<LeafColumn> leaves = new ArrayList<>();
    private final List<RowGroup> groups = new ArrayList<>();
    private long position;
    private int rowsInGroup;

    private record Chunk(LeafColumn leaf, long offset, long bytes, long values) {}

    private record RowGroup(List<Chunk> chunks, long rows) {}

    /// Begins a file.
    ///
    /// @param stream is closed with the writer
    public ParquetWriter(OutputStream stream, ParquetType.Struct columns) throws IOException {
        this.stream = stream;
        this.columns = columns;
        collectLeaves(columns, List.of(), 0);
        write(MAGIC);
    }

    private void collectLeaves(ParquetType type, List<String> path, int level) {
        switch (type) {
            case ParquetType.Single single -> leaves.add(new LeafColumn(path, single, level));
            case ParquetType.ListOf(var element) ->
                    collectLeaves(element, joined(path, "list", "element"), level + 1);
            case ParquetType.Struct(var fields) -> {
                for (var field : fields) {
                    collectLeaves(field.type(), joined(path, field.name()), level);
                }
            }
        }
    }

    private static List<String> joined(List<String> path, String... names) {
        var all = new ArrayList<>(path);
        all.addAll(List.of(names));
        return all;
    }

    /// Adds a row: one value for each column, as their types say.
    ///
    /// @throws IllegalArgumentException if there are more or fewer values than fields
    /// @throws ClassCastException if a value is not of its type
    public void row(List<?> values) throws IOException {
        shred(columns, values, 0, 0, 0, 0);
        rowsInGroup++;
        if (rowsInGroup == ROWS_PER_GROUP
                || leaves.stream().mapToLong(LeafColumn::bytes).sum() > BYTES_PER_GROUP) {
            flush();
        }
    }

    /// Puts a value into the leaf columns below it.
    ///
    /// @param leaf the first of them
    /// @param level how many lists are around the value
    /// @return the leaf column behind the last of them
    private int shred(
            ParquetType type, Object value, int leaf, int level, int repetition, int definition) {
        return switch (type) {
            case ParquetType.Single _ -> {
                leaves.get(leaf).add(value, repetition, definition);
                yield leaf + 1;
            }
            case ParquetType.Struct(var fields) -> {
                var values = (List<?>) value;
                if (values.size() != fields.size()) {
                    throw new IllegalArgumentException(values + " for " + fields);
                }
                int next = leaf;
                for (int i = 0; i < values.size(); i++) {
                    next =
                            shred(
                                    fields.get(i).type(),
                                    values.get(i),
                                    next,
                                    level,
                                    repetition,
                                    definition);
                }
                yield next;
            }
            case ParquetType.ListOf(var element) -> {
                int next = leaf + leavesOf(element);
                var values = (List<?>) value;
                if (values.isEmpty()) {
                    leaves.subList(leaf, next)
                            .forEach(below -> below.addEmptyList(repetition, definition));
                }
                for (int i = 0; i < values.size(); i++) {
                    shred(
                            element,
                            values.get(i),
                            leaf,
                            level + 1,
                            i == 0 ? repetition : level + 1,
                            definition + 1);
                }
                yield next;
            }
        };
    }

    private static int leavesOf(ParquetType type) {
        return switch (type) {
            case ParquetType.Single _ -> 1;
            case ParquetType.ListOf(var element) -> leavesOf(element);
            case ParquetType.Struct(var fields) ->
                    fields.stream().mapToInt(field -> leavesOf(field.type())).sum();
        };
    }

    private void flush() throws IOException {
        if (rowsInGroup == 0) {
            return;
        }
        var chunks = new ArrayList<Chunk>();
        for (var leaf : leaves) {
            long start = position;
            byte[] page = leaf.page();
            write(pageHeader(leaf.count(), page.length));
            write(page);
            chunks.add(new Chunk(leaf, start, position - start, leaf.count()));
            leaf.clear();
        }
        groups.add(new RowGroup(chunks, rowsInGroup));
        rowsInGroup = 0;
    }

    /// `PageHeader` with a `DataPageHeader`.
    private static byte[] pageHeader(int values, int bytes) {
        var thrift = new ThriftWriter();
        thrift.startListStruct();
        thrift.i32(1, DATA_PAGE);
        thrift.i32(2, bytes);
        thrift.i32(3, bytes);
        thrift.startStruct(5);
        thrift.i32(1, values);
        thrift.i32(2, PLAIN);
        thrift.i32(3, RLE);
        thrift.i32(4, RLE);
        thrift.endStruct();
        thrift.endStruct();
        return thrift.toByteArray();
    }

    /// Writes the rest and the footer, and closes the stream.
    @Override
    public void close() throws IOException {
        try (stream) {
            flush();
            byte[] footer = footer();
            write(footer);
            write(
                    ByteBuffer.allocate(Integer.BYTES)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putInt(footer.length)
                            .array());
            write(MAGIC);
        }
    }

    /// `FileMetaData`.
    private byte[] footer() {
        var thrift = new ThriftWriter();
        thrift.startListStruct();
        thrift.i32(1, 1);
        thrift.startStructList(2, 1 + schemaElements(columns));
        writeGroupElement(thrift, "schema", columns.fields().size(), true);
        columns.fields().forEach(field -> writeField(thrift, field));
        thrift.i64(3, groups.stream().mapToLong(RowGroup::rows).sum());
        thrift.startStructList(4, groups.size());
        groups.forEach(group -> writeGroup(thrift, group));
        thrift.text(6, "Palimpsest");
        thrift.endStruct();
        return thrift.toByteArray();
    }

    private static int schemaElements(ParquetType type) {
        return switch (type) {
            case ParquetType.Single _ -> 0;
            case ParquetType.ListOf(var element) -> 2 + schemaElements(element);
            case ParquetType.Struct(var fields) ->
                    fields.size()
                            + fields.stream().mapToInt(field -> schemaElements(field.type())).sum();
        };
    }

    private static void writeField(ThriftWriter thrift, ParquetType.Field field) {
        switch (field.type()) {
            case ParquetType.Single single -> {
                thrift.startListStruct();
                thrift.i32(1, single.physicalType);
                thrift.i32(3, REQUIRED);
                thrift.text(4, field.name());
                if (single == ParquetType.Single.TEXT) {
                    thrift.i32(6, UTF8);
                    writeLogicalType(thrift, STRING_TYPE);
                }
                thrift.endStruct();
            }
            case ParquetType.Struct(var fields) -> {
                writeGroupElement(thrift, field.name(), fields.size(), false);
                fields.forEach(inner -> writeField(thrift, inner));
            }
            // LogicalTypes.md, "Lists": a group, in it a repeated group "list", in it "element".
            case ParquetType.ListOf(var element) -> {
                thrift.startListStruct();
                thrift.i32(3, REQUIRED);
                thrift.text(4, field.name());
                thrift.i32(5, 1);
                thrift.i32(6, LIST);
                writeLogicalType(thrift, LIST_TYPE);
                thrift.endStruct();
                thrift.startListStruct();
                thrift.i32(3, REPEATED);
                thrift.text(4, "list");
                thrift.i32(5, 1);
                thrift.endStruct();
                writeField(thrift, new ParquetType.Field("element", element));
            }
        }
    }

    /// The root has no repetition.
    private static void writeGroupElement(
            ThriftWriter thrift, String name, int children, boolean root) {
        thrift.startListStruct();
        if (!root) {
            thrift.i32(3, REQUIRED);
        }
        thrift.text(4, name);
        thrift.i32(5, children);
        thrift.endStruct();
    }

    /// `LogicalType`, a union of empty structs.
    private static void writeLogicalType(ThriftWriter thrift, int which) {
        thrift.startStruct(10);
        thrift.startStruct(which);
        thrift.endStruct();
        thrift.endStruct();
    }

    private static void writeGroup(ThriftWriter thrift, RowGroup group) {
        thrift.startListStruct();
        thrift.startStructList(1, group.chunks().size());
        for (var chunk : group.chunks()) {
            thrift.startListStruct();
            thrift.i64(2, chunk.offset());
            thrift.startStruct(3);
            thrift.i32(1, chunk.leaf().type().physicalType);
            thrift.startIntList(2, 2);
            thrift.listInt(PLAIN);
            thrift.listInt(RLE);
            thrift.startTextList(3, chunk.leaf().path().size());
            chunk.leaf().path().forEach(thrift::listText);
            thrift.i32(4, UNCOMPRESSED);
            thrift.i64(5, chunk.values());
            thrift.i64(6, chunk.bytes());
            thrift.i64(7, chunk.bytes());
            thrift.i64(9, chunk.offset());
            thrift.endStruct();
            thrift.endStruct();
        }
        thrift.i64(2, group.chunks().stream().mapToLong(Chunk::bytes).sum());
        thrift.i64(3, group.rows());
        thrift.endStruct();
    }

    private void write(byte[] bytes) throws IOException {
        stream.write(bytes);
        position += bytes.length;
    }
}

package org.palimpsest.format.parquet;

import dev.hardwood.metadata.ColumnMetaData;
import dev.hardwood.metadata.FileMetaData;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Looks at what a Parquet file claims before memory is taken for it: the library believes the sizes it reads.
final class ParquetBounds {
    private static final int TAIL = 8;
    private static final int MAX_FOOTER = 64 << 20;
    private static final int LONGEST_PAGE_HEADER = 1 << 16;
    private static final long MOST_BYTES = 1L << 30;
    private static final long MOST_VALUES_IN_PAGE = 20_000_000;
    private static final int DICTIONARY_PAGE = 2;
    private static final int MOST_PAGES = 1_000_000;

    private final FileChannel channel;
    private final long length;
    private int pages;

    private ParquetBounds(FileChannel channel) throws IOException {
        this.channel = channel;
        this.length = channel.size();
    }

    /// Checks the length of the footer.
    ///
    /// @throws IllegalArgumentException with words if it is not believable
    static void checkFooter(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long length = channel.size();
            require(length >= TAIL + 4, "it is too short");
            var tail = new ParquetBounds(channel).bytes(length - TAIL, TAIL);
            long footer = tail.getInt() & 0xFFFFFFFFL;
            require(footer <= Math.min(length - TAIL - 4, MAX_FOOTER), "its footer is damaged");
        }
    }

    /// Checks what every page claims.
    ///
    /// @throws IllegalArgumentException with words if it is not believable
    static void checkPages(Path file, FileMetaData metaData) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var bounds = new ParquetBounds(channel);
            for (var group : metaData.rowGroups()) {
                for (var chunk : group.columns()) {
                    bounds.checkChunk(chunk.metaData());
                }
            }
        }
    }

    private void checkChunk(ColumnMetaData column) throws IOException {
        var dictionary = column.dictionaryPageOffset();
        long position =
                dictionary != null && dictionary > 0
                        ? Math.min(dictionary, column.dataPageOffset())
                        : column.dataPageOffset();
        require(
                position >= 0
                        && column.totalCompressedSize() >= 0
                        && position <= length - column.totalCompressedSize()
                        && column.totalUncompressedSize() >= 0
                        && column.totalUncompressedSize() <= most(),
                "a column claims an impossible size");
        long end = position + column.totalCompressedSize();
        long values = 0;
        while (position < end) {
            pages++;
            require(pages <= MOST_PAGES, "it has too many pages");
            var page = claims(position, end);
            position = page.end;
            values += page.type == DICTIONARY_PAGE ? 0 : page.values;
        }
        // The library reads on and on where pages and columns do not fit together.
        require(
                position == end && values == column.numValues(),
                "the pages of a column do not fit its size");
    }

    private PageClaims claims(long position, long end) throws IOException {
        var header = bytes(position, (int) Math.min(LONGEST_PAGE_HEADER, end - position));
        var page = new PageClaims();
        try {
            new ThriftReader(header).struct(page);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("a page is damaged", e);
        }
        page.end = position + header.position() + page.compressed;
        require(
                page.uncompressed >= 0
                        && page.uncompressed <= most()
                        && page.compressed >= 0
                        && page.end <= end
                        && page.values >= 0
                        && page.values <= MOST_VALUES_IN_PAGE,
                "a page claims an impossible size");
        return page;
    }

    /// Nothing that a person wrote unpacks to more.
    private long most() {
        return Math.min(MOST_BYTES, (64L << 20) + 100 * length);
    }

    private ByteBuffer bytes(long position, int count) throws IOException {
        var buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {
            // reads on
        }
        return buffer.flip();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /// `PageHeader` of parquet.thrift: the type in field 1, sizes in fields 2 and 3, numbers of values in the headers of each kind of page.
    private static final class PageClaims implements ThriftReader.FieldConsumer {
        private long type = -1;
        private long end;
        private long uncompressed = -1;
        private long compressed = -1;
        private long values;

        @Override
        public void accept(int outer, int field, long value) {
            switch (outer) {
                case 0 -> {
                    type = field == 1 ? value : type;
                    uncompressed = field == 2 ? value : uncompressed;
                    compressed = field == 3 ? value : compressed;
                }
                case 5, 7, 8 -> values = field == 1 ? value : values;
                default -> {} // statistics
            }
        }
    }
}

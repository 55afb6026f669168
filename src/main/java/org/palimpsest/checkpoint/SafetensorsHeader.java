package org.palimpsest.checkpoint;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Shape;
import org.palimpsest.tensor.TensorInfo;

/// The header of one safetensors file, believed only after every number in it was checked against the file.
///
/// The format: eight bytes little endian with the header's length, the header as a JSON object, then the values. As in
/// the reference reader, the values must follow each other without overlap or hole and end with the file
/// (https://github.com/huggingface/safetensors#format). The header is parsed as a stream, so a lying length costs no
/// memory.
final class SafetensorsHeader {
    /// The reference reader's limit, in bytes.
    static final long MAX_HEADER_BYTES = 100_000_000;

    private static final int MAX_TENSORS = 100_000;
    private static final int MAX_RANK = 16;
    private static final int LENGTH_BYTES = 8;
    private static final String REMEDY = "Download or copy the file again";

    static final Map<String, ElementType> TYPES =
            Map.of(
                    "F64", ElementType.FLOAT64,
                    "F32", ElementType.FLOAT32,
                    "F16", ElementType.FLOAT16,
                    "BF16", ElementType.BFLOAT16,
                    "I64", ElementType.INT64,
                    "I32", ElementType.INT32,
                    "I8", ElementType.INT8,
                    "U8", ElementType.UINT8,
                    "BOOL", ElementType.BOOL);

    /// What the header says of one tensor, before it is believed.
    private record Entry(String name, String type, long[] shape, long begin, long end) {}

    private final Path file;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, String> metadata = new HashMap<>();
    private final List<StoredTensor> tensors = new ArrayList<>();
    private final Map<String, String> unreadable = new HashMap<>();

    private SafetensorsHeader(Path file) {
        this.file = file;
    }

    /// @param file a real path
    static SafetensorsHeader read(Path file) throws ProblemException {
        var header = new SafetensorsHeader(file);
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long headerLength = header.readLength(channel);
            channel.position(LENGTH_BYTES);
            try (var parser =
                    BoundedJson.factory()
                            .createParser(
                                    new BufferedInputStream(
                                            new Limited(
                                                    Channels.newInputStream(channel),
                                                    headerLength)))) {
                header.readEntries(parser);
            }
            header.checkEntries(
                    LENGTH_BYTES + headerLength, header.fileSize - LENGTH_BYTES - headerLength);
            return header;
        } catch (JsonProcessingException e) {
            throw new ProblemException(
                    new Problem(
                            "The header of this safetensors file is damaged",
                            file + ": " + e.getOriginalMessage(),
                            REMEDY),
                    e);
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "The file cannot be read",
                            file + ": " + e.getMessage(),
                            "Check that the file is there and readable"),
                    e);
        }
    }

    List<StoredTensor> tensors() {
        return tensors;
    }

    /// Names of tensors of types that this program does not know, with the type's name.
    Map<String, String> unreadable() {
        return unreadable;
    }

    Map<String, String> metadata() {
        return metadata;
    }

    private long fileSize;

    private long readLength(FileChannel channel) throws IOException, ProblemException {
        fileSize = channel.size();
        var bytes = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            // A channel may give less than asked for.
        }
        if (bytes.hasRemaining()) {
            throw damaged("the file ends after " + bytes.position() + " bytes");
        }
        long length = bytes.flip().getLong();
        if (length < 2 || length > MAX_HEADER_BYTES || length > fileSize - LENGTH_BYTES) {
            throw damaged(
                    "the header should have "
                            + Long.toUnsignedString(length)
                            + " bytes, but the file has "
                            + fileSize
                            + " and "
                            + MAX_HEADER_BYTES
                            + " is the limit");
        }
        return length;
    }

    private void readEntries(JsonParser parser) throws IOException, ProblemException {
        expect(parser.nextToken(), JsonToken.START_OBJECT, "the header");
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals("__metadata__")) {
                readMetadata(parser);
            } else {
                if (entries.size() == MAX_TENSORS) {
                    throw damaged("more than " + MAX_TENSORS + " tensors");
                }
                entries.add(readEntry(name, parser));
            }
        }
        expect(parser.currentToken(), JsonToken.END_OBJECT, "the header");
        if (parser.nextToken() != null) {
            throw damaged("something follows the header's closing brace");
        }
    }

    private void readMetadata(JsonParser parser) throws IOException, ProblemException {
        expect(parser.currentToken(), JsonToken.START_OBJECT, "__metadata__");
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            expect(parser.nextToken(), JsonToken.VALUE_STRING, "__metadata__ " + key);
            metadata.put(key, parser.getText());
        }
    }

    private Entry readEntry(String name, JsonParser parser) throws IOException, ProblemException {
        expect(parser.currentToken(), JsonToken.START_OBJECT, name);
        String type = null;
        long[] shape = null;
        long[] offsets = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            var token = parser.nextToken();
            switch (field) {
                case "dtype" -> {
                    expect(token, JsonToken.VALUE_STRING, name + " dtype");
                    type = parser.getText();
                }
                case "shape" -> shape = readNumbers(parser, MAX_RANK, name + " shape");
                case "data_offsets" -> offsets = readNumbers(parser, 2, name + " data_offsets");
                default -> parser.skipChildren();
            }
        }
        if (type == null || shape == null || offsets == null || offsets.length != 2) {
            throw damaged("tensor " + name + " lacks dtype, shape or data_offsets");
        }
        return new Entry(name, type, shape, offsets[0], offsets[1]);
    }

    private long[] readNumbers(JsonParser parser, int maxCount, String what)
            throws IOException, ProblemException {
        expect(parser.currentToken(), JsonToken.START_ARRAY, what);
        var numbers = new long[maxCount];
        int count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect(parser.currentToken(), JsonToken.VALUE_NUMBER_INT, what);
            if (count == maxCount) {
                throw damaged(what + " has more than " + maxCount + " numbers");
            }
            long number = parser.getLongValue();
            if (number < 0) {
                throw damaged(what + " has the negative number " + number);
            }
            numbers[count++] = number;
        }
        return java.util.Arrays.copyOf(numbers, count);
    }

    private void checkEntries(long dataStart, long dataLength) throws ProblemException {
        entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        long position = 0;
        for (var entry : entries) {
            if (entry.end() > dataLength) {
                throw damaged(
                        "tensor "
                                + entry.name()
                                + " should end at byte "
                                + Long.toUnsignedString(dataStart + entry.end())
                                + ", but the file has only "
                                + fileSize
                                + " bytes; the download may have stopped early");
            }
            if (entry.begin() != position || entry.end() < entry.begin()) {
                throw damaged(
                        "tensor "
                                + entry.name()
                                + " should start at data byte "
                                + position
                                + ", where the one before it ends, but its data_offsets are ["
                                + entry.begin()
                                + ", "
                                + entry.end()
                                + "]");
            }
            position = entry.end();
            add(entry, dataStart);
        }
        if (position != dataLength) {
            throw damaged(
                    (dataLength - position) + " bytes after the last tensor belong to no tensor");
        }
    }

    private void add(Entry entry, long dataStart) throws ProblemException {
        @Nullable ElementType type = TYPES.get(entry.type());
        if (type == null) {
            unreadable.put(entry.name(), entry.type());
            return;
        }
        long length = entry.end() - entry.begin();
        try {
            var info = new TensorInfo(entry.name(), type, Shape.of(entry.shape()));
            if (info.byteSize() != length) {
                throw damaged(
                        "tensor "
                                + entry.name()
                                + " of type "
                                + entry.type()
                                + " and shape "
                                + info.shape()
                                + " needs "
                                + info.byteSize()
                                + " bytes, but its data_offsets give "
                                + length);
            }
            tensors.add(new StoredTensor(info, file, dataStart + entry.begin(), length));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw damaged("tensor " + entry.name() + " has an impossible shape");
        }
    }

    private void expect(@Nullable JsonToken found, JsonToken expected, String what)
            throws ProblemException {
        if (found != expected) {
            throw damaged(what + ": " + expected + " expected, " + found + " found");
        }
    }

    private ProblemException damaged(String detail) {
        return new ProblemException(
                "This safetensors file is damaged or is something else",
                file + ": " + detail,
                REMEDY);
    }

    /// Ends after the header, so that a parser cannot run into the values.
    private static final class Limited extends FilterInputStream {
        private long left;

        Limited(InputStream in, long left) {
            super(in);
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            if (left == 0) {
                return -1;
            }
            int value = super.read();
            if (value >= 0) {
                left--;
            }
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0) {
                return length == 0 ? 0 : -1;
            }
            int count = super.read(bytes, offset, (int) Math.min(length, left));
            if (count > 0) {
                left -= count;
            }
            return count;
        }

        @Override
        public void close() {
            // The channel underneath is closed by whoever opened it.
        }
    }
}

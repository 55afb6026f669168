package org.palimpsest.checkpoint;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.storage.AtomicFiles;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.TensorInfo;

/// Writes a safetensors file piece by piece; the file appears whole or not at all.
///
/// The same tensors give the same bytes: they are ordered as the reference writer does, widest element type first, then by
/// name, and the header is padded to eight bytes, so that every tensor is aligned to its elements.
public final class SafetensorsWriter {
    private static final Map<ElementType, String> TYPE_NAMES = new HashMap<>();
    private static final int CHUNK_BYTES = 1 << 28;

    static {
        SafetensorsHeader.TYPES.forEach((name, type) -> TYPE_NAMES.put(type, name));
    }

    /// Gives the values of one tensor when they are to be written.
    @FunctionalInterface
    public interface TensorSource {
        void writeTo(TensorInfo info, Sink sink) throws ProblemException, IOException;
    }

    /// Takes the values of one tensor, in one piece or several.
    @FunctionalInterface
    public interface Sink {
        void write(MemorySegment values) throws IOException;
    }

    private SafetensorsWriter() {}

    /// Writes all tensors; an existing file is replaced.
    ///
    /// @param metadata texts for `__metadata__`; `format: pt` is what Hugging Face's library expects
    /// @throws IllegalArgumentException if a name occurs twice
    public static void write(
            Path file, List<TensorInfo> tensors, Map<String, String> metadata, TensorSource source)
            throws ProblemException {
        var ordered =
                tensors.stream()
                        .sorted(
                                Comparator.comparingInt(
                                                (TensorInfo info) -> -info.elementType().byteSize())
                                        .thenComparing(TensorInfo::name))
                        .toList();
        if (ordered.stream().map(TensorInfo::name).distinct().count() != ordered.size()) {
            throw new IllegalArgumentException("A tensor name occurs twice");
        }
        AtomicFiles.writeChannel(
                file,
                channel -> {
                    var header = header(ordered, metadata);
                    requireRoom(file, header.length, ordered);
                    writeAll(channel, lengthOf(header));
                    writeAll(channel, ByteBuffer.wrap(header));
                    for (var info : ordered) {
                        writeTensor(channel, info, source);
                    }
                });
    }

    private static byte[] header(List<TensorInfo> tensors, Map<String, String> metadata)
            throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = BoundedJson.factory().createGenerator(bytes)) {
            json.writeStartObject();
            if (!metadata.isEmpty()) {
                json.writeObjectFieldStart("__metadata__");
                for (var entry : new TreeMap<>(metadata).entrySet()) {
                    json.writeStringField(entry.getKey(), entry.getValue());
                }
                json.writeEndObject();
            }
            long offset = 0;
            for (var info : tensors) {
                json.writeObjectFieldStart(info.name());
                json.writeStringField("dtype", TYPE_NAMES.get(info.elementType()));
                json.writeFieldName("shape");
                long[] shape = info.shape().toArray();
                json.writeArray(shape, 0, shape.length);
                json.writeFieldName("data_offsets");
                json.writeArray(new long[] {offset, offset + info.byteSize()}, 0, 2);
                json.writeEndObject();
                offset += info.byteSize();
            }
            json.writeEndObject();
        }
        while (bytes.size() % 8 != 0) {
            bytes.write(' ');
        }
        return bytes.toByteArray();
    }

    private static ByteBuffer lengthOf(byte[] header) {
        return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, header.length);
    }

    private static void requireRoom(Path file, int headerLength, List<TensorInfo> tensors)
            throws IOException, ProblemException {
        long needed = 8 + headerLength + tensors.stream().mapToLong(TensorInfo::byteSize).sum();
        long free = Files.getFileStore(file.toAbsolutePath().getParent()).getUsableSpace();
        if (free < needed) {
            throw new ProblemException(
                    "The disk has too little room",
                    file + " needs " + needed + " bytes, " + free + " are free",
                    "Free some room or choose another disk");
        }
    }

    private static void writeTensor(FileChannel channel, TensorInfo info, TensorSource source)
            throws IOException, ProblemException {
        long start = channel.position();
        source.writeTo(info, values -> writeAll(channel, values));
        long written = channel.position() - start;
        if (written != info.byteSize()) {
            throw new IllegalStateException(
                    info + " has " + info.byteSize() + " bytes, " + written + " were written");
        }
    }

    /// A byte buffer ends at 2 GiB, a tensor need not.
    static void writeAll(FileChannel channel, MemorySegment memory) throws IOException {
        for (long position = 0; position < memory.byteSize(); position += CHUNK_BYTES) {
            long length = Math.min(CHUNK_BYTES, memory.byteSize() - position);
            writeAll(channel, memory.asSlice(position, length).asByteBuffer());
        }
    }

    static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}

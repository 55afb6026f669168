package org.palimpsest.checkpoint;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.storage.AtomicFiles;
import org.palimpsest.tensor.Tensor;

/// Reads and writes one array in NumPy's `.npy` format.
public final class NpyFile {
    private static final int CHUNK_BYTES = 1 << 16;

    private NpyFile() {}

    /// Writes an array as NumPy does, byte for byte; an existing file is replaced, whole or not at all.
    ///
    /// @throws IllegalArgumentException for BFLOAT16, which NumPy does not have
    public static void write(Path file, Tensor tensor) throws ProblemException {
        byte[] header = NpyHeader.bytes(tensor.elementType(), tensor.shape());
        AtomicFiles.writeChannel(
                file,
                channel -> {
                    SafetensorsWriter.writeAll(channel, ByteBuffer.wrap(header));
                    SafetensorsWriter.writeAll(channel, tensor.memory());
                });
    }

    /// Reads an array; one in Fortran order is brought into C order.
    public static Tensor read(Path file, Arena arena) throws ProblemException {
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            return read(
                    in, file.getFileName().toString(), file.toString(), Files.size(file), arena);
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "The NumPy array cannot be read",
                            file + ": " + e.getMessage(),
                            "Check that the file is there and readable"),
                    e);
        }
    }

    /// @param maxBytes what the values can have at most, judging by the file; memory is taken only within it
    static Tensor read(InputStream in, String name, String place, long maxBytes, Arena arena)
            throws IOException, ProblemException {
        var header = NpyHeader.read(in, name, place);
        long expected = header.info().byteSize();
        if (expected > maxBytes) {
            throw NpyHeader.damaged(
                    place,
                    "its shape "
                            + header.info().shape()
                            + " needs "
                            + expected
                            + " bytes, but there can be at most "
                            + maxBytes);
        }
        var tensor = Tensor.allocate(arena, header.info().elementType(), header.info().shape());
        var chunk = new byte[(int) Math.min(CHUNK_BYTES, Math.max(1, expected))];
        for (long position = 0; position < expected; ) {
            int wanted = (int) Math.min(chunk.length, expected - position);
            int count = in.readNBytes(chunk, 0, wanted);
            if (count < wanted) {
                throw NpyHeader.damaged(
                        place, expected + " bytes expected, found " + (position + count));
            }
            MemorySegment.copy(chunk, 0, tensor.memory(), ValueLayout.JAVA_BYTE, position, count);
            position += count;
        }
        if (in.read() >= 0) {
            throw NpyHeader.damaged(place, "more than the expected " + expected + " bytes");
        }
        return header.fortranOrder() ? fromFortranOrder(tensor, arena) : tensor;
    }

    /// The same values with the last axis running fastest.
    private static Tensor fromFortranOrder(Tensor source, Arena arena) {
        int rank = source.shape().rank();
        if (rank < 2) {
            return source;
        }
        var result = Tensor.allocate(arena, source.elementType(), source.shape());
        long size = source.elementType().byteSize();
        var index = new long[rank];
        long count = source.shape().elementCount();
        for (long target = 0; target < count; target++) {
            long position = 0;
            for (int axis = rank - 1; axis >= 0; axis--) {
                position = position * source.shape().size(axis) + index[axis];
            }
            MemorySegment.copy(
                    source.memory(), position * size, result.memory(), target * size, size);
            for (int axis = rank - 1; axis >= 0; axis--) {
                if (++index[axis] < source.shape().size(axis)) {
                    break;
                }
                index[axis] = 0;
            }
        }
        return result;
    }
}

package org.palimpsest.paligemma.weights;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.palimpsest.checkpoint.SafetensorsWriter.Sink;
import org.palimpsest.tensor.Tensor;

/// Writes a parameter the way Hugging Face stores it, whatever its layout, a strip of rows at a time.
final class Transposition {
    /// Values that are transposed at once in each direction: two such squares stay in the first-level cache.
    private static final int BLOCK = 32;

    private static final long STRIP_BYTES = 32L << 20;
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private Transposition() {}

    /// `IN_OUT` is transposed, of `HEADS_IN_OUT` each head is transposed and the heads
    /// follow each other, a patch kernel goes from height, width, channel, out to out, channel, height, width.
    static void write(Tensor values, Layout layout, Sink sink) throws IOException {
        var shape = values.shape();
        switch (layout) {
            case VECTOR, TABLE, OUT_IN, PATCH_OIHW -> sink.write(values.memory());
            case IN_OUT -> transpose(values, 0, shape.size(0), shape.size(1), sink);
            case HEADS_IN_OUT -> {
                long headBytes = values.memory().byteSize() / shape.size(0);
                for (long head = 0; head < shape.size(0); head++) {
                    transpose(values, head * headBytes, shape.size(1), shape.size(2), sink);
                }
            }
            case PATCH_HWIO -> writePatchKernel(values, sink);
        }
    }

    /// Writes `[columns, rows]` from the `[rows, columns]` that start at `offset`.
    private static void transpose(Tensor values, long offset, long rows, long columns, Sink sink)
            throws IOException {
        int size = values.elementType().byteSize();
        long strip = Math.clamp(STRIP_BYTES / (rows * size), 1, columns);
        try (var arena = Arena.ofConfined()) {
            var target = arena.allocate(strip * rows * size, 64);
            for (long first = 0; first < columns; first += strip) {
                long count = Math.min(strip, columns - first);
                for (long row = 0; row < rows; row += BLOCK) {
                    for (long column = 0; column < count; column += BLOCK) {
                        long lastRow = Math.min(row + BLOCK, rows);
                        long lastColumn = Math.min(column + BLOCK, count);
                        for (long r = row; r < lastRow; r++) {
                            long from = offset + (r * columns + first) * size;
                            for (long c = column; c < lastColumn; c++) {
                                copy(
                                        values.memory(),
                                        from + c * size,
                                        target,
                                        (c * rows + r) * size,
                                        size);
                            }
                        }
                    }
                }
                sink.write(target.asSlice(0, count * rows * size));
            }
        }
    }

    private static void writePatchKernel(Tensor values, Sink sink) throws IOException {
        var shape = values.shape();
        long pixels = shape.size(0) * shape.size(1);
        long channels = shape.size(2);
        long outputs = shape.size(3);
        int size = values.elementType().byteSize();
        try (var arena = Arena.ofConfined()) {
            var target = arena.allocate(values.memory().byteSize(), 64);
            long position = 0;
            for (long output = 0; output < outputs; output++) {
                for (long channel = 0; channel < channels; channel++) {
                    for (long pixel = 0; pixel < pixels; pixel++) {
                        long from = (pixel * channels + channel) * outputs + output;
                        copy(values.memory(), from * size, target, position, size);
                        position += size;
                    }
                }
            }
            sink.write(target);
        }
    }

    private static void copy(
            MemorySegment source, long from, MemorySegment target, long to, int size) {
        if (size == 2) {
            target.set(SHORT, to, source.get(SHORT, from));
        } else {
            target.set(INT, to, source.get(INT, from));
        }
    }
}

package org.palimpsest.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Values of one element type in native or mapped memory, packed in C order, little endian.
///
/// The memory belongs to the [Arena] it came from; a tensor never frees it. Not thread-safe.
public final class Tensor {
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final ElementType elementType;
    private final Shape shape;
    private final MemorySegment memory;

    /// @throws IllegalArgumentException if the memory does not hold just these elements
    public Tensor(ElementType elementType, Shape shape, MemorySegment memory) {
        long expected = Math.multiplyExact(shape.elementCount(), (long) elementType.byteSize());
        if (memory.byteSize() != expected) {
            throw new IllegalArgumentException(
                    elementType
                            + " "
                            + shape
                            + " needs "
                            + expected
                            + " bytes, not "
                            + memory.byteSize());
        }
        this.elementType = elementType;
        this.shape = shape;
        this.memory = memory;
    }

    /// A tensor of zeros, 64-byte aligned.
    public static Tensor allocate(Arena arena, ElementType elementType, Shape shape) {
        long bytes = Math.multiplyExact(shape.elementCount(), (long) elementType.byteSize());
        return new Tensor(elementType, shape, arena.allocate(bytes, 64));
    }

    public static Tensor ofFloats(Arena arena, Shape shape, float[] values) {
        var tensor = allocate(arena, ElementType.FLOAT32, shape);
        MemorySegment.copy(values, 0, tensor.memory, FLOAT, 0, values.length);
        return tensor;
    }

    public static Tensor ofLongs(Arena arena, Shape shape, long... values) {
        var tensor = allocate(arena, ElementType.INT64, shape);
        MemorySegment.copy(values, 0, tensor.memory, LONG, 0, values.length);
        return tensor;
    }

    public ElementType elementType() {
        return elementType;
    }

    public Shape shape() {
        return shape;
    }

    public MemorySegment memory() {
        return memory;
    }

    /// A copy of the values as 32-bit floats; float16 and bfloat16 are widened exactly.
    ///
    /// @throws IllegalStateException for other element types
    public float[] toFloats() {
        return toFloats(0, Math.toIntExact(shape.elementCount()));
    }

    /// A copy of some of the values as 32-bit floats, in their order in memory.
    ///
    /// @param first the index of the first value
    /// @throws IllegalStateException for element types that are no floating point numbers of at most 32 bits
    public float[] toFloats(long first, int count) {
        var values = new float[count];
        switch (elementType) {
            case FLOAT32 ->
                    MemorySegment.copy(memory, FLOAT, first * Float.BYTES, values, 0, count);
            case FLOAT16 -> {
                for (int i = 0; i < count; i++) {
                    values[i] = Float.float16ToFloat(halfBits(first + i));
                }
            }
            case BFLOAT16 -> {
                for (int i = 0; i < count; i++) {
                    values[i] = Float.intBitsToFloat(halfBits(first + i) << 16);
                }
            }
            default ->
                    throw new IllegalStateException("Not a floating point tensor: " + elementType);
        }
        return values;
    }

    /// A copy of the values.
    ///
    /// @throws IllegalStateException unless the element type is INT64
    public long[] toLongs() {
        if (elementType != ElementType.INT64) {
            throw new IllegalStateException("Not an INT64 tensor: " + elementType);
        }
        var values = new long[Math.toIntExact(shape.elementCount())];
        MemorySegment.copy(memory, LONG, 0, values, 0, values.length);
        return values;
    }

    private short halfBits(long index) {
        return memory.get(
                ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), index * 2);
    }
}

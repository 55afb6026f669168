package org.palimpsest.runtime;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import org.jspecify.annotations.Nullable;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Shape;
import org.palimpsest.tensor.Tensor;

/// A tensor that sessions read and write in place, in native memory.
///
/// Either our own memory, which can be read and written from Java ([#tensor()]), or an output that a session made, which can
/// be copied out ([#toFloats()]) or handed to the next run as it is. Closing frees either. Not thread-safe.
public final class NativeTensor implements AutoCloseable {
    private static final int ALIGNMENT = 64;

    private final OnnxTensor handle;
    private final ElementType elementType;
    private final Shape shape;
    private final @Nullable Tensor memory;
    private final @Nullable Arena owned;

    private NativeTensor(
            OnnxTensor handle,
            ElementType elementType,
            Shape shape,
            @Nullable Tensor memory,
            @Nullable Arena owned) {
        this.handle = handle;
        this.elementType = elementType;
        this.shape = shape;
        this.memory = memory;
        this.owned = owned;
    }

    /// Zeros in memory of its own.
    ///
    /// @throws IllegalArgumentException if it would take 2 GiB or more, the limit of ONNX Runtime's Java interface
    @SuppressWarnings("MustBeClosedChecker") // closed with the tensor
    public static NativeTensor allocate(ElementType elementType, Shape shape) {
        Arena arena = Arena.ofShared();
        try {
            long bytes = Math.multiplyExact(shape.elementCount(), (long) elementType.byteSize());
            MemorySegment segment = arena.allocate(Math.max(bytes, ALIGNMENT), ALIGNMENT);
            var tensor = new Tensor(elementType, shape, segment.asSlice(0, bytes));
            return wrap(tensor, arena);
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    public static NativeTensor ofFloats(Shape shape, float... values) {
        var tensor = allocate(ElementType.FLOAT32, shape);
        MemorySegment.copy(
                values, 0, tensor.tensor().memory(), ValueLayout.JAVA_FLOAT, 0, values.length);
        return tensor;
    }

    /// These values, narrowed to a floating point type where it is one of 16 bits.
    public static NativeTensor ofFloats(ElementType elementType, Shape shape, float[] values) {
        var tensor = allocate(elementType, shape);
        MemorySegment target = tensor.tensor().memory();
        switch (elementType) {
            case FLOAT32 ->
                    MemorySegment.copy(values, 0, target, ValueLayout.JAVA_FLOAT, 0, values.length);
            case FLOAT16 -> {
                for (int i = 0; i < values.length; i++) {
                    short half = Float.floatToFloat16(values[i]);
                    target.setAtIndex(ValueLayout.JAVA_SHORT, i, half);
                }
            }
            default -> {
                tensor.close();
                throw new IllegalArgumentException("Floats as " + elementType);
            }
        }
        return tensor;
    }

    public static NativeTensor ofLongs(Shape shape, long... values) {
        var tensor = allocate(ElementType.INT64, shape);
        MemorySegment.copy(
                values, 0, tensor.tensor().memory(), ValueLayout.JAVA_LONG, 0, values.length);
        return tensor;
    }

    /// The same memory as this tensor, which must outlive the result.
    public static NativeTensor over(Tensor tensor) {
        return wrap(tensor, null);
    }

    private static NativeTensor wrap(Tensor tensor, @Nullable Arena owned) {
        if (tensor.memory().byteSize() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    tensor.elementType() + " " + tensor.shape() + " exceeds 2 GiB");
        }
        try {
            OnnxTensor handle =
                    OnnxTensor.createTensor(
                            OrtEnvironment.getEnvironment(),
                            tensor.memory().asByteBuffer().order(java.nio.ByteOrder.nativeOrder()),
                            tensor.shape().toArray(),
                            javaType(tensor.elementType()));
            return new NativeTensor(handle, tensor.elementType(), tensor.shape(), tensor, owned);
        } catch (OrtException e) {
            throw new IllegalStateException("Wrapping " + tensor.shape(), e);
        }
    }

    static NativeTensor ofOutput(OnnxTensor output) {
        TensorInfo info = output.getInfo();
        return new NativeTensor(
                output, elementType(info.type), Shape.of(info.getShape()), null, null);
    }

    OnnxTensor handle() {
        return handle;
    }

    public ElementType elementType() {
        return elementType;
    }

    public Shape shape() {
        return shape;
    }

    /// The memory itself.
    ///
    /// @throws IllegalStateException if a session made this tensor
    public Tensor tensor() {
        if (memory == null) {
            throw new IllegalStateException("The memory of a session's output is not accessible");
        }
        return memory;
    }

    /// A copy of the values; half-precision values are widened.
    public float[] toFloats() {
        if (memory != null) {
            return memory.toFloats();
        }
        FloatBuffer buffer = handle.getFloatBuffer();
        if (buffer == null) {
            throw new IllegalStateException("Not a floating point tensor: " + elementType);
        }
        var values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    /// A copy of the values.
    ///
    /// @throws IllegalStateException unless the element type is FLOAT64 and a session made this tensor
    public double[] toDoubles() {
        var buffer = memory == null ? handle.getDoubleBuffer() : null;
        if (buffer == null) {
            throw new IllegalStateException("Not a FLOAT64 output: " + elementType);
        }
        var values = new double[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    /// A copy of the values.
    ///
    /// @throws IllegalStateException unless the element type is INT64
    public long[] toLongs() {
        if (memory != null) {
            return memory.toLongs();
        }
        LongBuffer buffer = handle.getLongBuffer();
        if (buffer == null) {
            throw new IllegalStateException("Not an INT64 tensor: " + elementType);
        }
        var values = new long[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    @Override
    public void close() {
        handle.close();
        if (owned != null && owned.scope().isAlive()) {
            owned.close();
        }
    }

    static ElementType elementType(OnnxJavaType type) {
        return switch (type) {
            case FLOAT -> ElementType.FLOAT32;
            case DOUBLE -> ElementType.FLOAT64;
            case INT8 -> ElementType.INT8;
            case INT32 -> ElementType.INT32;
            case INT64 -> ElementType.INT64;
            case BOOL -> ElementType.BOOL;
            case UINT8 -> ElementType.UINT8;
            case FLOAT16 -> ElementType.FLOAT16;
            case BFLOAT16 -> ElementType.BFLOAT16;
            case INT16, STRING, UNKNOWN ->
                    throw new IllegalArgumentException("Element type " + type);
            default -> throw new IllegalArgumentException("Element type " + type);
        };
    }

    private static OnnxJavaType javaType(ElementType type) {
        return switch (type) {
            case FLOAT32 -> OnnxJavaType.FLOAT;
            case FLOAT64 -> OnnxJavaType.DOUBLE;
            case UINT8 -> OnnxJavaType.UINT8;
            case INT8 -> OnnxJavaType.INT8;
            case INT32 -> OnnxJavaType.INT32;
            case INT64 -> OnnxJavaType.INT64;
            case BOOL -> OnnxJavaType.BOOL;
            case FLOAT16 -> OnnxJavaType.FLOAT16;
            case BFLOAT16 -> OnnxJavaType.BFLOAT16;
        };
    }
}

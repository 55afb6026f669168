package org.palimpsest.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.palimpsest.onnx.proto.Bytes;
import org.palimpsest.tensor.Shape;

/// Java arrays as the little-endian bytes of tensors.
final class Literals {
    private Literals() {}

    static Bytes floats(Shape shape, float[] elements) {
        requireCount(shape, elements.length);
        var buffer = ByteBuffer.allocate(elements.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(elements);
        return Bytes.copyOf(buffer.array());
    }

    static Bytes longs(Shape shape, long[] elements) {
        requireCount(shape, elements.length);
        var buffer = ByteBuffer.allocate(elements.length * 8).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asLongBuffer().put(elements);
        return Bytes.copyOf(buffer.array());
    }

    private static void requireCount(Shape shape, int count) {
        if (shape.elementCount() != count) {
            throw new IllegalArgumentException(count + " elements do not fill " + shape);
        }
    }
}

package org.palimpsest.tensor;

/// What a tensor is, without its values.
public record TensorInfo(String name, ElementType elementType, Shape shape) {

    /// Bytes of the values, packed.
    public long byteSize() {
        return Math.multiplyExact(shape.elementCount(), (long) elementType.byteSize());
    }
}

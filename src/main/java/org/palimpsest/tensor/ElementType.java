package org.palimpsest.tensor;

/// The type of one tensor element, with its number in the ONNX file format (onnx.proto, TensorProto.DataType).
public enum ElementType {
    FLOAT32(1, 4),
    UINT8(2, 1),
    INT8(3, 1),
    INT32(6, 4),
    INT64(7, 8),
    BOOL(9, 1),
    FLOAT16(10, 2),
    FLOAT64(11, 8),
    BFLOAT16(16, 2);

    private final int onnxNumber;
    private final int byteSize;

    ElementType(int onnxNumber, int byteSize) {
        this.onnxNumber = onnxNumber;
        this.byteSize = byteSize;
    }

    /// The value of `TensorProto.DataType`.
    public int onnxNumber() {
        return onnxNumber;
    }

    /// Bytes of one element.
    public int byteSize() {
        return byteSize;
    }

    public boolean isFloatingPoint() {
        return this == FLOAT32 || this == FLOAT16 || this == BFLOAT16 || this == FLOAT64;
    }
}

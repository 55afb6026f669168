package org.palimpsest.onnx;

/// How [GraphBuilder] writes an operation that ONNX Runtime has in one piece.
public enum OperatorForm {
    /// One operator where there is one: the fastest form.
    FUSED,
    /// Matrix products, sums, products and the like: the small set that gradients are known for.
    PRIMITIVE
}

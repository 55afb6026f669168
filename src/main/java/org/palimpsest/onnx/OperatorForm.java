package org.palimpsest.onnx;

/// How [GraphBuilder] writes an operation that ONNX Runtime has in one piece.
public enum OperatorForm {
    /// One operator where there is one: the fastest form.
    FUSED,
    /// Operators that gradients are known for: those in one piece whose gradient is as cheap, everything else written
    /// out.
    DIFFERENTIABLE,
    /// Matrix products, sums, products and the like, all of them operators of `ai.onnx`.
    PRIMITIVE
}

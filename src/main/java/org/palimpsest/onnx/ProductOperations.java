package org.palimpsest.onnx;

import org.jspecify.annotations.Nullable;

/// Products of matrices, convolutions, and reductions along axes.
public sealed interface ProductOperations extends Operations permits GraphBuilder {

    default Value matMul(Value a, Value b) {
        return apply("MatMul", Attributes.NONE, a, b);
    }

    /// α·A·B + β·C on matrices, each factor transposed if asked.
    default Value gemm(
            Value a, Value b, @Nullable Value c, boolean transposeA, boolean transposeB) {
        return apply(
                "Gemm",
                Attributes.NONE.with("transA", transposeA).with("transB", transposeB),
                a,
                b,
                c);
    }

    /// 8-bit matrices multiplied into 32 bits.
    default Value matMulInteger(
            Value a, Value b, @Nullable Value zeroPointA, @Nullable Value zeroPointB) {
        return apply("MatMulInteger", Attributes.NONE, a, b, zeroPointA, zeroPointB);
    }

    /// Convolution of the last two axes with kernels [out, in, height, width].
    default Value conv(Value x, Value kernels, @Nullable Value bias, int stride, int padding) {
        return apply("Conv", window(kernels, stride, padding), x, kernels, bias);
    }

    /// Transposed convolution with kernels [in, out, height, width].
    default Value convTranspose(
            Value x, Value kernels, @Nullable Value bias, int stride, int padding) {
        return apply("ConvTranspose", window(kernels, stride, padding), x, kernels, bias);
    }

    private static Attributes window(Value kernels, int stride, int padding) {
        return Attributes.NONE
                .with("kernel_shape", new long[] {kernels.fixedSize(2), kernels.fixedSize(3)})
                .with("strides", new long[] {stride, stride})
                .with("pads", new long[] {padding, padding, padding, padding});
    }

    default Value reduceMean(Value x, boolean keep, long... axes) {
        return reduce("ReduceMean", x, keep, axes);
    }

    default Value reduceSum(Value x, boolean keep, long... axes) {
        return reduce("ReduceSum", x, keep, axes);
    }

    default Value reduceMax(Value x, boolean keep, long... axes) {
        return reduce("ReduceMax", x, keep, axes);
    }

    default Value reduceMin(Value x, boolean keep, long... axes) {
        return reduce("ReduceMin", x, keep, axes);
    }

    private Value reduce(String operator, Value x, boolean keep, long... axes) {
        return apply(operator, Attributes.NONE.with("keepdims", keep), x, longs(axes));
    }

    default Value argMax(Value x, int axis, boolean keep) {
        return apply("ArgMax", Attributes.NONE.with("axis", axis).with("keepdims", keep), x);
    }

    default Value argMin(Value x, int axis, boolean keep) {
        return apply("ArgMin", Attributes.NONE.with("axis", axis).with("keepdims", keep), x);
    }

    default Value softmax(Value x, int axis) {
        return apply("Softmax", Attributes.NONE.with("axis", axis), x);
    }

    default Value logSoftmax(Value x, int axis) {
        return apply("LogSoftmax", Attributes.NONE.with("axis", axis), x);
    }
}

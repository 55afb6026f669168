package org.palimpsest.autodiff;

import java.util.ArrayList;
import org.palimpsest.onnx.Attributes;
import org.palimpsest.onnx.Dimension.Fixed;
import org.palimpsest.onnx.GraphBuilder;
import org.palimpsest.onnx.OperatorForm;
import org.palimpsest.onnx.Value;

/// Gradients of matrix products: y = α · op(A) · op(B), where op transposes or not (the four cases of GetGemmGradient and
/// GetMatMulGradient in ONNX Runtime's gradient_builder.cc).
final class ProductGradients {
    private ProductGradients() {}

    /// What a product node multiplies.
    private record Product(boolean transposeA, boolean transposeB, double alpha) {
        static Product of(NodeGradient n) {
            if (n.integer("transBatchA", 0) != 0 || n.integer("transBatchB", 0) != 0) {
                throw n.refusal("batch axes in another place");
            }
            return new Product(
                    n.integer("transA", 0) != 0, n.integer("transB", 0) != 0, n.real("alpha", 1));
        }

        /// op(A) = A: dA = dY · op(B)ᵀ; op(A) = Aᵀ: dA = op(B) · dYᵀ
        Value left(GraphBuilder g, Value b, Value dy) {
            return transposeA
                    ? multiply(g, b, transposeB, dy, true, alpha)
                    : multiply(g, dy, false, b, !transposeB, alpha);
        }

        /// op(B) = B: dB = op(A)ᵀ · dY; op(B) = Bᵀ: dB = dYᵀ · op(A)
        Value right(GraphBuilder g, Value a, Value dy) {
            return transposeB
                    ? multiply(g, dy, true, a, transposeA, alpha)
                    : multiply(g, a, !transposeA, dy, false, alpha);
        }
    }

    /// dA of MatMul, FusedMatMul and Gemm.
    static Value left(GraphBuilder g, NodeGradient n) {
        var product = Product.of(n).left(g, n.in(1), n.dy());
        return unbroadcast(n, product);
    }

    /// dB of MatMul, FusedMatMul and Gemm. A matrix B that many matrices were multiplied by gets its gradient as one
    /// product over all their rows.
    static Value right(GraphBuilder g, NodeGradient n) {
        var product = Product.of(n);
        if (n.rank(1) == 2 && n.rank(0) > 2 && !product.transposeA()) {
            return product.right(g, rows(g, n.in(0)), rows(g, n.dy()));
        }
        return unbroadcast(n, product.right(g, n.in(0), n.dy()));
    }

    /// dC of Gemm, which adds β · C to the product.
    static Value addend(GraphBuilder g, NodeGradient n) {
        double beta = n.real("beta", 1);
        return n.unbroadcast(beta == 1 ? n.dy() : g.mul(n.dy(), beta));
    }

    /// Batch axes are all but the last two, which are those of the operand.
    private static Value unbroadcast(NodeGradient n, Value gradient) {
        var shape = n.shape(n.index());
        var batch = new ArrayList<>(n.outShape().subList(0, n.outShape().size() - 2));
        batch.addAll(shape.subList(shape.size() - 2, shape.size()));
        return n.unbroadcast(gradient, batch, shape);
    }

    /// [.., columns] as [rows, columns].
    private static Value rows(GraphBuilder g, Value x) {
        return x.dimension(-1) instanceof Fixed(long columns)
                ? g.reshape(x, -1, columns)
                : g.reshape(x, g.sizes(g.longs(-1), g.sizeOf(x, -1)));
    }

    private static Value multiply(
            GraphBuilder g,
            Value a,
            boolean transposeA,
            Value b,
            boolean transposeB,
            double alpha) {
        if (g.form() == OperatorForm.PRIMITIVE) {
            var product =
                    g.matMul(
                            transposeA ? g.transposeLast(a) : a,
                            transposeB ? g.transposeLast(b) : b);
            return alpha == 1 ? product : g.mul(product, alpha);
        }
        if (!transposeA && !transposeB && alpha == 1) {
            return g.matMul(a, b);
        }
        return g.apply(
                "com.microsoft:FusedMatMul",
                Attributes.NONE
                        .with("transA", transposeA)
                        .with("transB", transposeB)
                        .with("alpha", alpha),
                a,
                b);
    }
}

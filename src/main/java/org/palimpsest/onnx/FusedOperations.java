package org.palimpsest.onnx;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.palimpsest.tensor.ElementType;

/// Operations that ONNX Runtime has in one piece, each with a primitive form behind [OperatorForm].
public sealed interface FusedOperations extends Operations permits GraphBuilder {

    /// x·Wᵀ for weights that lie as [out, in], without a transposed copy but in the primitive form.
    default Value matMulTransposed(Value x, Value weights) {
        return matMulTransposed(x, weights, 1);
    }

    /// factor·x·Wᵀ; the factor costs nothing but in the primitive form.
    default Value matMulTransposed(Value x, Value weights, double factor) {
        if (!inOnePiece()) {
            var product = PrimitiveForms.matMulTransposed(builder(), x, weights);
            return factor == 1 ? product : builder().mul(product, factor);
        }
        var attributes = Attributes.NONE.with("transB", 1);
        return apply(
                "com.microsoft:FusedMatMul",
                factor == 1 ? attributes : attributes.with("alpha", factor),
                x,
                weights);
    }

    /// x / √(mean(x²) + ε) · scale over the last axis.
    default Value rmsNormalization(Value x, Value scale, double epsilon) {
        return inOnePiece()
                ? apply(
                        "RMSNormalization",
                        Attributes.NONE.with("axis", -1).with("epsilon", epsilon),
                        x,
                        scale)
                : PrimitiveForms.rmsNormalization(builder(), x, scale, epsilon);
    }

    /// (x − mean) / √(variance + ε) · scale + bias over the last axis.
    default Value layerNormalization(Value x, Value scale, @Nullable Value bias, double epsilon) {
        return inOnePiece()
                ? apply(
                        "LayerNormalization",
                        Attributes.NONE.with("axis", -1).with("epsilon", epsilon),
                        x,
                        scale,
                        bias)
                : PrimitiveForms.layerNormalization(builder(), x, scale, bias, epsilon);
    }

    /// The tanh approximation of the Gaussian error linear unit, as Gemma and SigLIP use it.
    default Value gelu(Value x) {
        return inOnePiece()
                ? apply("Gelu", Attributes.NONE.with("approximate", "tanh"), x)
                : PrimitiveForms.gelu(builder(), x);
    }

    /// Rotates halves of the last axis by the angles of each token.
    ///
    /// @param x [batch, heads, tokens, size]
    /// @param cos [batch, tokens, size / 2], as sin
    default Value rotaryEmbedding(Value x, Value cos, Value sin) {
        return inOnePiece()
                ? apply("RotaryEmbedding", Attributes.NONE, x, cos, sin)
                : PrimitiveForms.rotaryEmbedding(builder(), x, cos, sin);
    }

    /// softmax(cap·tanh(scale·Q·Kᵀ / cap) + mask)·V, several query heads to one key head allowed.
    ///
    /// Where query heads share a key head the fused form is written out as well: their queries, one under the other,
    /// make one matrix product, while ONNX Runtime's kernel makes one per query head. With 8 heads on one of 256
    /// numbers and 1,100 positions it took half the time for 1 and for 266 tokens (ONNX Runtime 1.28, 2 cores).
    /// The kernel caps before it masks, as Gemma 2 needs (checked by a test; the specification's first text had it
    /// the other way round).
    ///
    /// @param q [batch, heads, tokens, size]
    /// @param k [batch, key heads, positions, size], as v; hidden positions must hold numbers, because 0 · NaN is NaN
    /// @param mask additive or boolean (true: attend), broadcast to [batch, heads, tokens, positions]
    default Value attention(
            Value q, Value k, Value v, @Nullable Value mask, AttentionOptions options) {
        return fused() && q.dimension(1).equals(k.dimension(1))
                ? apply("Attention", options.attributes(), q, k, v, mask)
                : PrimitiveForms.attention(builder(), q, k, v, mask, options);
    }

    /// Attention to the tokens so far and before, with a cache that grows: the output and both caches with the new
    /// tokens behind (com.microsoft GroupQueryAttention). No padding: all examples are as long. The
    /// kernel takes several tokens behind a cache only in a batch of one.
    ///
    /// @param q [batch, tokens, heads · size]
    /// @param k [batch, tokens, key heads · size], as v
    /// @param past the caches of keys and values [batch, key heads, past tokens, size], or empty
    default List<Value> causalAttention(
            Value q, Value k, Value v, List<Value> past, CausalAttention options) {
        return fused()
                ? options.asOneOperator(builder(), List.of(q, k, v), past)
                : options.asProducts(builder(), List.of(q, k, v), past);
    }

    /// Attention of every token to every token, heads side by side in the last axis.
    ///
    /// The fused kernel goes block by block and never holds all scores: at 4,096 tokens and 16 heads they would be 1 GB,
    /// and it took 0.56 of the time of the Attention operator (ONNX Runtime 1.28, 1 core).
    ///
    /// @param q [batch, tokens, heads · size], as k and v
    default Value multiHeadAttention(Value q, Value k, Value v, long heads) {
        long size = q.fixedSize(2) / heads;
        if (fused()) {
            return apply(
                    "com.microsoft:MultiHeadAttention",
                    Attributes.NONE.with("num_heads", heads).with("scale", 1 / Math.sqrt(size)),
                    q,
                    k,
                    v);
        }
        var mixed =
                attention(
                        PrimitiveForms.splitHeads(builder(), q, heads),
                        PrimitiveForms.splitHeads(builder(), k, heads),
                        PrimitiveForms.splitHeads(builder(), v, heads),
                        null,
                        new AttentionOptions(1 / Math.sqrt(size), 0));
        return builder().reshape(builder().transpose(mixed, 0, 2, 1, 3), 0, 0, heads * size);
    }

    /// x·Wᵀ with weights [out, in] in blocks of few bits (com.microsoft MatMulNBits).
    default Value matMulNBits(Value x, QuantizedWeights weights) {
        return fused()
                ? apply(
                        "com.microsoft:MatMulNBits",
                        weights.attributes(),
                        x,
                        weights.packed(),
                        weights.scales(),
                        weights.zeroPoints())
                : PrimitiveForms.matMulNBits(builder(), x, weights);
    }

    /// The 8-bit form of a float tensor: values, scale, zero point.
    default List<Value> dynamicQuantizeLinear(Value x) {
        return applyMany("DynamicQuantizeLinear", 3, Attributes.NONE, x);
    }

    /// x·W with W 8-bit [in, out], x quantised on the fly; the scale of W is a scalar or [out].
    default Value matMulDynamicallyQuantized(
            Value x, Value weights, Value scale, @Nullable Value zeroPoint) {
        var quantized = dynamicQuantizeLinear(x);
        var product =
                builder().matMulInteger(quantized.get(0), weights, quantized.get(2), zeroPoint);
        return builder()
                .mul(
                        builder().cast(product, ElementType.FLOAT32),
                        builder().mul(quantized.get(1), scale));
    }

    /// Whether operators are used whose gradient is known and cheap. It reads the input alone, while the gradient of the
    /// form written out keeps every value in between: 24 blocks of normalisation, product, Gelu and product took 2.3 GB
    /// instead of 5.6 GB with the backward pass, and less than half the time.
    private boolean inOnePiece() {
        return form() != OperatorForm.PRIMITIVE;
    }

    private GraphBuilder builder() {
        return (GraphBuilder) this;
    }
}

package org.palimpsest.onnx;

import static org.palimpsest.tensor.ElementType.BOOL;
import static org.palimpsest.tensor.ElementType.INT32;

import org.jspecify.annotations.Nullable;

/// Fused operations written out in matrix products, sums, products and the like.
final class PrimitiveForms {
    private PrimitiveForms() {}

    static Value matMulTransposed(GraphBuilder g, Value x, Value weights) {
        return g.matMul(x, g.transposeLast(weights));
    }

    static Value rmsNormalization(GraphBuilder g, Value x, Value scale, double epsilon) {
        var meanSquare = g.reduceMean(g.mul(x, x), true, -1);
        return g.mul(g.div(x, g.sqrt(g.add(meanSquare, epsilon))), scale);
    }

    static Value layerNormalization(
            GraphBuilder g, Value x, Value scale, @Nullable Value bias, double epsilon) {
        var centred = g.sub(x, g.reduceMean(x, true, -1));
        var variance = g.reduceMean(g.mul(centred, centred), true, -1);
        var scaled = g.mul(g.div(centred, g.sqrt(g.add(variance, epsilon))), scale);
        return bias == null ? scaled : g.add(scaled, bias);
    }

    /// 0.5·x·(1 + tanh(√(2/π)·(x + 0.044715·x³))) (Hendrycks and Gimpel, arXiv 1606.08415).
    static Value gelu(GraphBuilder g, Value x) {
        var cubed = g.mul(g.mul(x, x), x);
        var inner = g.mul(g.add(x, g.mul(cubed, 0.044715)), Math.sqrt(2 / Math.PI));
        return g.mul(g.mul(x, 0.5), g.add(g.tanh(inner), 1));
    }

    static Value rotaryEmbedding(GraphBuilder g, Value x, Value cos, Value sin) {
        long half = x.fixedSize(-1) / 2;
        var halves = g.split(x, -1, half, half);
        var c = g.unsqueeze(cos, 1); // [batch, 1, tokens, size / 2]
        var s = g.unsqueeze(sin, 1);
        var first = g.sub(g.mul(halves.get(0), c), g.mul(halves.get(1), s));
        var second = g.add(g.mul(halves.get(1), c), g.mul(halves.get(0), s));
        return g.concat(-1, first, second);
    }

    /// [batch, tokens, heads · size] to [batch, heads, tokens, size].
    static Value splitHeads(GraphBuilder g, Value x, long heads) {
        return g.transpose(g.reshape(x, 0, 0, heads, x.fixedSize(2) / heads), 0, 2, 1, 3);
    }

    /// The query heads of one key head are put one under the other, so that each key head is one matrix product.
    static Value attention(
            GraphBuilder g,
            Value q,
            Value k,
            Value v,
            @Nullable Value mask,
            AttentionOptions options) {
        long heads = q.fixedSize(1);
        long keyHeads = k.fixedSize(1);
        long size = q.fixedSize(3);
        boolean grouped = heads != keyHeads;
        var stacked = grouped ? g.reshape(q, 0, keyHeads, -1, size) : q;
        var scores = g.matMulTransposed(stacked, k, options.scale());
        if (options.softCap() > 0) {
            scores = g.mul(g.tanh(g.div(scores, options.softCap())), options.softCap());
        }
        var scoreShape = g.sizes(g.sizeOf(q, 0), g.longs(heads), g.sizeOf(q, 2), g.sizeOf(k, 2));
        if (grouped) {
            scores = g.reshape(scores, scoreShape); // [batch, heads, tokens, positions]
        }
        if (mask != null) {
            scores = masked(g, scores, mask);
        }
        var weights = g.softmax(scores, -1);
        if (grouped) {
            weights =
                    g.reshape(
                            weights,
                            g.sizes(g.sizeOf(q, 0), g.longs(keyHeads, -1), g.sizeOf(k, 2)));
        }
        var y = g.matMul(weights, v);
        return grouped
                ? g.reshape(
                        y,
                        g.sizes(
                                g.sizeOf(q, 0),
                                g.longs(heads),
                                g.sizeOf(q, 2),
                                g.longs(v.fixedSize(3))))
                : y;
    }

    private static Value masked(GraphBuilder g, Value scores, Value mask) {
        return mask.type() == BOOL
                ? g.where(mask, scores, g.scalar(scores.type(), Double.NEGATIVE_INFINITY))
                : g.add(scores, mask);
    }

    /// Unpacks the weights and multiplies: (W − zero) · scale per block, then x·Wᵀ.
    static Value matMulNBits(GraphBuilder g, Value x, QuantizedWeights weights) {
        long blocks = weights.blocksInRow();
        long size = weights.blocks().size();
        var packed =
                g.reshape(
                        weights.packed(),
                        weights.out(),
                        blocks,
                        size * weights.blocks().bits() / 8);
        var levels = unpack(g, packed, weights.blocks().bits());
        var scales = g.reshape(weights.scales(), weights.out(), blocks, 1);
        var centred = g.sub(g.cast(levels, x.type()), zeroPoints(g, x, weights));
        var whole = g.reshape(g.mul(centred, scales), weights.out(), blocks * size);
        return matMulTransposed(g, x, g.slice(whole, 1, 0, weights.in()));
    }

    private static Value zeroPoints(GraphBuilder g, Value x, QuantizedWeights weights) {
        int bits = weights.blocks().bits();
        var given = weights.zeroPoints();
        if (given == null) {
            return g.scalar(x.type(), 1 << bits - 1);
        }
        long blocks = weights.blocksInRow();
        long bytes = Math.ceilDiv(blocks * bits, 8L);
        var levels = unpack(g, g.reshape(given, weights.out(), bytes), bits);
        return g.unsqueeze(g.slice(g.cast(levels, x.type()), 1, 0, blocks), 2);
    }

    /// Two numbers of four bits in each byte, the low one first; the last axis doubles.
    private static Value unpack(GraphBuilder g, Value packed, int bits) {
        if (bits == 8) {
            return packed;
        }
        var wide = g.cast(packed, INT32);
        var sixteen = g.scalar(INT32, 16);
        var pairs =
                g.concat(
                        -1,
                        g.unsqueeze(g.mod(wide, sixteen), -1),
                        g.unsqueeze(g.div(wide, sixteen), -1));
        var shape = new long[packed.rank()];
        shape[shape.length - 1] = -1;
        return g.reshape(pairs, shape);
    }
}

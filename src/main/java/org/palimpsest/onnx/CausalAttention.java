package org.palimpsest.onnx;

import static org.palimpsest.tensor.ElementType.INT32;
import static org.palimpsest.tensor.ElementType.INT64;

import java.util.List;

/// How causal attention with a growing cache is done.
///
/// @param heads of the queries
/// @param keyHeads of keys and values; a divisor of `heads`
/// @param scores scale and soft cap
public record CausalAttention(int heads, int keyHeads, AttentionOptions scores) {
    public CausalAttention {
        if (keyHeads <= 0 || heads % keyHeads != 0) {
            throw new IllegalArgumentException(heads + " query heads over " + keyHeads);
        }
    }

    /// @param now queries, keys and values of the new tokens
    List<Value> asOneOperator(GraphBuilder g, List<Value> now, List<Value> past) {
        var q = now.getFirst();
        var total = g.cast(total(g, now, past), INT32); // [1]
        var lastPlaces = g.expand(g.sub(total, 1), g.sizeOf(q, 0)); // [batch]
        return g.applyMany(
                "com.microsoft:GroupQueryAttention",
                3,
                scores.attributes().with("num_heads", heads).with("kv_num_heads", keyHeads),
                q,
                now.get(1),
                now.get(2),
                past.isEmpty() ? null : past.get(0),
                past.isEmpty() ? null : past.get(1),
                lastPlaces,
                g.squeeze(total, 0));
    }

    List<Value> asProducts(GraphBuilder g, List<Value> now, List<Value> past) {
        var q = split(g, now.get(0), heads);
        var k = joined(g, past, 0, split(g, now.get(1), keyHeads));
        var v = joined(g, past, 1, split(g, now.get(2), keyHeads));
        var y = g.attention(q, k, v, mask(g, now, past), scores); // [batch, heads, tokens, size]
        var merged = g.reshape(g.transpose(y, 0, 2, 1, 3), 0, 0, heads * v.fixedSize(3));
        return List.of(merged, k, v);
    }

    /// True where the position is not after the token: [tokens, positions].
    private static Value mask(GraphBuilder g, List<Value> now, List<Value> past) {
        var zero = g.scalar(INT64, 0);
        var one = g.scalar(INT64, 1);
        var total = g.squeeze(total(g, now, past), 0);
        var first = past.isEmpty() ? zero : g.squeeze(g.sizeOf(past.getFirst(), 2), 0);
        var tokens = g.unsqueeze(g.range(first, total, one), 1);
        var positions = g.unsqueeze(g.range(zero, total, one), 0);
        return g.lessOrEqual(positions, tokens);
    }

    private static Value total(GraphBuilder g, List<Value> now, List<Value> past) {
        var tokens = g.sizeOf(now.getFirst(), 1);
        return past.isEmpty() ? tokens : g.add(g.sizeOf(past.getFirst(), 2), tokens);
    }

    private static Value split(GraphBuilder g, Value x, int parts) {
        return g.transpose(g.reshape(x, 0, 0, parts, x.fixedSize(2) / parts), 0, 2, 1, 3);
    }

    private static Value joined(GraphBuilder g, List<Value> past, int which, Value now) {
        return past.isEmpty() ? now : g.concat(2, past.get(which), now);
    }
}

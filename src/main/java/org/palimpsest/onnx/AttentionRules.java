package org.palimpsest.onnx;

import java.util.ArrayList;
import java.util.List;
import org.palimpsest.onnx.Dimension.Fixed;

/// Shape inference of attention and rotary embeddings.
final class AttentionRules {
    private AttentionRules() {}

    /// Attention-23 and -24 with Q [batch, heads, tokens, size] or [batch, tokens, heads · size].
    static List<List<Dimension>> attention(Call call) {
        boolean flat = call.rank(0) == 3;
        var q = heads(call, 0, "q_num_heads");
        var k = heads(call, 1, "kv_num_heads");
        var v = heads(call, 2, "kv_num_heads");
        ShapeRules.unify(call, q.get(3), k.get(3));
        ShapeRules.unify(call, k.get(1), v.get(1));
        if (q.get(1) instanceof Fixed(long queries)
                && k.get(1) instanceof Fixed(long keys)
                && queries % keys != 0) {
            throw call.mismatch(queries + " query heads over " + keys + " key heads");
        }
        var presentKey = present(call, k, 4);
        var presentValue = present(call, v, 5);
        var y = List.of(q.get(0), q.get(1), q.get(2), v.get(3));
        var scores = List.of(q.get(0), q.get(1), q.get(2), presentKey.get(2));
        return List.of(flat ? merged(call, y) : y, presentKey, presentValue, scores);
    }

    private static List<Dimension> heads(Call call, int input, String attribute) {
        var shape = call.shape(input);
        if (shape.size() == 4) {
            return shape;
        }
        ShapeRules.requireRank(call, input, 3);
        long heads = call.integer(attribute, 0);
        if (heads <= 0) {
            throw call.mismatch("input of rank 3 needs " + attribute);
        }
        Dimension size =
                shape.get(2) instanceof Fixed(long width)
                        ? new Fixed(width / heads)
                        : call.unknown("headSize");
        return List.of(shape.get(0), new Fixed(heads), shape.get(1), size);
    }

    private static List<Dimension> merged(Call call, List<Dimension> y) {
        Dimension width =
                y.get(1) instanceof Fixed(long heads) && y.get(3) instanceof Fixed(long size)
                        ? new Fixed(heads * size)
                        : call.unknown("width");
        return List.of(y.get(0), y.get(2), width);
    }

    private static List<Dimension> present(Call call, List<Dimension> now, int past) {
        if (!call.has(past)) {
            return now;
        }
        var result = new ArrayList<>(now);
        var before = call.shape(past).get(2);
        result.set(
                2,
                before instanceof Fixed(long first) && now.get(2) instanceof Fixed(long second)
                        ? new Fixed(first + second)
                        : new Dimension.Symbolic(before + " + " + now.get(2)));
        return result;
    }

    /// com.microsoft GroupQueryAttention: query [batch, tokens, heads · size], caches [batch, heads, capacity, size].
    /// With query, key and value packed in one input the width shrinks to the query's part.
    static List<List<Dimension>> groupQueryAttention(Call call) {
        long heads = call.integer("num_heads", 0);
        long keyHeads = call.integer("kv_num_heads", 0);
        var output = new ArrayList<>(call.shape(0));
        if (!call.has(1) && output.get(2) instanceof Fixed(long width)) {
            output.set(2, new Fixed(width / (heads + 2 * keyHeads) * heads));
        }
        var size =
                output.get(2) instanceof Fixed(long width)
                        ? new Fixed(width / heads)
                        : call.unknown("headSize");
        var present =
                List.of(
                        output.get(0),
                        new Fixed(keyHeads),
                        call.unknown("present"),
                        (Dimension) size);
        return List.of(output, present, present);
    }
}

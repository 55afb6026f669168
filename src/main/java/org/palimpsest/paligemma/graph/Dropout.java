package org.palimpsest.paligemma.graph;

import org.palimpsest.onnx.GraphBuilder;
import org.palimpsest.onnx.Value;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Shape;

/// Zeroes a share of values and enlarges the others so that their sum is expected to stay.
///
/// Which values are zeroed follows from a seed, the use, and the place alone: ONNX Runtime's random operators keep a state
/// between runs, so a run that is resumed would go another way. The hash squares twice modulo the prime 2³¹ − 1, in int64.
final class Dropout {
    private static final long PRIME = (1L << 31) - 1;
    private static final long SPREAD = 1_103_515_245;
    private static final long USE_STEP = 69_621;

    private final GraphBuilder graph;
    private final Value seed;
    private final Value rows;
    private int uses;

    /// @param seed int64 scalar, from 0 to 2³¹ − 2
    /// @param positions `[batch, sequence]`, in each row another place in the sequence
    Dropout(GraphBuilder graph, Value seed, Value positions) {
        this.graph = graph;
        this.seed = seed;
        Value ones = graph.add(graph.mul(positions, whole(0)), whole(1));
        Value example = graph.cumulativeSum(ones, 0);
        Value before = graph.mul(example, graph.sizeOf(positions, 1));
        this.rows = graph.unsqueeze(graph.add(before, positions), 2); // [batch, sequence, 1]
    }

    /// @param x `[batch, sequence, width]`
    Value apply(Value x, double rate) {
        if (rate == 0) {
            return x;
        }
        int width = Math.toIntExact(x.fixedSize(-1));
        var columns = new long[width];
        for (int i = 0; i < width; i++) {
            columns[i] = i;
        }
        int use = uses++;
        Value column = graph.longs("dropout_columns_" + use, Shape.of(width), columns);
        Value place = graph.add(graph.mul(rows, whole(width)), column);
        Value mixed = graph.add(graph.mul(place, whole(SPREAD)), whole(use * USE_STEP + 1));
        Value first = modulo(graph.add(modulo(mixed), seed));
        Value second = modulo(graph.add(modulo(square(first)), place));
        Value hash = modulo(square(second));
        Value kept = graph.greaterOrEqual(hash, whole((long) (rate * PRIME)));
        Value enlarged = graph.mul(x, 1 / (1 - rate));
        return graph.where(kept, enlarged, graph.scalar(x.type(), 0));
    }

    private Value whole(long number) {
        return graph.scalar(ElementType.INT64, number);
    }

    private Value square(Value x) {
        return graph.mul(x, x);
    }

    private Value modulo(Value x) {
        return graph.mod(x, whole(PRIME));
    }
}

package org.palimpsest.autodiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.palimpsest.onnx.Attributes;
import org.palimpsest.onnx.Dimension.Fixed;
import org.palimpsest.onnx.GraphBuilder;
import org.palimpsest.onnx.Value;
import org.palimpsest.tensor.ElementType;

/// Gradients of what moves, cuts and repeats elements: the same way back.
final class LayoutGradients {
    private LayoutGradients() {}

    static Value reshape(GraphBuilder g, NodeGradient n) {
        return n.reshapedTo(n.dy(), 0);
    }

    static Value unsqueeze(GraphBuilder g, NodeGradient n) {
        return g.apply("Squeeze", Attributes.NONE, n.dy(), n.in(1));
    }

    static Value squeeze(GraphBuilder g, NodeGradient n) {
        return n.has(1)
                ? g.apply("Unsqueeze", Attributes.NONE, n.dy(), n.in(1))
                : n.reshapedTo(n.dy(), 0);
    }

    static Value transpose(GraphBuilder g, NodeGradient n) {
        var order = n.integers("perm");
        if (order.isEmpty()) {
            return g.apply("Transpose", Attributes.NONE, n.dy());
        }
        var back = new long[n.rank(0)];
        for (int i = 0; i < back.length; i++) {
            back[(int) order.get()[i]] = i;
        }
        return g.transpose(n.dy(), back);
    }

    /// The part of dy that the operand was.
    static Value concat(GraphBuilder g, NodeGradient n) {
        int axis = n.axis(0, n.rank(0));
        var sizes = new ArrayList<Value>();
        for (int i = 0; i <= n.index(); i++) {
            sizes.add(sizeAlong(g, n, i, axis));
        }
        var start = sum(g, sizes.subList(0, n.index()));
        return g.slice(n.dy(), axis, start, sum(g, sizes));
    }

    private static Value sizeAlong(GraphBuilder g, NodeGradient n, int input, int axis) {
        return Sizes.one(g, n.shape(input), axis, n.dy(), () -> n.in(input));
    }

    /// The sum of vectors of one element, a constant if all are.
    private static Value sum(GraphBuilder g, List<Value> sizes) {
        long known = 0;
        var unknown = new ArrayList<Value>();
        for (var size : sizes) {
            var number = g.knownLongs(size);
            if (number.isPresent()) {
                known += number.get()[0];
            } else {
                unknown.add(size);
            }
        }
        return unknown.stream().reduce(g.longs(known), g::add);
    }

    static Value split(GraphBuilder g, NodeGradient n) {
        var parts = new Value[n.node().outputs().size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = n.dy(i);
        }
        return g.concat(n.axis(0, n.rank(0)), parts);
    }

    /// dy between zeros; with steps, dy at its places among zeros.
    static Value slice(GraphBuilder g, NodeGradient n) {
        long[] axes = slicedAxes(n);
        boolean plain =
                !n.has(4)
                        || n.numbers(4)
                                .filter(all -> Arrays.stream(all).allMatch(s -> s == 1))
                                .isPresent();
        if (plain) {
            return padded(g, n, axes);
        }
        if (axes.length != 1) {
            throw n.refusal("with steps only along one axis");
        }
        int axis = (int) axes[0];
        var size = Sizes.one(g, n.shape(0), axis, n.dy(), () -> n.in(0));
        var places =
                g.apply(
                        "Slice",
                        Attributes.NONE,
                        counted(g, size),
                        n.in(1),
                        n.in(2),
                        g.longs(0),
                        n.in(4));
        return IndexGradients.addedAlong(g, n, axis, g.cast(places, ElementType.INT64), n.dy());
    }

    private static Value counted(GraphBuilder g, Value size) {
        return g.range(
                g.scalar(ElementType.INT64, 0), g.squeeze(size, 0), g.scalar(ElementType.INT64, 1));
    }

    private static long[] slicedAxes(NodeGradient n) {
        int rank = n.rank(0);
        long[] axes =
                n.has(3)
                        ? n.numbers(3).orElseThrow(() -> n.refusal("unknown axes"))
                        : LongStream.range(0, n.in(1).fixedSize(0)).toArray();
        var result = new long[axes.length];
        for (int i = 0; i < axes.length; i++) {
            result[i] = axes[i] < 0 ? axes[i] + rank : axes[i];
        }
        return result;
    }

    /// How much lies before and behind the slice along each axis.
    private static Value padded(GraphBuilder g, NodeGradient n, long[] axes) {
        var before = new Value[axes.length];
        var behind = new Value[axes.length];
        for (int i = 0; i < axes.length; i++) {
            int axis = (int) axes[i];
            var whole = n.shape(0).get(axis);
            var known = n.numbers(1);
            if (whole instanceof Fixed(long size)
                    && n.outShape().get(axis) instanceof Fixed(long part)
                    && known.isPresent()) {
                long start = known.get()[i];
                long first = Math.clamp(start < 0 ? start + size : start, 0, size);
                before[i] = g.longs(first);
                behind[i] = g.longs(size - first - part);
            } else {
                var size = Sizes.one(g, n.shape(0), axis, n.dy(), () -> n.in(0));
                before[i] = first(g, n, i, size);
                behind[i] = g.sub(g.sub(size, before[i]), g.sizeOf(n.dy(), axis));
            }
        }
        var pads = g.sizes(g.sizes(before), g.sizes(behind));
        return g.apply("Pad", Attributes.NONE, n.dy(), pads, n.number(0), g.longs(axes));
    }

    /// Where the slice begins, counted from the front and kept within the axis.
    private static Value first(GraphBuilder g, NodeGradient n, int which, Value size) {
        var start = g.cast(g.slice(n.in(1), 0, which, which + 1L), ElementType.INT64);
        var zero = g.longs(0);
        var fromFront = g.where(g.less(start, zero), g.add(start, size), start);
        return g.min(g.max(fromFront, zero), size);
    }

    /// Cutting off what was added, adding what was cut off.
    static Value pad(GraphBuilder g, NodeGradient n) {
        if (!n.text("mode", "constant").equals("constant")) {
            throw n.refusal("only with constants around");
        }
        var known = n.numbers(1);
        var back =
                known.isPresent()
                        ? g.longs(Arrays.stream(known.get()).map(x -> -x).toArray())
                        : g.neg(n.in(1));
        return g.apply(
                "Pad", Attributes.NONE, n.dy(), back, n.number(0), n.has(3) ? n.in(3) : null);
    }

    /// The sum over all copies: each axis as [copies, size].
    static Value tile(GraphBuilder g, NodeGradient n) {
        int rank = n.rank(0);
        var sizes = new Value[2 * rank];
        var copies = new long[rank];
        for (int i = 0; i < rank; i++) {
            sizes[2 * i] = copies(g, n, i);
            sizes[2 * i + 1] = Sizes.one(g, n.shape(0), i, n.dy(), () -> n.in(0));
            copies[i] = 2L * i;
        }
        return g.reduceSum(g.reshape(n.dy(), g.sizes(sizes)), false, copies);
    }

    private static Value copies(GraphBuilder g, NodeGradient n, int axis) {
        return n.numbers(1)
                .map(all -> g.longs(all[axis]))
                .orElseGet(() -> g.slice(n.in(1), 0, axis, axis + 1L));
    }

    static Value trilu(GraphBuilder g, NodeGradient n) {
        return g.apply("Trilu", n.node().attributes(), n.dy(), n.has(1) ? n.in(1) : null);
    }

    /// Each element went into all sums from its place on: the sum from the other end.
    static Value cumulativeSum(GraphBuilder g, NodeGradient n) {
        boolean isReverse = n.integer("reverse", 0) != 0;
        return g.apply(
                "CumSum", n.node().attributes().with("reverse", !isReverse), n.dy(), n.in(1));
    }
}

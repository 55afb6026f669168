package org.palimpsest.autodiff;

import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.palimpsest.onnx.Attributes;
import org.palimpsest.onnx.Dimension.Fixed;
import org.palimpsest.onnx.GraphBuilder;
import org.palimpsest.onnx.Value;

/// Gradients of sums, means and extremes along axes, and of softmax.
final class ReductionGradients {
    private ReductionGradients() {}

    static Value sum(GraphBuilder g, NodeGradient n) {
        return keepsAll(n) ? n.dy() : g.expand(withAxes(g, n, n.dy()), n.sizes(0));
    }

    /// dx = dy / count
    static Value mean(GraphBuilder g, NodeGradient n) {
        if (keepsAll(n)) {
            return n.dy();
        }
        return g.expand(g.div(withAxes(g, n, n.dy()), count(g, n)), n.sizes(0));
    }

    /// The largest or smallest elements share the gradient.
    static Value extreme(GraphBuilder g, NodeGradient n) {
        if (keepsAll(n)) {
            return n.dy();
        }
        var isExtreme = g.cast(g.equal(n.in(0), withAxes(g, n, n.y())), n.in(0).type());
        var sharers =
                g.apply(
                        "ReduceSum",
                        Attributes.NONE.with("keepdims", true),
                        isExtreme,
                        n.has(1) ? n.in(1) : null);
        return g.mul(isExtreme, g.div(withAxes(g, n, n.dy()), sharers));
    }

    private static boolean keepsAll(NodeGradient n) {
        return !n.has(1) && n.integer("noop_with_empty_axes", 0) != 0;
    }

    /// A reduced value with the axes put back that were reduced; a scalar may stay one.
    private static Value withAxes(GraphBuilder g, NodeGradient n, Value reduced) {
        boolean isKept = n.integer("keepdims", 1) != 0;
        return isKept || !n.has(1)
                ? reduced
                : g.apply("Unsqueeze", Attributes.NONE, reduced, n.in(1));
    }

    /// How many elements became one: a scalar, or a vector of one element.
    private static Value count(GraphBuilder g, NodeGradient n) {
        int rank = n.rank(0);
        var axes =
                n.has(1)
                        ? n.numbers(1).orElseThrow(() -> n.refusal("unknown axes"))
                        : LongStream.range(0, rank).toArray();
        long known = 1;
        @Nullable Value unknown = null;
        for (long axis : axes) {
            int at = (int) (axis < 0 ? axis + rank : axis);
            if (n.shape(0).get(at) instanceof Fixed(long size)) {
                known *= size;
            } else {
                var size = Sizes.one(g, n.shape(0), at, n.dy(), () -> n.in(0));
                unknown = unknown == null ? size : g.mul(unknown, size);
            }
        }
        return unknown == null ? n.number(known) : g.mul(g.cast(unknown, n.dy().type()), known);
    }

    /// dx = y ⊙ (dy − Σ dy ⊙ y)
    static Value softmax(GraphBuilder g, NodeGradient n) {
        var y = n.y();
        var weighted = g.mul(n.dy(), y);
        var total = g.reduceSum(weighted, true, n.axis(-1, n.rank(0)));
        return g.sub(weighted, g.mul(y, total));
    }

    /// dx = dy − exp(y) · Σ dy
    static Value logSoftmax(GraphBuilder g, NodeGradient n) {
        var total = g.reduceSum(n.dy(), true, n.axis(-1, n.rank(0)));
        return g.sub(n.dy(), g.mul(g.exp(n.y()), total));
    }
}

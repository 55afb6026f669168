package org.palimpsest.autodiff;

import java.util.Arrays;
import org.palimpsest.onnx.GraphBuilder;
import org.palimpsest.onnx.Value;
import org.palimpsest.tensor.ElementType;

/// Gradients of what picks elements by their places, and of what writes them there.
final class IndexGradients {
    private IndexGradients() {}

    /// Indices and conditions are no floating point numbers, and no gradient by them is ever asked for.
    static Value noIndex(GraphBuilder g, NodeGradient n) {
        throw n.refusal("input " + n.index() + " is no number");
    }

    /// Rows that were picked several times get the sum.
    static Value gather(GraphBuilder g, NodeGradient n) {
        return addedAlong(g, n, n.axis(0, n.rank(0)), n.in(1), n.dy());
    }

    /// Adds slices to zeros in the shape of the first input, at places along an axis.
    ///
    /// @param places any shape, which the slices have in place of the axis
    static Value addedAlong(GraphBuilder g, NodeGradient n, int axis, Value places, Value slices) {
        var at = g.unsqueeze(g.cast(places, ElementType.INT64), places.rank());
        if (axis == 0) {
            return g.scatterNd(n.zeros(0), at, slices, "add");
        }
        int rank = n.rank(0);
        long[] toFront = moved(rank, axis, 1);
        var sizes = new Value[rank];
        for (int i = 0; i < rank; i++) {
            int from = (int) toFront[i];
            sizes[i] = Sizes.one(g, n.shape(0), from, n.dy(), () -> n.in(0));
        }
        var zeros = g.filled(g.sizes(sizes), slices.type(), 0);
        var turned = g.transpose(slices, moved(slices.rank(), axis, places.rank()));
        var sums = g.scatterNd(zeros, at, turned, "add");
        return g.transpose(sums, inverse(toFront));
    }

    /// An order of axes that puts `count` of them, from `axis` on, in front.
    private static long[] moved(int rank, int axis, int count) {
        var order = new long[rank];
        for (int i = 0; i < rank; i++) {
            order[i] = i < count ? axis + i : i < axis + count ? i - count : i;
        }
        return order;
    }

    private static long[] inverse(long[] order) {
        var back = new long[order.length];
        for (int i = 0; i < order.length; i++) {
            back[(int) order[i]] = i;
        }
        return back;
    }

    static Value gatherElements(GraphBuilder g, NodeGradient n) {
        int axis = n.axis(0, n.rank(0));
        return g.scatterElements(n.zeros(0), n.in(1), n.dy(), axis, "add");
    }

    /// Batch axes become indices of their own.
    static Value gatherNd(GraphBuilder g, NodeGradient n) {
        var at = n.in(1);
        int batchAxes = (int) n.integer("batch_dims", 0);
        for (int axis = batchAxes - 1; axis >= 0; axis--) {
            at = g.concat(-1, batchIndex(g, at, axis), at);
        }
        return g.scatterNd(n.zeros(0), at, n.dy(), "add");
    }

    /// The place along one axis, in the shape of the indices with one number each.
    private static Value batchIndex(GraphBuilder g, Value indices, int axis) {
        var count = g.squeeze(g.sizeOf(indices, axis), 0);
        var numbers =
                g.range(g.scalar(ElementType.INT64, 0), count, g.scalar(ElementType.INT64, 1));
        var shape = new long[indices.rank()];
        Arrays.fill(shape, 1);
        shape[axis] = -1;
        var sizes = new Value[indices.rank()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = i == sizes.length - 1 ? g.longs(1) : g.sizeOf(indices, i);
        }
        return g.expand(g.reshape(numbers, shape), g.sizes(sizes));
    }

    /// The data's gradient is dy, but nothing where it was overwritten.
    static Value scatteredElements(GraphBuilder g, NodeGradient n) {
        return adds(n)
                ? n.dy()
                : g.scatterElements(n.dy(), n.in(1), n.zeros(2), n.axis(0, n.rank(0)), "none");
    }

    static Value elementUpdates(GraphBuilder g, NodeGradient n) {
        adds(n);
        return g.gatherElements(n.dy(), n.in(1), n.axis(0, n.rank(0)));
    }

    /// The data's gradient is dy, but nothing where it was overwritten.
    static Value scatteredRows(GraphBuilder g, NodeGradient n) {
        return adds(n) ? n.dy() : g.scatterNd(n.dy(), n.in(1), n.zeros(2), "none");
    }

    static Value rowUpdates(GraphBuilder g, NodeGradient n) {
        adds(n);
        return g.gatherNd(n.dy(), n.in(1), 0);
    }

    private static boolean adds(NodeGradient n) {
        return switch (n.text("reduction", "none")) {
            case "none" -> false;
            case "add" -> true;
            default -> throw n.refusal("only of sums and plain values");
        };
    }

    /// The picked values' gradients at their places.
    static Value topK(GraphBuilder g, NodeGradient n) {
        int axis = n.axis(-1, n.rank(0));
        if (n.node().outputs().size() < 2) {
            throw n.refusal("without the output of places");
        }
        return g.scatterElements(n.zeros(0), n.out(1), n.dy(), axis, "add");
    }
}

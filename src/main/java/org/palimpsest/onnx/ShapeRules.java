package org.palimpsest.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.palimpsest.onnx.Dimension.Fixed;
import org.palimpsest.onnx.Dimension.Symbolic;

/// Shape inference of arithmetic, products and reductions.
///
/// A conflict of two fixed sizes is an error; where a symbol meets a number the number wins, because the graph could
/// not run otherwise.
final class ShapeRules {
    private ShapeRules() {}

    /// The shape of the first input.
    static List<List<Dimension>> same(Call call) {
        return one(call.shape(0));
    }

    /// The shape of the first input, which must have the axis.
    static List<List<Dimension>> alongAxis(Call call) {
        call.axis("axis", -1, call.rank(0));
        return same(call);
    }

    static List<List<Dimension>> broadcast(Call call) {
        var shape = call.shape(0);
        for (int i = 1; i < call.inputs().size(); i++) {
            shape = broadcast(call, shape, call.shape(i));
        }
        return one(shape);
    }

    static List<List<Dimension>> matMul(Call call) {
        return one(product(call, call.shape(0), call.shape(1)));
    }

    static List<List<Dimension>> fusedMatMul(Call call) {
        return one(
                product(
                        call,
                        swapLast(call.shape(0), call.integer("transA", 0) != 0),
                        swapLast(call.shape(1), call.integer("transB", 0) != 0)));
    }

    /// A [.., K] times B [N, K] in blocks.
    static List<List<Dimension>> matMulNBits(Call call) {
        var shape = new ArrayList<>(call.shape(0));
        unify(call, shape.getLast(), new Fixed(call.integer("K", 0)));
        shape.set(shape.size() - 1, new Fixed(call.integer("N", 0)));
        return one(shape);
    }

    static List<List<Dimension>> gemm(Call call) {
        requireRank(call, 0, 2);
        requireRank(call, 1, 2);
        var result =
                product(
                        call,
                        swapLast(call.shape(0), call.integer("transA", 0) != 0),
                        swapLast(call.shape(1), call.integer("transB", 0) != 0));
        if (call.has(2)) {
            broadcast(call, result, call.shape(2));
        }
        return one(result);
    }

    /// Reductions that take their axes as an input.
    static List<List<Dimension>> reduce(Call call) {
        int rank = call.rank(0);
        boolean keep = call.integer("keepdims", 1) != 0;
        if (!call.has(1)) {
            boolean nothing = call.integer("noop_with_empty_axes", 0) != 0;
            return one(
                    nothing
                            ? call.shape(0)
                            : Collections.nCopies(keep ? rank : 0, (Dimension) new Fixed(1)));
        }
        var axes = call.numbers(1);
        if (axes.isEmpty()) {
            throw call.mismatch("axes that are no constant");
        }
        return one(
                without(
                        call.shape(0),
                        Arrays.stream(axes.get())
                                .mapToInt(axis -> call.normalise(axis, rank))
                                .toArray(),
                        keep));
    }

    static List<List<Dimension>> argReduce(Call call) {
        return one(
                without(
                        call.shape(0),
                        new int[] {call.axis("axis", 0, call.rank(0))},
                        call.integer("keepdims", 1) != 0));
    }

    /// Y as X; mean and deviation as X with the normalised axes 1.
    static List<List<Dimension>> normalisation(Call call) {
        int rank = call.rank(0);
        int axis = call.axis("axis", -1, rank);
        broadcast(call, call.shape(0), call.shape(1));
        var statistics = without(call.shape(0), IntStream.range(axis, rank).toArray(), true);
        return List.of(call.shape(0), statistics, statistics);
    }

    static List<List<Dimension>> conv(Call call) {
        var shape = new ArrayList<>(List.of(call.shape(0).get(0), call.shape(1).get(0)));
        for (int i = 0; i < call.rank(0) - 2; i++) {
            var window = window(call, i);
            shape.add(
                    call.shape(0).get(i + 2) instanceof Fixed(long size)
                            ? new Fixed((size + window.padding - window.reach) / window.stride + 1)
                            : call.unknown("size" + i));
        }
        return one(shape);
    }

    static List<List<Dimension>> convTranspose(Call call) {
        long channels = Math.multiplyExact(call.input(1).fixedSize(1), call.integer("group", 1));
        var shape = new ArrayList<>(List.of(call.shape(0).get(0), new Fixed(channels)));
        for (int i = 0; i < call.rank(0) - 2; i++) {
            var window = window(call, i);
            shape.add(
                    call.shape(0).get(i + 2) instanceof Fixed(long size)
                            ? new Fixed((size - 1) * window.stride + window.reach - window.padding)
                            : call.unknown("size" + i));
        }
        return one(shape);
    }

    /// How a convolution's kernel moves along one axis.
    private record Window(long stride, long padding, long reach) {}

    private static Window window(Call call, int axis) {
        var strides = call.integers("strides");
        var pads = call.integers("pads");
        var dilations = call.integers("dilations");
        long kernel = call.input(1).fixedSize(axis + 2);
        long dilation = dilations == null ? 1 : dilations[axis];
        return new Window(
                strides == null ? 1 : strides[axis],
                pads == null ? 0 : pads[axis] + pads[axis + pads.length / 2],
                dilation * (kernel - 1) + 1);
    }

    static List<List<Dimension>> dynamicQuantizeLinear(Call call) {
        return List.of(call.shape(0), List.of(), List.of());
    }

    static List<List<Dimension>> one(List<Dimension> shape) {
        return List.of(shape);
    }

    static void requireRank(Call call, int input, int rank) {
        if (call.rank(input) != rank) {
            throw call.mismatch("input " + input + " must have rank " + rank);
        }
    }

    /// The common shape of two operands (onnx/docs/Broadcasting.md).
    static List<Dimension> broadcast(Call call, List<Dimension> a, List<Dimension> b) {
        int rank = Math.max(a.size(), b.size());
        var result = new ArrayList<Dimension>();
        for (int i = 0; i < rank; i++) {
            int inA = i - (rank - a.size());
            int inB = i - (rank - b.size());
            if (inA < 0 || inB >= 0 && a.get(inA).is(1)) {
                result.add(b.get(inB));
            } else if (inB < 0 || b.get(inB).is(1)) {
                result.add(a.get(inA));
            } else {
                result.add(unify(call, a.get(inA), b.get(inB)));
            }
        }
        return result;
    }

    /// The one size that both axes must have.
    static Dimension unify(Call call, Dimension a, Dimension b) {
        if (a instanceof Fixed && b instanceof Fixed && !a.equals(b)) {
            throw call.mismatch("sizes " + a + " and " + b + " do not fit together");
        }
        return a instanceof Symbolic ? b : a;
    }

    private static List<Dimension> product(Call call, List<Dimension> a, List<Dimension> b) {
        if (a.size() < 2 || b.size() < 2) {
            throw call.mismatch("matrices are needed");
        }
        unify(call, a.getLast(), b.get(b.size() - 2));
        var batch = broadcast(call, a.subList(0, a.size() - 2), b.subList(0, b.size() - 2));
        var result = new ArrayList<>(batch);
        result.add(a.get(a.size() - 2));
        result.add(b.getLast());
        return result;
    }

    private static List<Dimension> swapLast(List<Dimension> shape, boolean swap) {
        if (!swap || shape.size() < 2) {
            return shape;
        }
        var swapped = new ArrayList<>(shape);
        Collections.swap(swapped, shape.size() - 1, shape.size() - 2);
        return swapped;
    }

    static List<Dimension> without(List<Dimension> shape, int[] axes, boolean keep) {
        var result = new ArrayList<Dimension>();
        for (int i = 0; i < shape.size(); i++) {
            int axis = i;
            if (Arrays.stream(axes).noneMatch(reduced -> reduced == axis)) {
                result.add(shape.get(i));
            } else if (keep) {
                result.add(new Fixed(1));
            }
        }
        return result;
    }
}

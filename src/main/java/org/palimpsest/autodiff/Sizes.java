package org.palimpsest.autodiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.palimpsest.onnx.Attributes;
import org.palimpsest.onnx.Dimension;
import org.palimpsest.onnx.Dimension.Fixed;
import org.palimpsest.onnx.GraphBuilder;
import org.palimpsest.onnx.Value;

/// Shapes as int64 vectors in a graph, read off gradients rather than off forward values where both have them, so that
/// no forward value is kept for its shape alone.
final class Sizes {
    private Sizes() {}

    /// @param near a value that is there in any case
    /// @param holder gives a value of just this shape
    static Value of(GraphBuilder g, List<Dimension> shape, Value near, Supplier<Value> holder) {
        var parts = new ArrayList<Value>();
        for (int i = 0; i < shape.size(); i++) {
            parts.add(one(g, shape, i, near, holder));
        }
        return parts.isEmpty() ? g.longs() : g.sizes(parts.toArray(Value[]::new));
    }

    /// The size of one axis of the shape as a vector of one element.
    static Value one(
            GraphBuilder g, List<Dimension> shape, int axis, Value near, Supplier<Value> holder) {
        var size = shape.get(axis);
        if (size instanceof Fixed(long number)) {
            return g.longs(number);
        }
        int place = near.shape().indexOf(size);
        return place >= 0 ? g.sizeOf(near, place) : g.sizeOf(holder.get(), axis);
    }

    static Value fixed(GraphBuilder g, List<Dimension> shape) {
        return g.longs(
                shape.stream()
                        .mapToLong(size ->
                                switch (size) {
                                    case Fixed(long number) -> number;
                                    case Dimension.Symbolic _ ->
                                            throw new IllegalArgumentException(
                                                    size + " is no number");
                                })
                        .toArray());
    }

    /// The value in another shape: one constant where at most one size is neither fixed nor in its place already.
    static Value reshape(GraphBuilder g, Value x, List<Dimension> shape, Supplier<Value> holder) {
        if (x.shape().equals(shape)) {
            return x;
        }
        var sizes = new long[shape.size()];
        for (int i = 0; i < sizes.length; i++) {
            if (shape.get(i) instanceof Fixed(long number) && number > 0) {
                sizes[i] = number;
            } else if (i < x.rank() && x.dimension(i).equals(shape.get(i))) {
                sizes[i] = 0;
            } else {
                sizes[i] = -1;
            }
        }
        boolean constant = Arrays.stream(sizes).filter(size -> size == -1).count() == 0;
        return constant
                ? g.reshape(x, sizes)
                : g.apply(
                        "Reshape",
                        Attributes.NONE.with("allowzero", 1),
                        x,
                        of(g, shape, x, holder));
    }
}

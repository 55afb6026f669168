package org.palimpsest.onnx;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.palimpsest.onnx.Dimension.Fixed;
import org.palimpsest.tensor.ElementType;

/// Shapes, and elements moved, picked, written and repeated.
public sealed interface LayoutOperations extends Operations permits GraphBuilder {

    default Value reshape(Value x, Value shape) {
        return apply("Reshape", Attributes.NONE, x, shape);
    }

    /// @param sizes 0 keeps the axis at that place, -1 takes what is left
    default Value reshape(Value x, long... sizes) {
        return reshape(x, longs(sizes));
    }

    default Value transpose(Value x, long... order) {
        return apply("Transpose", Attributes.NONE.with("perm", order), x);
    }

    /// Swaps the last two axes.
    default Value transposeLast(Value x) {
        var order = new long[x.rank()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        order[order.length - 1] = order.length - 2;
        order[order.length - 2] = order.length - 1;
        return transpose(x, order);
    }

    default Value concat(int axis, Value... parts) {
        return apply("Concat", Attributes.NONE.with("axis", axis), parts);
    }

    default List<Value> split(Value x, int axis, long... sizes) {
        return applyMany(
                "Split", sizes.length, Attributes.NONE.with("axis", axis), x, longs(sizes));
    }

    /// Elements from start to before end along one axis; negative positions count from the back.
    default Value slice(Value x, int axis, long start, long end) {
        return slice(x, axis, longs(start), longs(end));
    }

    default Value slice(Value x, int axis, Value start, Value end) {
        return apply("Slice", Attributes.NONE, x, start, end, longs(axis));
    }

    default Value gather(Value x, Value indices, int axis) {
        return apply("Gather", Attributes.NONE.with("axis", axis), x, indices);
    }

    default Value gatherElements(Value x, Value indices, int axis) {
        return apply("GatherElements", Attributes.NONE.with("axis", axis), x, indices);
    }

    default Value gatherNd(Value x, Value indices, int batchAxes) {
        return apply("GatherND", Attributes.NONE.with("batch_dims", batchAxes), x, indices);
    }

    /// @param reduction `none`, `add`, `mul`, `min` or `max`
    default Value scatterElements(
            Value x, Value indices, Value updates, int axis, String reduction) {
        return apply(
                "ScatterElements",
                Attributes.NONE.with("axis", axis).with("reduction", reduction),
                x,
                indices,
                updates);
    }

    /// @param reduction `none`, `add`, `mul`, `min` or `max`
    default Value scatterNd(Value x, Value indices, Value updates, String reduction) {
        return apply(
                "ScatterND", Attributes.NONE.with("reduction", reduction), x, indices, updates);
    }

    /// The cache with the update written along an axis from each example's position on (opset 24).
    ///
    /// @param positions int64 [batch]; null for the start
    default Value tensorScatter(Value cache, Value update, @Nullable Value positions, int axis) {
        return apply("TensorScatter", Attributes.NONE.with("axis", axis), cache, update, positions);
    }

    default Value expand(Value x, Value shape) {
        return apply("Expand", Attributes.NONE, x, shape);
    }

    default Value shape(Value x) {
        return apply("Shape", Attributes.NONE, x);
    }

    /// The size of one axis as an int64 vector of one element: a constant where the size is fixed.
    default Value sizeOf(Value x, int axis) {
        int at = axis < 0 ? axis + x.rank() : axis;
        return x.dimension(at) instanceof Fixed(long size)
                ? longs(size)
                : apply("Shape", Attributes.NONE.with("start", at).with("end", at + 1), x);
    }

    /// Int64 vectors one after another, as a shape is put together: a constant where all elements are known.
    Value sizes(Value... parts);

    default Value unsqueeze(Value x, long... axes) {
        return apply("Unsqueeze", Attributes.NONE, x, longs(axes));
    }

    default Value squeeze(Value x, long... axes) {
        return apply("Squeeze", Attributes.NONE, x, longs(axes));
    }

    default Value range(Value start, Value limit, Value step) {
        return apply("Range", Attributes.NONE, start, limit, step);
    }

    /// A tensor of the shape with one value everywhere.
    default Value filled(Value shape, ElementType type, double value) {
        return apply("ConstantOfShape", Attributes.NONE.withElement("value", type, value), shape);
    }

    default Value tile(Value x, Value repeats) {
        return apply("Tile", Attributes.NONE, x, repeats);
    }

    /// @param pads int64: the beginnings of all axes, then their ends
    default Value pad(Value x, Value pads, @Nullable Value fill) {
        return apply("Pad", Attributes.NONE, x, pads, fill);
    }

    /// Zeros above (upper = false) or below (upper = true) the k-th diagonal of the last two axes.
    default Value trilu(Value x, boolean upper, long k) {
        return apply(
                "Trilu", Attributes.NONE.with("upper", upper), x, scalar(ElementType.INT64, k));
    }

    default Value cumulativeSum(Value x, int axis) {
        return apply("CumSum", Attributes.NONE, x, scalar(ElementType.INT64, axis));
    }

    /// Values and int64 places of the k largest elements, largest first.
    default List<Value> topK(Value x, long k, int axis) {
        return applyMany("TopK", 2, Attributes.NONE.with("axis", axis), x, longs(k));
    }

    /// Linear or cubic resampling of the last two axes to given sizes, each output pixel at the middle of its area.
    default Value resize(Value x, long height, long width, String mode, boolean antialias) {
        return apply(
                "Resize",
                Attributes.NONE
                        .with("axes", new long[] {x.rank() - 2, x.rank() - 1})
                        .with("mode", mode)
                        .with("antialias", antialias)
                        .with("coordinate_transformation_mode", "half_pixel"),
                x,
                null,
                null,
                longs(height, width));
    }
}

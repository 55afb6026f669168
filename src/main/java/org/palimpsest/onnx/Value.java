package org.palimpsest.onnx;

import java.util.List;
import org.palimpsest.onnx.Dimension.Fixed;
import org.palimpsest.tensor.ElementType;

/// A tensor that flows through a graph: an input, an initializer or a node's output.
///
/// @param shape the axes, outermost first; empty for a scalar
public record Value(String name, ElementType type, List<Dimension> shape) {
    public Value {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("A value without a name");
        }
        shape = List.copyOf(shape);
    }

    public int rank() {
        return shape.size();
    }

    /// The size of an axis; negative axes count from the last.
    public Dimension dimension(int axis) {
        return shape.get(axis < 0 ? axis + shape.size() : axis);
    }

    /// The size of an axis that does not depend on the input.
    ///
    /// @throws IllegalStateException if it does
    public long fixedSize(int axis) {
        if (dimension(axis) instanceof Fixed(long size)) {
            return size;
        }
        throw new IllegalStateException("Axis " + axis + " of " + this + " has no fixed size");
    }

    @Override
    public String toString() {
        return name + ": " + type + " " + shape;
    }
}

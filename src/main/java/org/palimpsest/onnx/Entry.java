package org.palimpsest.onnx;

import org.jspecify.annotations.Nullable;
import org.palimpsest.onnx.Dimension.Fixed;
import org.palimpsest.onnx.Dimension.Symbolic;

/// One element of a small integer tensor as far as it is known while building: a number, or the size of an axis.
record Entry(long number, @Nullable Symbolic symbol) {

    static Entry of(long number) {
        return new Entry(number, null);
    }

    static Entry of(Dimension dimension) {
        return switch (dimension) {
            case Fixed(long size) -> new Entry(size, null);
            case Symbolic symbolic -> new Entry(0, symbolic);
        };
    }

    boolean isNumber() {
        return symbol == null;
    }

    /// The element as a size.
    ///
    /// @throws IllegalArgumentException if it is negative
    Dimension toDimension() {
        return symbol == null ? new Fixed(number) : symbol;
    }
}

package org.palimpsest.onnx;

import java.util.Arrays;
import java.util.List;
import org.palimpsest.onnx.Dimension.Fixed;
import org.palimpsest.onnx.Dimension.Symbolic;

/// The size of one axis: a number, or a name for a number that is known when the graph runs.
public sealed interface Dimension permits Fixed, Symbolic {

    record Fixed(long size) implements Dimension {
        public Fixed {
            if (size < 0) {
                throw new IllegalArgumentException("Negative size " + size);
            }
        }

        @Override
        public String toString() {
            return Long.toString(size);
        }
    }

    /// Two symbols of one name stand for the same number.
    record Symbolic(String name) implements Dimension {
        public Symbolic {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("A dimension without a name");
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /// A dimension from a [Number], a name or a dimension, so that shapes read as `"batch", "sequence", 48`.
    static Dimension of(Object size) {
        return switch (size) {
            case Dimension dimension -> dimension;
            case Integer number -> new Fixed(number);
            case Long number -> new Fixed(number);
            case String name -> new Symbolic(name);
            default -> throw new IllegalArgumentException("No size of an axis: " + size);
        };
    }

    static List<Dimension> listOf(Object... sizes) {
        return Arrays.stream(sizes).map(Dimension::of).toList();
    }

    static List<Dimension> fixed(long... sizes) {
        return Arrays.stream(sizes).<Dimension>mapToObj(Fixed::new).toList();
    }

    default boolean is(long size) {
        return this instanceof Fixed(long own) && own == size;
    }
}

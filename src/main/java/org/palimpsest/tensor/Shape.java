package org.palimpsest.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;

/// The sizes of a tensor's axes, outermost first; no axis for a scalar.
public final class Shape {
    public static final Shape SCALAR = Shape.of();

    private final long[] sizes;

    private Shape(long[] sizes) {
        this.sizes = sizes;
    }

    /// @throws IllegalArgumentException if a size is negative or the element count does not fit a `long`
    public static Shape of(long... sizes) {
        var copy = sizes.clone();
        long elements = 1;
        for (long size : copy) {
            if (size < 0) {
                throw new IllegalArgumentException("Negative size in " + Arrays.toString(copy));
            }
            try {
                elements = Math.multiplyExact(elements, size);
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException(
                        "Too many elements: " + Arrays.toString(copy), e);
            }
        }
        return new Shape(copy);
    }

    public int rank() {
        return sizes.length;
    }

    public long size(int axis) {
        return sizes[axis];
    }

    public long elementCount() {
        long count = 1;
        for (long size : sizes) {
            count *= size;
        }
        return count;
    }

    public long[] toArray() {
        return sizes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(sizes, shape.sizes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sizes);
    }

    /// The form used in messages: `[2, 16, 48]`.
    @Override
    public String toString() {
        return Arrays.stream(sizes)
                .mapToObj(Long::toString)
                .collect(Collectors.joining(", ", "[", "]"));
    }
}

package org.palimpsest.geometry;

/// Whether the pixel in column `x` and row `y` belongs to a mask.
@FunctionalInterface
public interface BitPredicate {
    boolean test(int x, int y);
}

package org.palimpsest.ui.canvas;

import java.util.BitSet;

/// Finds room for tags on the canvas: none covers another, and there are some hundred at most.
final class TagLayout {
    private static final int CELL = 6;

    private final int columns;
    private final int rows;
    private final BitSet taken;
    private final int most;
    private int placed;

    /// @param most so many tags at most
    TagLayout(double width, double height, int most) {
        this.most = most;
        columns = (int) Math.ceil(width / CELL);
        rows = (int) Math.ceil(height / CELL);
        taken = new BitSet(columns * rows);
    }

    boolean isFull() {
        return placed >= most;
    }

    /// Takes a place if it is on the canvas and free.
    boolean take(double x, double y, double width, double height) {
        int left = Math.max(0, (int) Math.floor(x / CELL));
        int top = Math.max(0, (int) Math.floor(y / CELL));
        int right = Math.min(columns, (int) Math.ceil((x + width) / CELL));
        int bottom = Math.min(rows, (int) Math.ceil((y + height) / CELL));
        if (isFull() || left >= right || top >= bottom) {
            return false;
        }
        for (int row = top; row < bottom; row++) {
            int next = taken.nextSetBit(row * columns + left);
            if (next >= 0 && next < row * columns + right) {
                return false;
            }
        }
        for (int row = top; row < bottom; row++) {
            taken.set(row * columns + left, row * columns + right);
        }
        placed++;
        return true;
    }
}

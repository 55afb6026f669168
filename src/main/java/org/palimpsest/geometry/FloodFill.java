package org.palimpsest.geometry;

import java.util.ArrayDeque;
import java.util.Deque;

/// Finds the pixels of about the same colour that hang together by their sides: a magic wand.
public final class FloodFill {
    private final PixelColors colors;
    private final BitRows filled;
    private final int left;
    private final int top;
    private final int right;
    private final int bottom;
    private final int wanted;
    private final int tolerance;
    private final Deque<Seed> waiting = new ArrayDeque<>();

    /// Where a run of pixels begins.
    private record Seed(int x, int y) {}

    private FloodFill(PixelColors colors, Size size, Box within, int wanted, int tolerance) {
        this.colors = colors;
        this.filled = new BitRows(size.width(), size.height());
        this.left = (int) Math.clamp(Math.floor(within.xMin()), 0, size.width());
        this.top = (int) Math.clamp(Math.floor(within.yMin()), 0, size.height());
        this.right = (int) Math.clamp(Math.ceil(within.xMax()), 0, size.width());
        this.bottom = (int) Math.clamp(Math.ceil(within.yMax()), 0, size.height());
        this.wanted = wanted;
        this.tolerance = tolerance;
    }

    /// The pixels around `x`, `y` whose red, green and blue differ from that pixel's by no more than the tolerance.
    ///
    /// @param tolerance 0 to 255
    /// @param within what lies outside of it is left out, which bounds the work
    /// @return a mask of the image's size; empty where the pixel lies outside
    public static Mask fill(
            PixelColors colors, Size size, Box within, int x, int y, int tolerance) {
        if (tolerance < 0 || tolerance > 255) {
            throw new IllegalArgumentException("No such tolerance: " + tolerance);
        }
        if (x < 0 || y < 0 || x >= size.width() || y >= size.height()) {
            return Mask.empty(size);
        }
        var fill = new FloodFill(colors, size, within, colors.rgb(x, y), tolerance);
        fill.run(x, y);
        return Mask.of(fill.filled);
    }

    /// Line by line: fills a run as far as it goes, and notes where runs begin above and below.
    private void run(int x, int y) {
        if (matches(x, y)) {
            waiting.push(new Seed(x, y));
        }
        while (!waiting.isEmpty()) {
            var seed = waiting.pop();
            int row = seed.y();
            int column = seed.x();
            if (filled.get(column, row)) {
                continue;
            }
            int from = column;
            while (matches(from - 1, row)) {
                from--;
            }
            int to = column + 1;
            while (matches(to, row)) {
                to++;
            }
            filled.setRange(row, from, to);
            pushRuns(from, to, row - 1);
            pushRuns(from, to, row + 1);
        }
    }

    private void pushRuns(int from, int to, int y) {
        boolean before = false;
        for (int x = from; x < to; x++) {
            boolean here = matches(x, y) && !filled.get(x, y);
            if (here && !before) {
                waiting.push(new Seed(x, y));
            }
            before = here;
        }
    }

    private boolean matches(int x, int y) {
        if (x < left || x >= right || y < top || y >= bottom) {
            return false;
        }
        int rgb = colors.rgb(x, y);
        return Math.abs((rgb >> 16 & 0xFF) - (wanted >> 16 & 0xFF)) <= tolerance
                && Math.abs((rgb >> 8 & 0xFF) - (wanted >> 8 & 0xFF)) <= tolerance
                && Math.abs((rgb & 0xFF) - (wanted & 0xFF)) <= tolerance;
    }
}

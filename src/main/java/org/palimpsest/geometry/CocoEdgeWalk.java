package org.palimpsest.geometry;

import java.util.Arrays;

/// Walks once around a ring, in fifths of a pixel, and collects where columns change colour.
final class CocoEdgeWalk {
    /// How finely an edge is walked.
    private static final int SCALE = 5;

    /// Coordinates further away than this are a mistake in the file.
    private static final double FARTHEST = 1e6;

    /// So many steps along edges are walked at most, about a second's work.
    private static final long MAX_STEPS = 1L << 28;

    private final Size size;
    private int[] changes = new int[64];
    private int changeCount;
    private long steps;
    private int lastX;
    private int lastY;
    private boolean started;

    CocoEdgeWalk(Size size) {
        this.size = size;
    }

    void along(Point from, Point to) {
        int xStart = scaled(from.x());
        int yStart = scaled(from.y());
        int xEnd = scaled(to.x());
        int yEnd = scaled(to.y());
        int dx = Math.abs(xEnd - xStart);
        int dy = Math.abs(yEnd - yStart);
        steps += Math.max(dx, dy) + 1;
        if (steps > MAX_STEPS) {
            throw new IllegalArgumentException("Polygon too long to draw on an image of " + size);
        }
        boolean flat = dx >= dy;
        // An edge gives the same points whichever way it is walked.
        boolean backwards = flat ? xStart > xEnd : yStart > yEnd;
        int x0 = backwards ? xEnd : xStart;
        int y0 = backwards ? yEnd : yStart;
        int x1 = backwards ? xStart : xEnd;
        int y1 = backwards ? yStart : yEnd;
        int length = flat ? dx : dy;
        double slope = flat ? (double) (y1 - y0) / dx : (double) (x1 - x0) / dy;
        for (int d = 0; d <= length; d++) {
            int t = backwards ? length - d : d;
            int across = (int) ((flat ? y0 : x0) + slope * t + 0.5);
            if (flat) {
                visit(x0 + t, across);
            } else {
                visit(across, y0 + t);
            }
        }
    }

    private static int scaled(double coordinate) {
        if (Math.abs(coordinate) > FARTHEST) {
            throw new IllegalArgumentException("Polygon coordinate too far away: " + coordinate);
        }
        return (int) (SCALE * coordinate + 0.5);
    }

    private void visit(int x, int y) {
        if (started && x != lastX) {
            double column = (Math.min(x, lastX) + 0.5) / SCALE - 0.5;
            if (Math.floor(column) == column && column >= 0 && column <= size.width() - 1) {
                double row = (Math.min(y, lastY) + 0.5) / SCALE - 0.5;
                int top = (int) Math.ceil(Math.clamp(row, 0, size.height()));
                int wholeColumn = (int) column;
                addChange(wholeColumn * size.height() + top);
            }
        }
        started = true;
        lastX = x;
        lastY = y;
    }

    private void addChange(int position) {
        if (changeCount == changes.length) {
            changes = Arrays.copyOf(changes, changeCount * 2);
        }
        changes[changeCount++] = position;
    }

    Mask toMask() {
        Arrays.sort(changes, 0, changeCount);
        var counts = new int[changeCount + 1];
        int previous = 0;
        for (int i = 0; i < changeCount; i++) {
            counts[i] = changes[i] - previous;
            previous = changes[i];
        }
        counts[changeCount] = (int) size.pixelCount() - previous;
        return Mask.fromRunLengths(size.width(), size.height(), counts);
    }
}

package org.palimpsest.geometry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Walks along the pixel edges between a mask and its surroundings.
///
/// Pixels that share a side belong together, pixels that share a corner only do not. Walking with the mask on
/// the right hand, each part gives one exterior (clockwise on the screen) and one ring for each hole. The left
/// side of every horizontal run is passed exactly once, upwards: runs serve as the marks of where we have been.
final class MaskOutline {
    private static final int[] STEP_X = {1, 0, -1, 0}; // east, south, west, north
    private static final int[] STEP_Y = {0, 1, 0, -1};
    private static final int NORTH = 3;

    private final BitRows rows;
    private final int[] rowStart; // index of the first run of each row, and the end
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int runCount;
    private final int[] parents; // union-find over runs: which part a run belongs to
    private final boolean[] passed;

    private MaskOutline(BitRows rows) {
        this.rows = rows;
        this.rowStart = new int[rows.height + 1];
        rows.forEachRun(this::addRun);
        for (int y = 0; y < rows.height; y++) {
            rowStart[y + 1] += rowStart[y];
        }
        this.parents = new int[runCount];
        this.passed = new boolean[runCount];
    }

    static MultiPolygon of(BitRows rows) {
        var outline = new MaskOutline(rows);
        outline.joinRuns();
        return outline.walkAll();
    }

    private void addRun(int y, int xStart, int xEnd) {
        if (runCount == starts.length) {
            starts = Arrays.copyOf(starts, runCount * 2);
            ends = Arrays.copyOf(ends, runCount * 2);
        }
        starts[runCount] = xStart;
        ends[runCount++] = xEnd;
        rowStart[y + 1]++;
    }

    private void joinRuns() {
        for (int i = 0; i < runCount; i++) {
            parents[i] = i;
        }
        for (int y = 1; y < rows.height; y++) {
            int above = rowStart[y - 1];
            int here = rowStart[y];
            while (above < rowStart[y] && here < rowStart[y + 1]) {
                if (starts[above] < ends[here] && starts[here] < ends[above]) {
                    join(above, here);
                }
                if (ends[above] < ends[here]) {
                    above++;
                } else {
                    here++;
                }
            }
        }
    }

    private void join(int a, int b) {
        int rootA = root(a);
        int rootB = root(b);
        // The earliest run is the root, so that the order of the parts is the order of their first
        // runs.
        parents[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
    }

    private int root(int run) {
        while (parents[run] != run) {
            parents[run] = parents[parents[run]];
            run = parents[run];
        }
        return run;
    }

    private MultiPolygon walkAll() {
        @Nullable Part[] partOfRoot = new Part[runCount];
        var parts = new ArrayList<Part>();
        for (int y = 0; y < rows.height; y++) {
            for (int run = rowStart[y]; run < rowStart[y + 1]; run++) {
                if (passed[run]) {
                    continue;
                }
                var ring = walk(run, y);
                int root = root(run);
                var part = partOfRoot[root];
                if (part == null) { // the first run of a part lies on its exterior
                    part = new Part(ring, new ArrayList<>());
                    partOfRoot[root] = part;
                    parts.add(part);
                } else {
                    part.holes().add(ring);
                }
            }
        }
        return new MultiPolygon(
                parts.stream().map(part -> new Polygon(part.exterior(), part.holes())).toList());
    }

    private record Part(List<Point> exterior, List<List<Point>> holes) {}

    /// Walks from the left side of a run, upwards, until it is there again; the corners on the way.
    private List<Point> walk(int firstRun, int row) {
        var corners = new ArrayList<Point>();
        int x = starts[firstRun];
        int y = row;
        int direction = NORTH;
        passed[firstRun] = true;
        while (true) {
            int turned = turn(x, y, direction);
            if (turned != direction) {
                corners.add(new Point(x, y));
                direction = turned;
            }
            x += STEP_X[direction];
            y += STEP_Y[direction];
            if (direction == NORTH) {
                int run = runStartingAt(x, y);
                if (run == firstRun) {
                    return corners;
                }
                passed[run] = true;
            }
        }
    }

    /// Right where the pixel ahead on the right is outside, left where both ahead are inside, else straight on.
    private int turn(int x, int y, int direction) {
        boolean northWest = inside(x - 1, y - 1);
        boolean northEast = inside(x, y - 1);
        boolean southWest = inside(x - 1, y);
        boolean southEast = inside(x, y);
        boolean aheadRight;
        boolean aheadLeft;
        switch (direction) {
            case 0 -> {
                aheadRight = southEast;
                aheadLeft = northEast;
            }
            case 1 -> {
                aheadRight = southWest;
                aheadLeft = southEast;
            }
            case 2 -> {
                aheadRight = northWest;
                aheadLeft = southWest;
            }
            default -> {
                aheadRight = northEast;
                aheadLeft = northWest;
            }
        }
        if (!aheadRight) {
            return (direction + 1) & 3;
        }
        return aheadLeft ? (direction + 3) & 3 : direction;
    }

    private boolean inside(int x, int y) {
        return x >= 0 && y >= 0 && x < rows.width && y < rows.height && rows.get(x, y);
    }

    private int runStartingAt(int x, int y) {
        int found = Arrays.binarySearch(starts, rowStart[y], rowStart[y + 1], x);
        if (found < 0) {
            throw new IllegalStateException("No run starts at " + x + "," + y);
        }
        return found;
    }
}

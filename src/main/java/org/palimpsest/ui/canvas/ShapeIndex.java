package org.palimpsest.ui.canvas;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Size;

/// Finds the shapes in a part of an image without looking at all of them: a grid whose cells know what touches them.
///
/// Shapes keep the order in which they lie on each other: what was added later is on top. Immutable.
final class ShapeIndex {
    private static final int LARGEST_GRID = 64;

    private final List<ObjectAnnotation> shapes;
    private final Box[] bounds;
    private final double cellWidth;
    private final double cellHeight;
    private final int columns;
    private final int rows;
    private final int[][] cells;

    private ShapeIndex(List<ObjectAnnotation> shapes, Size image) {
        this.shapes = List.copyOf(shapes);
        this.bounds =
                this.shapes.stream().map(shape -> shape.region().bounds()).toArray(Box[]::new);
        int side = (int) Math.clamp(Math.ceil(Math.sqrt(shapes.size())), 1, LARGEST_GRID);
        this.columns = side;
        this.rows = side;
        this.cellWidth = Math.max(1, image.width()) / (double) columns;
        this.cellHeight = Math.max(1, image.height()) / (double) rows;
        this.cells = fill();
    }

    static ShapeIndex of(List<ObjectAnnotation> shapes, Size image) {
        return new ShapeIndex(shapes, image);
    }

    private int[][] fill() {
        var counts = new int[columns * rows];
        for (var box : bounds) {
            forCells(box, cell -> counts[cell]++);
        }
        var filled = new int[columns * rows][];
        Arrays.setAll(filled, cell -> new int[counts[cell]]);
        var used = new int[columns * rows];
        for (int i = 0; i < bounds.length; i++) {
            int shape = i;
            forCells(bounds[i], cell -> filled[cell][used[cell]++] = shape);
        }
        return filled;
    }

    private void forCells(Box box, IntConsumer action) {
        int firstColumn = column(box.xMin());
        int lastColumn = column(box.xMax());
        int firstRow = row(box.yMin());
        int lastRow = row(box.yMax());
        for (int row = firstRow; row <= lastRow; row++) {
            for (int column = firstColumn; column <= lastColumn; column++) {
                action.accept(row * columns + column);
            }
        }
    }

    private int column(double x) {
        return (int) Math.clamp(Math.floor(x / cellWidth), 0, columns - 1);
    }

    private int row(double y) {
        return (int) Math.clamp(Math.floor(y / cellHeight), 0, rows - 1);
    }

    int size() {
        return shapes.size();
    }

    /// Calls the action with every shape whose bounds touch the area, lowest first.
    void forEachIn(Box area, Consumer<ObjectAnnotation> action) {
        var touched = new BitSet(shapes.size());
        forCells(
                area,
                cell -> {
                    for (int shape : cells[cell]) {
                        touched.set(shape);
                    }
                });
        for (int i = touched.nextSetBit(0); i >= 0; i = touched.nextSetBit(i + 1)) {
            if (overlap(bounds[i], area)) {
                action.accept(shapes.get(i));
            }
        }
    }

    /// The shapes whose bounds touch the area, topmost first.
    List<ObjectAnnotation> topmostFirst(Box area) {
        var found = new ArrayList<ObjectAnnotation>();
        forEachIn(area, found::add);
        return found.reversed();
    }

    private static boolean overlap(Box a, Box b) {
        return a.xMin() <= b.xMax()
                && b.xMin() <= a.xMax()
                && a.yMin() <= b.yMax()
                && b.yMin() <= a.yMax();
    }
}

package org.palimpsest.ui.canvas;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.Annotation;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.MultiPolygon;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;

/// Finds the shapes in a part of an image without looking at all of them.
///
/// Grids of halving cells lie over the image; a shape belongs to the finest one whose cells are not smaller than itself,
/// there to the cell in which its middle is. What comes of an edit shares all cells with the index before but those that
/// changed, so that it costs the same with ten shapes and with ten thousand, but for a walk over references.
///
/// Shapes keep the order in which they lie on each other: what was added later is on top. Immutable, so any thread may
/// use it.
@SuppressWarnings("ReferenceEquality") // what an edit did not touch is the very same
final class ShapeIndex {
    private static final int FINEST = 6;
    private static final double PIXELS_AS_A_BOX = 2000;
    private static final long GAP = 1L << 24;
    private static final Comparator<Shape> FROM_BELOW = Comparator.comparingLong(Shape::order);

    /// An object with its bounds, which would take time to find again for a mask.
    ///
    /// @param order larger for what lies further up
    record Shape(ObjectAnnotation object, Box bounds, long order) {}

    /// What became of an index by an edit.
    ///
    /// @param gone shapes that are not there any more
    /// @param come shapes that are there now
    /// @param anew whether this is another image, which has nothing to do with the one before
    record Change(ShapeIndex index, List<Shape> gone, List<Shape> come, boolean anew) {

        /// An index in the place of whatever was before.
        static Change anew(ShapeIndex index) {
            return new Change(index, List.of(), List.of(), true);
        }

        /// Both changes as one.
        Change then(Change later) {
            if (later.anew) {
                return later;
            }
            var allGone = new ArrayList<>(gone);
            allGone.addAll(later.gone);
            var allCome = new ArrayList<>(come);
            allCome.addAll(later.come);
            return new Change(later.index, allGone, allCome, anew);
        }
    }

    private final Size image;
    private final List<? extends Annotation> annotations;
    private final @Nullable Shape[] byPlace;
    private final Shape[] @Nullable [] cells;
    private final int count;

    private ShapeIndex(
            Size image,
            List<? extends Annotation> annotations,
            @Nullable Shape[] byPlace,
            Shape[] @Nullable [] cells,
            int count) {
        this.image = image;
        this.annotations = annotations;
        this.byPlace = byPlace;
        this.cells = cells;
        this.count = count;
    }

    static ShapeIndex of(List<? extends Annotation> annotations, Size image) {
        var byPlace = new Shape[annotations.size()];
        var cells = new Shape[firstCell(FINEST + 1)][];
        var used = new int[cells.length];
        for (int i = 0; i < byPlace.length; i++) {
            if (annotations.get(i) instanceof ObjectAnnotation object) {
                var shape = new Shape(object, object.region().bounds(), GAP * (i + 1));
                byPlace[i] = shape;
                int cell = cellOf(shape.bounds(), image);
                var before = cells[cell];
                if (before == null) {
                    before = new Shape[4];
                } else if (used[cell] == before.length) {
                    before = Arrays.copyOf(before, 2 * before.length);
                }
                before[used[cell]++] = shape;
                cells[cell] = before;
            }
        }
        for (int cell = 0; cell < cells.length; cell++) {
            var filled = cells[cell];
            if (filled != null) {
                cells[cell] = Arrays.copyOf(filled, used[cell]);
            }
        }
        return new ShapeIndex(image, annotations, byPlace, cells, Arrays.stream(used).sum());
    }

    /// The index of the same image with other annotations, most of them the very same ones in the same order.
    Change next(List<? extends Annotation> changed) {
        int before = annotations.size();
        int after = changed.size();
        int shorter = Math.min(before, after);
        int first = 0;
        while (first < shorter && annotations.get(first) == changed.get(first)) {
            first++;
        }
        int same = 0;
        while (same < shorter - first
                && annotations.get(before - 1 - same) == changed.get(after - 1 - same)) {
            same++;
        }
        var gone = shapes(byPlace, first, before - same);
        var between = new Shape[after - same - first];
        boolean fits = order(changed, first, between, before - same);
        if (!fits || gone.size() + between.length > 256 + count / 4) {
            var anew = of(changed, image);
            return new Change(anew, gone, shapes(anew.byPlace, first, after - same), false);
        }
        var places = new Shape[after];
        System.arraycopy(byPlace, 0, places, 0, first);
        System.arraycopy(between, 0, places, first, between.length);
        System.arraycopy(byPlace, before - same, places, after - same, same);
        var come = shapes(between, 0, between.length);
        var next = cells.clone();
        gone.forEach(shape -> remove(next, shape));
        come.forEach(shape -> add(next, shape));
        int left = count - gone.size() + come.size();
        return new Change(new ShapeIndex(image, changed, places, next, left), gone, come, false);
    }

    /// Makes the shapes of a stretch, ordered between their neighbours, if there is room for so many numbers.
    private boolean order(
            List<? extends Annotation> changed, int first, @Nullable Shape[] between, int behind) {
        long low = 0;
        for (int i = first - 1; i >= 0 && low == 0; i--) {
            var shape = byPlace[i];
            low = shape == null ? 0 : shape.order();
        }
        long high = low + GAP * (between.length + 1);
        for (int i = behind; i < byPlace.length; i++) {
            var shape = byPlace[i];
            if (shape != null) {
                high = shape.order();
                break;
            }
        }
        long step = (high - low) / (between.length + 1);
        for (int i = 0; i < between.length; i++) {
            if (changed.get(first + i) instanceof ObjectAnnotation object) {
                between[i] = new Shape(object, object.region().bounds(), low + step * (i + 1));
            }
        }
        return step > 0;
    }

    private static List<Shape> shapes(@Nullable Shape[] places, int from, int to) {
        var found = new ArrayList<Shape>();
        for (int i = from; i < to; i++) {
            var shape = places[i];
            if (shape != null) {
                found.add(shape);
            }
        }
        return found;
    }

    private void remove(Shape[] @Nullable [] next, Shape shape) {
        int cell = cellOf(shape.bounds(), image);
        var old = next[cell];
        if (old == null) {
            throw new IllegalStateException("Not in its cell: " + shape);
        }
        next[cell] = Arrays.stream(old).filter(other -> other != shape).toArray(Shape[]::new);
    }

    private void add(Shape[] @Nullable [] next, Shape shape) {
        int cell = cellOf(shape.bounds(), image);
        var old = next[cell];
        int length = old == null ? 0 : old.length;
        var grown = old == null ? new Shape[1] : Arrays.copyOf(old, length + 1);
        grown[length] = shape;
        next[cell] = grown;
    }

    private static int firstCell(int level) {
        return ((1 << (2 * level)) - 1) / 3;
    }

    private static int cellOf(Box box, Size image) {
        int level = FINEST;
        while (level > 0
                && (box.width() > image.width() / (double) (1 << level)
                        || box.height() > image.height() / (double) (1 << level))) {
            level--;
        }
        int column = cell((box.xMin() + box.xMax()) / 2, image.width(), level);
        int row = cell((box.yMin() + box.yMax()) / 2, image.height(), level);
        return firstCell(level) + (row << level) + column;
    }

    private static int cell(double place, int length, int level) {
        int cells = 1 << level;
        return (int) Math.clamp(Math.floor(place / Math.max(1, length) * cells), 0, cells - 1);
    }

    int size() {
        return count;
    }

    /// Calls the action with every shape whose bounds touch the area, lowest first.
    void forEachIn(Box area, Consumer<ObjectAnnotation> action) {
        shapesIn(area).forEach(shape -> action.accept(shape.object()));
    }

    /// The shapes whose bounds touch the area, lowest first.
    List<Shape> shapesIn(Box area) {
        var found = new ArrayList<Shape>();
        if (area.width() * area.height() > 0.3 * image.pixelCount()) {
            for (var shape : byPlace) {
                if (shape != null && overlap(shape.bounds(), area)) {
                    found.add(shape);
                }
            }
            return found;
        }
        visit(area, found::add);
        found.sort(FROM_BELOW);
        return found;
    }

    /// Whether more shapes than this touch the area; looks no further than it must.
    boolean hasMoreThan(int most, Box area) {
        var left = new int[] {most};
        return !visit(area, _ -> left[0]-- > 0);
    }

    /// Whether drawing what touches the area takes longer than drawing so many small boxes.
    ///
    /// @param scale pixels of the drawing for each pixel of the image
    boolean isCostlier(int boxes, Box area, double scale) {
        var left = new double[] {boxes};
        return !visit(
                area,
                shape -> {
                    double pixels = common(shape.bounds(), area) * scale * scale;
                    left[0] -= cost(shape.object().region()) + pixels / PIXELS_AS_A_BOX;
                    return left[0] >= 0;
                });
    }

    private static double common(Box a, Box b) {
        double width = Math.min(a.xMax(), b.xMax()) - Math.max(a.xMin(), b.xMin());
        double height = Math.min(a.yMax(), b.yMax()) - Math.max(a.yMin(), b.yMin());
        return Math.max(0, width) * Math.max(0, height);
    }

    /// Found by experiment: in boxes of ordinary size.
    private static int cost(Region region) {
        return switch (region) {
            case Box _ -> 1;
            case Polygon polygon -> 4 + polygon.exterior().size() / 8;
            case MultiPolygon parts -> parts.polygons().stream().mapToInt(ShapeIndex::cost).sum();
            case Mask _ -> 100;
        };
    }

    /// @param visitor says whether to go on
    /// @return whether the end was reached
    private boolean visit(Box area, Predicate<Shape> visitor) {
        for (int level = 0; level <= FINEST; level++) {
            double halfX = image.width() / (double) (2 << level);
            double halfY = image.height() / (double) (2 << level);
            int firstColumn = cell(area.xMin() - halfX, image.width(), level);
            int lastColumn = cell(area.xMax() + halfX, image.width(), level);
            int lastRow = cell(area.yMax() + halfY, image.height(), level);
            for (int row = cell(area.yMin() - halfY, image.height(), level);
                    row <= lastRow;
                    row++) {
                int start = firstCell(level) + (row << level);
                for (int column = firstColumn; column <= lastColumn; column++) {
                    if (!visit(cells[start + column], area, visitor)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private static boolean visit(Shape @Nullable [] cell, Box area, Predicate<Shape> visitor) {
        if (cell != null) {
            for (var shape : cell) {
                if (overlap(shape.bounds(), area) && !visitor.test(shape)) {
                    return false;
                }
            }
        }
        return true;
    }

    /// The shapes of these annotations.
    List<Shape> find(Set<AnnotationId> ids) {
        var found = new ArrayList<Shape>();
        if (!ids.isEmpty()) {
            for (var shape : byPlace) {
                if (shape != null && ids.contains(shape.object().id())) {
                    found.add(shape);
                    if (found.size() == ids.size()) {
                        break;
                    }
                }
            }
        }
        return found;
    }

    /// The shapes whose bounds touch the area, topmost first.
    List<ObjectAnnotation> topmostFirst(Box area) {
        return shapesIn(area).reversed().stream().map(Shape::object).toList();
    }

    private static boolean overlap(Box a, Box b) {
        return a.xMin() <= b.xMax()
                && b.xMin() <= a.xMax()
                && a.yMin() <= b.yMax()
                && b.yMin() <= a.yMax();
    }
}

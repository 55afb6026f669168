package org.palimpsest.ui.canvas;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.scene.canvas.GraphicsContext;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.geometry.Box;
import org.palimpsest.ui.canvas.ShapeIndex.Shape;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Texts;

/// The shapes as pictures that are kept: moving the view moves them, and an edit draws again only what it touched.
///
/// A sheet is all tiles of one scale. When the scale changes the sheet before is shown larger or smaller until the next
/// one is drawn in the background. What an edit touches is drawn again at once where that is little, so no frame shows
/// a shape in its old place.
///
/// Confined to the JavaFX thread.
final class ShapeLayer {
    /// What takes as long as so many small boxes is drawn at once within a frame: some milliseconds.
    private static final int DRAWN_AT_ONCE = 2_000;

    /// So many areas are mended one by one; with more, all is drawn anew.
    private static final int MENDED = 200;

    private static final int DENSE = 2_000;

    private record Place(int column, int row) {}

    private static final class Sheet {
        private final LayerTile.Scene scene;
        private final Map<Place, LayerTile> tiles = new HashMap<>();

        Sheet(LayerTile.Scene scene) {
            this.scene = scene;
        }
    }

    private final TaskRunner tasks;
    private final Runnable redraw;
    private @Nullable ShapeIndex shapes;
    private @Nullable ShapeLooks looks;
    private @Nullable Sheet shown;
    private @Nullable Sheet next;
    private boolean drawing;
    private boolean stale;
    private int generation;
    private List<Box> changed = new ArrayList<>();

    /// @param redraw asks for a frame
    ShapeLayer(TaskRunner tasks, Runnable redraw) {
        this.tasks = tasks;
        this.redraw = redraw;
    }

    /// What is drawn from now on.
    ///
    /// @param change what became of the shapes since the last call
    void use(ShapeIndex.Change change, ShapeLooks newLooks) {
        var before = shapes;
        var looked = looks;
        shapes = change.index();
        looks = newLooks;
        if (before == null || looked == null || change.anew()) {
            shown = null;
            outdate();
            return;
        }
        var areas = new ArrayList<Box>();
        change.gone().forEach(shape -> areas.add(shape.bounds()));
        change.come().forEach(shape -> areas.add(shape.bounds()));
        if (!looked.differsOnlyInObjects(newLooks)) {
            outdate();
            return;
        }
        for (var shape : different(change.index(), looked, newLooks)) {
            areas.add(shape.bounds());
        }
        mend(areas);
    }

    private static List<Shape> different(ShapeIndex shapes, ShapeLooks one, ShapeLooks other) {
        var ids = new HashSet<AnnotationId>();
        addDifference(one.leftOut(), other.leftOut(), ids);
        addDifference(one.marked(), other.marked(), ids);
        return shapes.find(ids);
    }

    private static void addDifference(
            Set<AnnotationId> one, Set<AnnotationId> other, Set<AnnotationId> to) {
        one.stream().filter(id -> !other.contains(id)).forEach(to::add);
        other.stream().filter(id -> !one.contains(id)).forEach(to::add);
    }

    /// All has to be drawn anew; what is shown stays until that is done.
    private void outdate() {
        stale = true;
        next = null;
        generation++;
    }

    private void mend(List<Box> areas) {
        if (areas.isEmpty() || stale) {
            return;
        }
        double scale = shown != null ? shown.scene.scale() : 1;
        for (var area : areas) {
            if (areas.size() > MENDED || shapes().isCostlier(DRAWN_AT_ONCE, area, scale)) {
                outdate();
                return;
            }
        }
        shown = mended(shown, areas);
        next = mended(next, areas);
        if (drawing) {
            changed.addAll(areas);
        }
    }

    private @Nullable Sheet mended(@Nullable Sheet sheet, List<Box> areas) {
        if (sheet == null) {
            return null;
        }
        var mended = new Sheet(scene(sheet.scene.scale(), sheet.scene.dense()));
        mended.tiles.putAll(sheet.tiles);
        mend(mended, areas);
        return mended;
    }

    private static void mend(Sheet sheet, List<Box> areas) {
        double edge = LayerTile.SIDE / sheet.scene.scale();
        double reach = 8 * sheet.scene.looks().unit() / sheet.scene.scale();
        for (var area : areas) {
            int lastColumn = (int) Math.floor((area.xMax() + reach) / edge);
            int lastRow = (int) Math.floor((area.yMax() + reach) / edge);
            for (int row = (int) Math.floor((area.yMin() - reach) / edge); row <= lastRow; row++) {
                for (int column = (int) Math.floor((area.xMin() - reach) / edge);
                        column <= lastColumn;
                        column++) {
                    var tile = sheet.tiles.get(new Place(column, row));
                    if (tile != null) {
                        tile.redraw(sheet.scene, area);
                    }
                }
            }
        }
    }

    private ShapeIndex shapes() {
        return scene(1, false).shapes();
    }

    private LayerTile.Scene scene(double scale, boolean dense) {
        var nowShapes = shapes;
        var nowLooks = looks;
        if (nowShapes == null || nowLooks == null) {
            throw new IllegalStateException("Nothing to draw was given");
        }
        return new LayerTile.Scene(nowShapes, nowLooks, scale, dense);
    }

    /// Draws what is seen of the shapes.
    ///
    /// @param frame what is seen, in pixels of the screen
    /// @param moving whether the view is being zoomed, so that it is too early for another sheet
    void paint(GraphicsContext gc, Frame frame, boolean moving) {
        if (shapes == null || shapes.size() == 0) {
            return;
        }
        prepare(frame, moving);
        var sheet = shown;
        if (sheet != null) {
            paint(gc, sheet, frame);
        }
    }

    private void prepare(Frame frame, boolean moving) {
        var sheet = shown;
        boolean scaled = sheet != null && sheet.scene.scale() != frame.scale();
        if (next != null && next.scene.scale() != frame.scale()) {
            next = null;
        }
        boolean few = !shapes().isCostlier(DRAWN_AT_ONCE, frame.visible(), frame.scale());
        if (next == null && (sheet == null || (scaled ? !moving : stale))) {
            boolean dense = shapes().hasMoreThan(DENSE, frame.visible());
            next = new Sheet(scene(frame.scale(), dense));
            stale = false;
        }
        var filled = next != null ? next : shown;
        if (filled != null && filled.scene.scale() == frame.scale()) {
            fill(filled, frame, few);
        }
    }

    private void fill(Sheet sheet, Frame frame, boolean few) {
        var missing = missing(sheet, frame, 0);
        if (few) {
            missing.forEach(place -> sheet.tiles.put(place, tile(place).draw(sheet.scene)));
            missing = List.of();
        }
        if (missing.isEmpty()) {
            if (sheet == next) {
                shown = sheet;
                next = null;
            }
            missing = missing(sheet, frame, 1);
        }
        if (!missing.isEmpty() && !drawing) {
            drawBehind(sheet, missing);
        }
    }

    private static LayerTile tile(Place place) {
        return new LayerTile(place.column(), place.row());
    }

    private static List<Place> missing(Sheet sheet, Frame frame, int around) {
        var missing = new ArrayList<Place>();
        int lastColumn = Math.floorDiv(frame.right() - 1, LayerTile.SIDE) + around;
        int lastRow = Math.floorDiv(frame.bottom() - 1, LayerTile.SIDE) + around;
        int firstColumn = Math.floorDiv(frame.left(), LayerTile.SIDE) - around;
        int firstRow = Math.floorDiv(frame.top(), LayerTile.SIDE) - around;
        for (int row = firstRow; row <= lastRow; row++) {
            for (int column = firstColumn; column <= lastColumn; column++) {
                var place = new Place(column, row);
                if (!sheet.tiles.containsKey(place)) {
                    missing.add(place);
                }
            }
        }
        int most = 4 * (lastColumn - firstColumn + 3) * (lastRow - firstRow + 3);
        if (sheet.tiles.size() > most) {
            sheet.tiles
                    .keySet()
                    .removeIf(place ->
                            place.column() < firstColumn - 1
                                    || place.column() > lastColumn + 1
                                    || place.row() < firstRow - 1
                                    || place.row() > lastRow + 1);
        }
        return missing;
    }

    private void drawBehind(Sheet sheet, List<Place> places) {
        drawing = true;
        changed = new ArrayList<>();
        var scene = sheet.scene;
        int begun = generation;
        tasks.run(
                Texts.get("canvas.job.shapes"),
                _ -> {
                    var drawn = new HashMap<Place, LayerTile>();
                    for (var place : places) {
                        drawn.put(place, tile(place).draw(scene));
                    }
                    return drawn;
                },
                drawn -> {
                    drawing = false;
                    if (begun == generation) {
                        take(scene, drawn);
                    }
                    redraw.run();
                },
                _ -> drawing = false);
    }

    private void take(LayerTile.Scene scene, Map<Place, LayerTile> drawn) {
        var sheet = next != null ? next : shown;
        if (sheet != null
                && sheet.scene.scale() == scene.scale()
                && sheet.scene.dense() == scene.dense()) {
            var part = new Sheet(sheet.scene);
            part.tiles.putAll(drawn);
            mend(part, changed);
            sheet.tiles.putAll(drawn);
        }
    }

    private static void paint(GraphicsContext gc, Sheet sheet, Frame frame) {
        double size = LayerTile.SIDE * frame.scale() / sheet.scene.scale();
        boolean exact = sheet.scene.scale() == frame.scale();
        gc.setImageSmoothing(!exact && frame.smooth());
        for (var entry : sheet.tiles.entrySet()) {
            var tile = entry.getValue();
            if (tile.isEmpty()) {
                continue;
            }
            double left = Math.rint(entry.getKey().column() * size - frame.left());
            double top = Math.rint(entry.getKey().row() * size - frame.top());
            double right = Math.rint((entry.getKey().column() + 1) * size - frame.left());
            double bottom = Math.rint((entry.getKey().row() + 1) * size - frame.top());
            if (right > 0 && bottom > 0 && left < frame.width() && top < frame.height()) {
                double unit = frame.unit();
                gc.drawImage(
                        tile.image(),
                        left / unit,
                        top / unit,
                        (right - left) / unit,
                        (bottom - top) / unit);
            }
        }
    }
}

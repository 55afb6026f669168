package org.palimpsest.ui.canvas;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.Image;
import javafx.scene.paint.Color;
import org.jspecify.annotations.Nullable;
import org.palimpsest.geometry.Box;
import org.palimpsest.imaging.TileKey;
import org.palimpsest.imaging.TilePixels;
import org.palimpsest.imaging.TileSource;
import org.palimpsest.imaging.ToneCurve;
import org.palimpsest.ui.support.FxImages;
import org.palimpsest.ui.support.TaskRunner;

/// Draws the picture by its tiles: those of the level that fits the zoom, and coarser ones below where they are not
/// there yet.
///
/// Confined to the JavaFX thread.
@SuppressWarnings("ReferenceEquality") // another picture is another object
final class PicturePainter {
    private static final Color EDGE = Color.color(0, 0, 0, 0.10);
    private static final Color DARK_LINE = Color.color(0, 0, 0, 0.20);
    private static final Color LIGHT_LINE = Color.color(1, 1, 1, 0.20);

    /// From this zoom on a pixel is to be seen as one.
    private static final double SHARP = 4;

    private static final double GRID = 8;

    private final TileImages images;
    private @Nullable TileSource source;
    private ToneCurve tone = ToneCurve.NONE;
    private @Nullable TilePixels overviewPixels;
    private @Nullable Image overview;

    PicturePainter(TaskRunner tasks, Runnable redraw) {
        this.images = new TileImages(tasks, redraw);
    }

    /// What is drawn from now on.
    void use(@Nullable TileSource newSource, ToneCurve newTone) {
        if (source != newSource || !tone.equals(newTone)) {
            source = newSource;
            tone = newTone;
            overview = null;
            overviewPixels = null;
            images.use(newSource, newTone);
        }
    }

    void paint(GraphicsContext gc, Frame frame) {
        var shown = source;
        if (shown == null) {
            return;
        }
        var whole = shown.grid().size().toBox();
        gc.setFill(EDGE);
        double x = frame.x(0);
        double y = frame.y(0);
        gc.fillRect(x - 1, y - 1, frame.x(whole.xMax()) - x + 2, frame.y(whole.yMax()) - y + 2);
        gc.setImageSmoothing(frame.smooth() && frame.zoom() < SHARP);
        int level = shown.grid().levelFor(frame.scale());
        var tiles = shown.grid().tiles(level, frame.visible());
        var missing = tiles.stream().filter(tile -> images.get(tile).isEmpty()).toList();
        if (!missing.isEmpty()) {
            paintCoarser(gc, frame, shown, level);
            images.read(nearestFirst(shown, missing, frame.visible()));
        }
        for (var tile : tiles) {
            images.get(tile).ifPresent(image -> draw(gc, frame, image, shown.grid().bounds(tile)));
        }
    }

    private void paintCoarser(GraphicsContext gc, Frame frame, TileSource shown, int level) {
        draw(gc, frame, overview(), shown.grid().size().toBox());
        for (int coarser = shown.grid().levels() - 2; coarser > level; coarser--) {
            for (var tile : shown.grid().tiles(coarser, frame.visible())) {
                images.get(tile)
                        .ifPresent(image -> draw(gc, frame, image, shown.grid().bounds(tile)));
            }
        }
    }

    private static List<TileKey> nearestFirst(TileSource shown, List<TileKey> tiles, Box visible) {
        var centre = visible.center();
        var sorted = new ArrayList<>(tiles);
        sorted.sort(
                Comparator.comparingDouble(tile -> {
                    var middle = shown.grid().bounds(tile).center();
                    return Math.hypot(middle.x() - centre.x(), middle.y() - centre.y());
                }));
        return sorted;
    }

    /// The whole picture, small; grows while a large one is read.
    Image overview() {
        var shown = source;
        if (shown == null) {
            throw new IllegalStateException("No picture is shown");
        }
        var known = overview;
        var pixels = shown.overview();
        if (known == null || pixels != overviewPixels) {
            var adjusted = tone.apply(pixels);
            known = FxImages.ofPremultiplied(pixels.width(), pixels.height(), adjusted.argb());
            overview = known;
            overviewPixels = pixels;
        }
        return known;
    }

    /// Edges lie on whole pixels of the screen, so that no line shows between neighbours.
    private static void draw(GraphicsContext gc, Frame frame, Image image, Box to) {
        double unit = frame.unit();
        double left = Math.rint(frame.x(to.xMin()) * unit) / unit;
        double top = Math.rint(frame.y(to.yMin()) * unit) / unit;
        double right = Math.rint(frame.x(to.xMax()) * unit) / unit;
        double bottom = Math.rint(frame.y(to.yMax()) * unit) / unit;
        gc.drawImage(image, left, top, right - left, bottom - top);
    }

    /// Lines between the pixels of the image, where these are large.
    void paintGrid(GraphicsContext gc, Frame frame) {
        var shown = source;
        if (shown == null || frame.zoom() < GRID) {
            return;
        }
        var seen = frame.visible().intersection(shown.grid().size().toBox());
        if (seen.isEmpty()) {
            return;
        }
        var box = seen.get();
        double line = 1 / frame.unit();
        double top = frame.y(box.yMin());
        double height = frame.y(box.yMax()) - top;
        double left = frame.x(box.xMin());
        double width = frame.x(box.xMax()) - left;
        for (int pass = 0; pass < 2; pass++) {
            gc.setFill(pass == 0 ? DARK_LINE : LIGHT_LINE);
            double shift = pass * line;
            for (double x = Math.ceil(box.xMin()); x <= box.xMax(); x++) {
                gc.fillRect(Math.rint(frame.x(x)) + shift, top, line, height);
            }
            for (double y = Math.ceil(box.yMin()); y <= box.yMax(); y++) {
                gc.fillRect(left, Math.rint(frame.y(y)) + shift, width, line);
            }
        }
    }
}

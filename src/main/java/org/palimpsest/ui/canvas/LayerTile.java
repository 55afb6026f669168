package org.palimpsest.ui.canvas;

import java.nio.IntBuffer;
import java.util.List;
import javafx.geometry.Rectangle2D;
import javafx.scene.image.Image;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import org.jspecify.annotations.Nullable;
import org.palimpsest.geometry.Box;
import org.palimpsest.imaging.ShapeRaster;
import org.palimpsest.ui.canvas.ShapeIndex.Shape;

/// A square piece of the layer of shapes, as pixels of the screen. Without a shape it holds no pixels.
final class LayerTile {
    static final int SIDE = 256;

    /// How far a line reaches beyond the bounds of its shape, in units of length.
    private static final double LINE = 4;

    /// What is to be drawn.
    ///
    /// @param scale screen pixels for each image pixel
    /// @param dense whether there are so many shapes that areas are left away
    record Scene(ShapeIndex shapes, ShapeLooks looks, double scale, boolean dense) {

        /// The part of the image that touches these pixels of the layer, lines included.
        Box image(double left, double top, double right, double bottom) {
            double reach = LINE * looks.unit();
            return new Box(
                    (left - reach) / scale,
                    (top - reach) / scale,
                    (right + reach) / scale,
                    (bottom + reach) / scale);
        }
    }

    private final int left;
    private final int top;
    private int @Nullable [] argb;
    private @Nullable PixelBuffer<IntBuffer> buffer;
    private @Nullable Image image;

    LayerTile(int column, int row) {
        this.left = column * SIDE;
        this.top = row * SIDE;
    }

    /// Draws all of it. On any thread, as long as nobody else knows the tile.
    LayerTile draw(Scene scene) {
        draw(scene, 0, 0, SIDE, SIDE);
        return this;
    }

    /// Draws again what lies in a part of the image. On the JavaFX thread once the tile was shown.
    void redraw(Scene scene, Box area) {
        double reach = LINE * scene.looks().unit();
        int fromX = (int) Math.floor(Math.max(0, area.xMin() * scene.scale() - reach - left));
        int fromY = (int) Math.floor(Math.max(0, area.yMin() * scene.scale() - reach - top));
        int toX = (int) Math.ceil(Math.min(SIDE, area.xMax() * scene.scale() + reach - left));
        int toY = (int) Math.ceil(Math.min(SIDE, area.yMax() * scene.scale() + reach - top));
        if (fromX >= toX || fromY >= toY) {
            return;
        }
        draw(scene, fromX, fromY, toX, toY);
        var shown = buffer;
        if (shown != null) {
            var dirty = new Rectangle2D(fromX, fromY, toX - fromX, toY - fromY);
            shown.updateBuffer(_ -> dirty);
        }
    }

    private void draw(Scene scene, int fromX, int fromY, int toX, int toY) {
        var area = scene.image(left + fromX, top + fromY, left + toX, top + toY);
        List<Shape> shapes = scene.shapes().shapesIn(area);
        if (shapes.isEmpty() && argb == null) {
            return;
        }
        var pixels = argb;
        if (pixels == null) {
            pixels = new int[SIDE * SIDE];
            argb = pixels;
        }
        try (var raster = new ShapeRaster(SIDE, SIDE, pixels, scene.scale(), left, top)) {
            raster.begin(fromX, fromY, toX, toY);
            for (var shape : shapes) {
                var style = scene.looks().style(shape.object());
                if (style != null) {
                    raster.draw(
                            shape.object().region(),
                            shape.bounds(),
                            scene.dense() ? style.outlined(scene.looks().unit()) : style);
                }
            }
        }
    }

    boolean isEmpty() {
        return argb == null;
    }

    /// Its picture, on the JavaFX thread.
    Image image() {
        var known = image;
        if (known == null) {
            var pixels = argb;
            if (pixels == null) {
                throw new IllegalStateException("An empty tile has no picture");
            }
            buffer =
                    new PixelBuffer<>(
                            SIDE,
                            SIDE,
                            IntBuffer.wrap(pixels),
                            PixelFormat.getIntArgbPreInstance());
            known = new WritableImage(buffer);
            image = known;
        }
        return known;
    }
}

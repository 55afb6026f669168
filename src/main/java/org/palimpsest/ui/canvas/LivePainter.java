package org.palimpsest.ui.canvas;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.shape.FillRule;
import javafx.scene.shape.StrokeLineJoin;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.MultiPolygon;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Region;

/// Draws the few objects that lie on top of the layer: selected ones, those that a gesture moves, and those that the
/// model is just naming.
///
/// Confined to the JavaFX thread.
final class LivePainter {
    private static final Color HALO = Color.color(1, 1, 1, 0.9);
    private static final Color SHADE = Color.color(0, 0, 0, 0.65);

    private static final double[] SOLID = {};
    private static final double[] DASHED = {7, 4};

    private final MaskImages masks = new MaskImages();
    private final Map<Integer, Color> colors = new HashMap<>();
    private final GraphicsContext gc;
    private Frame frame = Frame.of(Viewport.IDENTITY, 1, 1, 1, true);

    LivePainter(GraphicsContext gc) {
        this.gc = gc;
    }

    void begin(Frame newFrame) {
        frame = newFrame;
        gc.setLineJoin(StrokeLineJoin.MITER);
    }

    Color color(int rgb) {
        return colors.computeIfAbsent(
                rgb, value -> Color.rgb(value >> 16 & 0xFF, value >> 8 & 0xFF, value & 0xFF));
    }

    /// A selected object, perhaps elsewhere than it is.
    ///
    /// @param to the bounds it is shown in
    /// @param prediction whether nobody has looked at it yet, which shows as dashes
    void paintSelected(Region region, Box to, Color color, boolean prediction) {
        double[] dashes = prediction ? DASHED : SOLID;
        switch (region) {
            case Box _ -> {
                gc.setFill(color.deriveColor(0, 1, 1, 0.22));
                fill(to);
                stroke(to, HALO, 4);
                gc.setLineDashes(dashes);
                stroke(to, color, 2);
                gc.setLineDashes();
            }
            case Mask mask -> {
                gc.setImageSmoothing(frame.smooth() && frame.zoom() < 4);
                gc.drawImage(
                        masks.image(mask, rgb(color)),
                        frame.x(to.xMin()),
                        frame.y(to.yMin()),
                        to.width() * frame.zoom(),
                        to.height() * frame.zoom());
                paintDashes(to);
            }
            case Polygon polygon ->
                    paintPolygons(List.of(polygon), region.bounds(), to, color, dashes);
            case MultiPolygon parts ->
                    paintPolygons(parts.polygons(), region.bounds(), to, color, dashes);
        }
    }

    /// An object that the model has named while it is still writing.
    void paintArriving(ObjectAnnotation object, Color color) {
        var bounds = object.region().bounds();
        gc.setFill(color.deriveColor(0, 1, 1, 0.05));
        fill(bounds);
        gc.setLineDashes(3, 5);
        stroke(bounds, SHADE, 3);
        stroke(bounds, color, 1.5);
        gc.setLineDashes();
    }

    /// Bands in which the model saw the edges of a box.
    void paintSpread(Box box, EdgeSpread spread, Color color) {
        gc.setFill(color.deriveColor(0, 1, 1, 0.28));
        fill(across(box, spread.left()));
        fill(across(box, spread.right()));
        fill(down(box, spread.top()));
        fill(down(box, spread.bottom()));
    }

    private static Box across(Box box, EdgeSpread.Range range) {
        return new Box(range.low(), box.yMin(), range.high(), box.yMax());
    }

    private static Box down(Box box, EdgeSpread.Range range) {
        return new Box(box.xMin(), range.low(), box.xMax(), range.high());
    }

    private static int rgb(Color color) {
        return (int) Math.round(color.getRed() * 255) << 16
                | (int) Math.round(color.getGreen() * 255) << 8
                | (int) Math.round(color.getBlue() * 255);
    }

    void fill(Box box) {
        gc.fillRect(
                frame.x(box.xMin()),
                frame.y(box.yMin()),
                box.width() * frame.zoom(),
                box.height() * frame.zoom());
    }

    void stroke(Box box, Color color, double width) {
        gc.setStroke(color);
        gc.setLineWidth(width);
        gc.strokeRect(
                frame.x(box.xMin()),
                frame.y(box.yMin()),
                box.width() * frame.zoom(),
                box.height() * frame.zoom());
    }

    void paintDashes(Box box) {
        stroke(box, SHADE, 1);
        gc.setLineDashes(5, 5);
        stroke(box, Color.WHITE, 1);
        gc.setLineDashes();
    }

    private void paintPolygons(
            List<Polygon> parts, Box from, Box to, Color color, double[] dashes) {
        gc.beginPath();
        for (var part : parts) {
            trace(part.exterior(), from, to);
            part.holes().forEach(hole -> trace(hole, from, to));
        }
        gc.setFillRule(FillRule.EVEN_ODD);
        gc.setFill(color.deriveColor(0, 1, 1, 0.30));
        gc.fill();
        gc.setLineJoin(StrokeLineJoin.ROUND);
        gc.setStroke(HALO);
        gc.setLineWidth(4);
        gc.stroke();
        gc.setLineDashes(dashes);
        gc.setStroke(color);
        gc.setLineWidth(2);
        gc.stroke();
        gc.setLineDashes();
        gc.setLineJoin(StrokeLineJoin.MITER);
    }

    private void trace(List<Point> ring, Box from, Box to) {
        double scaleX = from.width() == 0 ? 1 : to.width() / from.width();
        double scaleY = from.height() == 0 ? 1 : to.height() / from.height();
        double lastX = Double.NaN;
        double lastY = Double.NaN;
        boolean first = true;
        for (var point : ring) {
            double x = frame.x(to.xMin() + (point.x() - from.xMin()) * scaleX);
            double y = frame.y(to.yMin() + (point.y() - from.yMin()) * scaleY);
            if (first) {
                gc.moveTo(x, y);
                first = false;
            } else if (Math.abs(x - lastX) + Math.abs(y - lastY) < 0.75) {
                continue;
            } else {
                gc.lineTo(x, y);
            }
            lastX = x;
            lastY = y;
        }
        gc.closePath();
    }
}

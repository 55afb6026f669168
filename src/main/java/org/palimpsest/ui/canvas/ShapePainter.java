package org.palimpsest.ui.canvas;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.shape.FillRule;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.MultiPolygon;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Region;
import org.palimpsest.ui.canvas.tool.Handle;
import org.palimpsest.ui.canvas.tool.Preview;

/// Draws the objects over the picture: only those that can be seen, and with less detail the more there are.
///
/// Confined to the JavaFX thread.
final class ShapePainter {
    private static final int MOST_TAGS = 250;
    private static final int MOST_FILLS = 2_000;
    private static final double HANDLE = 8;
    private static final Color ACCENT = Color.web("#0969da");

    private final MaskImages masks = new MaskImages();
    private final TagPainter tags = new TagPainter();

    private final GraphicsContext gc;
    private Viewport view = Viewport.IDENTITY;
    private Map<AnnotationId, Box> moved = Map.of();
    private ToIntFunction<String> rgbOf = _ -> 0;
    private final Map<String, Color> colors = new HashMap<>();
    private final Map<Color, Color> paleColors = new HashMap<>();
    private Box visible = new Box(0, 0, 0, 0);

    ShapePainter(GraphicsContext gc) {
        this.gc = gc;
    }

    /// Draws one frame. What is selected or being moved lies on top.
    void paint(
            Viewport viewport,
            ShapeIndex shapes,
            Set<AnnotationId> selection,
            Preview preview,
            ToIntFunction<String> labelColors) {
        view = viewport;
        moved = preview.moved();
        rgbOf = labelColors;
        colors.clear();
        double width = gc.getCanvas().getWidth();
        double height = gc.getCanvas().getHeight();
        visible = view.visible(width, height);
        var inSight = new ArrayList<ObjectAnnotation>();
        var onTop = new ArrayList<ObjectAnnotation>();
        shapes.forEachIn(
                visible,
                object ->
                        (selection.contains(object.id()) || moved.containsKey(object.id())
                                        ? onTop
                                        : inSight)
                                .add(object));
        boolean filled = inSight.size() <= MOST_FILLS;
        for (var object : inSight) {
            paintRegion(object, filled, false);
        }
        if (inSight.size() <= MOST_TAGS) {
            inSight.forEach(object -> paintTag(object, false));
        }
        paintSelected(onTop, selection);
        preview.drawn().map(Region::bounds).ifPresent(this::paintDrawn);
        preview.frame().ifPresent(this::paintFrame);
    }

    private void paintSelected(List<ObjectAnnotation> onTop, Set<AnnotationId> selection) {
        for (var object : onTop) {
            paintRegion(object, true, true);
        }
        boolean resizable = selection.size() == 1;
        for (var object : onTop) {
            if (onTop.size() <= MOST_TAGS) {
                paintTag(object, true);
            }
            if (resizable) {
                paintHandles(bounds(object));
            }
        }
    }

    private Box bounds(ObjectAnnotation object) {
        var elsewhere = moved.get(object.id());
        return elsewhere == null ? object.region().bounds() : elsewhere;
    }

    private Color color(String label) {
        return colors.computeIfAbsent(
                label,
                name -> {
                    int rgb = rgbOf.applyAsInt(name);
                    return Color.rgb(rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF);
                });
    }

    private void paintRegion(ObjectAnnotation object, boolean filled, boolean selected) {
        var color = color(object.label());
        var bounds = bounds(object);
        double x = view.toScreenX(bounds.xMin());
        double y = view.toScreenY(bounds.yMin());
        double width = bounds.width() * view.scale();
        double height = bounds.height() * view.scale();
        if (!selected && Math.max(width, height) < 3) {
            gc.setFill(color);
            gc.fillRect(x, y, Math.max(1, width), Math.max(1, height));
            return;
        }
        switch (object.region()) {
            case Box _ -> paintBox(x, y, width, height, color, filled, selected);
            case Mask mask -> {
                gc.setImageSmoothing(true);
                gc.drawImage(
                        masks.image(mask, rgbOf.applyAsInt(object.label())), x, y, width, height);
                if (selected) {
                    paintDashes(x, y, width, height);
                }
            }
            case Polygon polygon -> paintPolygons(List.of(polygon), object.region(), bounds, color);
            case MultiPolygon parts ->
                    paintPolygons(parts.polygons(), object.region(), bounds, color);
        }
    }

    private void paintBox(
            double x,
            double y,
            double width,
            double height,
            Color color,
            boolean filled,
            boolean selected) {
        if (selected) {
            gc.setFill(color.deriveColor(0, 1, 1, 0.22));
            gc.fillRect(x, y, width, height);
            gc.setStroke(Color.WHITE);
            gc.setLineWidth(4);
            gc.strokeRect(x, y, width, height);
            gc.setStroke(color);
            gc.setLineWidth(2);
            gc.strokeRect(x, y, width, height);
            return;
        }
        if (filled) {
            gc.setFill(pale(color));
            gc.fillRect(x, y, width, height);
        }
        gc.setFill(color);
        paintEdges(x, y, width, height, filled ? 2 : 1);
    }

    /// A rectangle's outline as four bars on whole pixels, which costs a fraction of a stroked path.
    private void paintEdges(double x, double y, double width, double height, double thickness) {
        double left = Math.rint(x - thickness / 2);
        double top = Math.rint(y - thickness / 2);
        double right = Math.rint(x + width - thickness / 2);
        double bottom = Math.rint(y + height - thickness / 2);
        gc.fillRect(left, top, right - left + thickness, thickness);
        gc.fillRect(left, bottom, right - left + thickness, thickness);
        gc.fillRect(left, top, thickness, bottom - top);
        gc.fillRect(right, top, thickness, bottom - top);
    }

    private Color pale(Color color) {
        return paleColors.computeIfAbsent(color, strong -> strong.deriveColor(0, 1, 1, 0.10));
    }

    private void paintDashes(double x, double y, double width, double height) {
        gc.setLineWidth(1);
        gc.setStroke(Color.color(0, 0, 0, 0.65));
        gc.strokeRect(x, y, width, height);
        gc.setStroke(Color.WHITE);
        gc.setLineDashes(5, 5);
        gc.strokeRect(x, y, width, height);
        gc.setLineDashes();
    }

    private void paintPolygons(List<Polygon> parts, Region region, Box to, Color color) {
        var from = region.bounds();
        double scaleX = from.width() == 0 ? 1 : to.width() / from.width();
        double scaleY = from.height() == 0 ? 1 : to.height() / from.height();
        gc.beginPath();
        for (var part : parts) {
            trace(part.exterior(), from, to, scaleX, scaleY);
            part.holes().forEach(hole -> trace(hole, from, to, scaleX, scaleY));
        }
        gc.setFillRule(FillRule.EVEN_ODD);
        gc.setFill(color.deriveColor(0, 1, 1, 0.30));
        gc.fill();
        gc.setStroke(color);
        gc.setLineWidth(2);
        gc.stroke();
    }

    private void trace(List<Point> ring, Box from, Box to, double scaleX, double scaleY) {
        boolean first = true;
        for (var point : ring) {
            double x = view.toScreenX(to.xMin() + (point.x() - from.xMin()) * scaleX);
            double y = view.toScreenY(to.yMin() + (point.y() - from.yMin()) * scaleY);
            if (first) {
                gc.moveTo(x, y);
                first = false;
            } else {
                gc.lineTo(x, y);
            }
        }
        gc.closePath();
    }

    private void paintTag(ObjectAnnotation object, boolean selected) {
        var bounds = bounds(object);
        double width = bounds.width() * view.scale();
        if (!selected && width < 14) {
            return;
        }
        tags.paint(
                gc,
                object.label(),
                object.provenance().score(),
                color(object.label()),
                view.toScreenX(bounds.xMin()),
                view.toScreenY(bounds.yMin()),
                width);
    }

    private void paintHandles(Box box) {
        gc.setLineWidth(1.5);
        gc.setStroke(ACCENT);
        gc.setFill(Color.WHITE);
        boolean small = Math.min(box.width(), box.height()) * view.scale() < 4 * HANDLE;
        for (var handle : Handle.values()) {
            var place = handle.on(box);
            boolean corner = handle.ordinal() % 2 == 0;
            if (corner || !small) {
                double x = view.toScreenX(place.x()) - HANDLE / 2;
                double y = view.toScreenY(place.y()) - HANDLE / 2;
                gc.fillRoundRect(x, y, HANDLE, HANDLE, 3, 3);
                gc.strokeRoundRect(x, y, HANDLE, HANDLE, 3, 3);
            }
        }
    }

    private void paintDrawn(Box box) {
        double x = view.toScreenX(box.xMin());
        double y = view.toScreenY(box.yMin());
        double width = box.width() * view.scale();
        double height = box.height() * view.scale();
        gc.setFill(ACCENT.deriveColor(0, 1, 1, 0.15));
        gc.fillRect(x, y, width, height);
        gc.setStroke(Color.WHITE);
        gc.setLineWidth(4);
        gc.strokeRect(x, y, width, height);
        gc.setStroke(ACCENT);
        gc.setLineWidth(2);
        gc.strokeRect(x, y, width, height);
        tags.paintPlain(gc, "%.0f × %.0f".formatted(box.width(), box.height()), x, y + height + 4);
    }

    private void paintFrame(Box frame) {
        double x = view.toScreenX(frame.xMin());
        double y = view.toScreenY(frame.yMin());
        double width = frame.width() * view.scale();
        double height = frame.height() * view.scale();
        gc.setFill(ACCENT.deriveColor(0, 1, 1, 0.10));
        gc.fillRect(x, y, width, height);
        paintDashes(x, y, width, height);
    }
}

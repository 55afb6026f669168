package org.palimpsest.ui.canvas.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.ui.canvas.tool.Preview.Grip;
import org.palimpsest.ui.canvas.tool.Preview.GripKind;

/// Draws a polygon: a click for each vertex, or free-hand with the button down.
///
/// A click on the first vertex, a double click or Enter closes it, Backspace takes the last vertex back. Vertices stick
/// to those of other outlines and to edges nearby, unless Control is held.
public final class PolygonTool implements Tool {
    private final List<Point> points = new ArrayList<>();
    private boolean closing;

    @Override
    public ToolEffect pressed(Point point, Modifiers modifiers, ToolScene scene) {
        if (isOnStart(point, scene)) {
            closing = true;
            return ToolEffect.NOTHING;
        }
        var vertex = new Snapping(scene, Set.of(), modifiers).vertex(point);
        if (points.isEmpty() || isApart(vertex.value(), scene.reach() / 4)) {
            points.add(vertex.value());
        }
        return show(points, scene, vertex.guides());
    }

    /// Free-hand: a vertex wherever the pointer has come far enough from the last one.
    @Override
    public ToolEffect dragged(Point point, Modifiers modifiers, ToolScene scene) {
        if (points.isEmpty() || closing) {
            return ToolEffect.NOTHING;
        }
        var vertex = new Snapping(scene, Set.of(), modifiers).vertex(point);
        if (isApart(vertex.value(), scene.reach())) {
            points.add(vertex.value());
        }
        return show(points, scene, vertex.guides());
    }

    @Override
    public ToolEffect released(Point point, Modifiers modifiers, ToolScene scene) {
        if (closing) {
            closing = false;
            return close(scene);
        }
        return ToolEffect.NOTHING;
    }

    @Override
    public ToolEffect doubleClicked(Point point, ToolScene scene) {
        return close(scene);
    }

    @Override
    public ToolEffect moved(Point point, ToolScene scene) {
        if (points.isEmpty()) {
            return new ToolEffect.Cursor(CursorKind.CROSSHAIR);
        }
        if (isOnStart(point, scene)) {
            var closed = new ArrayList<>(points);
            closed.add(points.getFirst());
            return show(closed, scene, List.of());
        }
        var vertex = new Snapping(scene, Set.of(), Modifiers.NONE).vertex(point);
        var withPointer = new ArrayList<>(points);
        withPointer.add(vertex.value());
        return show(withPointer, scene, vertex.guides());
    }

    @Override
    public boolean isBusy() {
        return !points.isEmpty();
    }

    @Override
    public ToolEffect key(ToolKey key, Modifiers modifiers, ToolScene scene) {
        if (points.isEmpty()) {
            return ToolEffect.NOTHING;
        }
        return switch (key) {
            case CANCEL -> {
                points.clear();
                closing = false;
                yield ToolEffect.DISCARD;
            }
            case BACK -> {
                points.removeLast();
                yield points.isEmpty() ? ToolEffect.DISCARD : show(points, scene, List.of());
            }
            case CONFIRM -> close(scene);
            case DELETE, LEFT, RIGHT, UP, DOWN, SMALLER, LARGER, NEXT, PREVIOUS, INSERT ->
                    ToolEffect.NOTHING;
        };
    }

    /// Nothing where there are too few vertices yet: the person goes on.
    private ToolEffect close(ToolScene scene) {
        if (points.size() < 3) {
            return ToolEffect.NOTHING;
        }
        var polygon = new Polygon(points);
        points.clear();
        return polygon.bounds().isEmpty()
                ? ToolEffect.DISCARD
                : Drawing.add(scene.draw(polygon), true, scene);
    }

    private boolean isOnStart(Point point, ToolScene scene) {
        return points.size() >= 3 && points.getFirst().distanceTo(point) <= scene.reach();
    }

    private boolean isApart(Point vertex, double distance) {
        return points.getLast().distanceTo(vertex) > distance;
    }

    private ToolEffect show(List<Point> path, ToolScene scene, List<Preview.Guide> guides) {
        var grips = new ArrayList<Grip>();
        boolean closable = points.size() >= 3;
        boolean onStart =
                closable && path.size() > points.size() && isOnStart(path.getLast(), scene);
        for (int i = 0; i < points.size(); i++) {
            grips.add(
                    new Grip(
                            points.get(i),
                            i == 0 && closable ? GripKind.START : GripKind.VERTEX,
                            i == 0 && onStart));
        }
        return new ToolEffect.Show(Preview.ofPath(path).withGrips(grips).withGuides(guides));
    }
}

package org.palimpsest.ui.canvas.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Point;

/// Draws a box by four clicks on an object's outermost points, in any order: top, left, bottom and right.
///
/// Backspace takes the last click back.
public final class ExtremePointsTool implements Tool {
    private static final int POINTS = 4;

    private final List<Point> points = new ArrayList<>();

    @Override
    public ToolEffect pressed(Point point, Modifiers modifiers, ToolScene scene) {
        points.add(new Snapping(scene, Set.of(), modifiers).corner(point).value());
        return show(points);
    }

    @Override
    public ToolEffect dragged(Point point, Modifiers modifiers, ToolScene scene) {
        if (points.isEmpty()) {
            return ToolEffect.NOTHING;
        }
        // The point that was just set follows until the button goes up.
        points.set(
                points.size() - 1, new Snapping(scene, Set.of(), modifiers).corner(point).value());
        return show(points);
    }

    @Override
    public ToolEffect released(Point point, Modifiers modifiers, ToolScene scene) {
        if (points.size() < POINTS) {
            return ToolEffect.NOTHING;
        }
        var box = Box.around(points);
        points.clear();
        return box.width() < 1 || box.height() < 1
                ? ToolEffect.DISCARD
                : Drawing.add(scene.draw(box), true, scene);
    }

    @Override
    public ToolEffect moved(Point point, ToolScene scene) {
        if (points.isEmpty()) {
            return new ToolEffect.Cursor(CursorKind.CROSSHAIR);
        }
        var withPointer = new ArrayList<>(points);
        withPointer.add(new Snapping(scene, Set.of(), Modifiers.NONE).corner(point).value());
        return show(withPointer);
    }

    private static ToolEffect show(List<Point> points) {
        return new ToolEffect.Show(
                Preview.ofDrawn(Box.around(points))
                        .withGrips(
                                points.stream()
                                        .map(at -> new Preview.Grip(at, Preview.GripKind.VERTEX))
                                        .toList()));
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
                yield ToolEffect.DISCARD;
            }
            case BACK -> {
                points.removeLast();
                yield points.isEmpty() ? ToolEffect.DISCARD : show(points);
            }
            case CONFIRM, DELETE, LEFT, RIGHT, UP, DOWN, SMALLER, LARGER, NEXT, PREVIOUS, INSERT ->
                    ToolEffect.NOTHING;
        };
    }
}

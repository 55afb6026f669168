package org.palimpsest.ui.canvas.tool;

import java.util.List;
import java.util.TreeMap;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Point;

/// Marks single points by clicks.
///
/// A point is an object whose region is the box of its pixel and whose attribute [#ATTRIBUTE] is `true`: every format
/// that knows boxes carries it, and it is selected, moved and counted like any other object.
public final class PointTool implements Tool {
    public static final String ATTRIBUTE = "point";

    private boolean pressed;

    public static boolean isPoint(ObjectAnnotation object) {
        return "true".equals(object.attributes().get(ATTRIBUTE));
    }

    @Override
    public ToolEffect pressed(Point point, Modifiers modifiers, ToolScene scene) {
        pressed = true;
        return show(point, scene);
    }

    @Override
    public ToolEffect dragged(Point point, Modifiers modifiers, ToolScene scene) {
        return pressed ? show(point, scene) : ToolEffect.NOTHING;
    }

    private static ToolEffect show(Point point, ToolScene scene) {
        var at = pixel(point, scene).center();
        return new ToolEffect.Show(
                Preview.ofGrips(List.of(new Preview.Grip(at, Preview.GripKind.VERTEX, true))));
    }

    @Override
    public ToolEffect released(Point point, Modifiers modifiers, ToolScene scene) {
        if (!pressed) {
            return ToolEffect.NOTHING;
        }
        pressed = false;
        var object = scene.draw(pixel(point, scene));
        var attributes = new TreeMap<>(object.attributes());
        attributes.put(ATTRIBUTE, "true");
        return Drawing.add(object.withAttributes(attributes), false, scene);
    }

    private static Box pixel(Point point, ToolScene scene) {
        double x = Math.clamp(Math.floor(point.x()), 0, Math.max(0, scene.size().width() - 1));
        double y = Math.clamp(Math.floor(point.y()), 0, Math.max(0, scene.size().height() - 1));
        return new Box(x, y, x + 1, y + 1);
    }

    @Override
    public ToolEffect moved(Point point, ToolScene scene) {
        return new ToolEffect.Cursor(CursorKind.CROSSHAIR);
    }

    @Override
    public boolean isBusy() {
        return pressed;
    }

    @Override
    public ToolEffect key(ToolKey key, Modifiers modifiers, ToolScene scene) {
        if (key != ToolKey.CANCEL || !pressed) {
            return ToolEffect.NOTHING;
        }
        pressed = false;
        return ToolEffect.DISCARD;
    }
}

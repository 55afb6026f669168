package org.palimpsest.ui.canvas.tool;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.palimpsest.geometry.Point;

/// Shows the length and the angle between two points, by dragging or by two clicks; nothing is kept.
///
/// Shift holds the line to steps of 15 degrees. The line stays until the next press.
public final class MeasureTool implements Tool {
    private static final double STEP = Math.PI / 12;

    private @Nullable Point from;
    private @Nullable Point to;
    private boolean second;

    @Override
    public ToolEffect pressed(Point point, Modifiers modifiers, ToolScene scene) {
        var begun = from;
        second = begun != null && to == null;
        if (begun != null && to == null) {
            return show(begun, end(begun, point, modifiers));
        }
        from = point;
        to = null;
        return ToolEffect.DISCARD;
    }

    @Override
    public ToolEffect dragged(Point point, Modifiers modifiers, ToolScene scene) {
        return from == null || to != null
                ? ToolEffect.NOTHING
                : show(from, end(from, point, modifiers));
    }

    @Override
    public ToolEffect released(Point point, Modifiers modifiers, ToolScene scene) {
        if (from == null || to != null) {
            return ToolEffect.NOTHING;
        }
        if (!second && from.distanceTo(point) <= scene.reach() / 2) {
            return ToolEffect.NOTHING; // A click: the next one ends the line.
        }
        to = end(from, point, modifiers);
        return show(from, to);
    }

    @Override
    public ToolEffect moved(Point point, ToolScene scene) {
        return from == null || to != null
                ? new ToolEffect.Cursor(CursorKind.CROSSHAIR)
                : show(from, point);
    }

    private static Point end(Point from, Point point, Modifiers modifiers) {
        double length = from.distanceTo(point);
        if (!modifiers.shift() || length == 0) {
            return point;
        }
        double angle = Math.atan2(point.y() - from.y(), point.x() - from.x());
        double held = Math.rint(angle / STEP) * STEP;
        return from.translate(Math.cos(held) * length, Math.sin(held) * length);
    }

    private static ToolEffect show(@Nullable Point from, Point to) {
        if (from == null) {
            return ToolEffect.NOTHING;
        }
        // y grows downwards, angles are read with up as 90 degrees.
        double degrees = Math.toDegrees(Math.atan2(from.y() - to.y(), to.x() - from.x()));
        return new ToolEffect.Show(
                Preview.ofPath(List.of(from, to))
                        .withNote(
                                new Preview.Note.Length(
                                        from.distanceTo(to),
                                        degrees < 0 ? degrees + 360 : degrees + 0.0)));
    }

    @Override
    public boolean isBusy() {
        return from != null;
    }

    @Override
    public ToolEffect key(ToolKey key, Modifiers modifiers, ToolScene scene) {
        if (key != ToolKey.CANCEL || from == null) {
            return ToolEffect.NOTHING;
        }
        from = null;
        to = null;
        return ToolEffect.DISCARD;
    }
}

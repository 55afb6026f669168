package org.palimpsest.ui.canvas.tool;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.edit.AddAnnotations;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Size;

/// Draws a box from corner to corner: by dragging, or by a click at each corner. Shift makes it square.
public final class BoxTool implements Tool {
    private @Nullable Point corner;
    private boolean dragging;

    @Override
    public ToolEffect pressed(Point point, Modifiers modifiers, ToolScene scene) {
        if (corner == null) {
            corner = inside(point, scene.size());
            dragging = false;
            return ToolEffect.NOTHING;
        }
        dragging = true;
        return ToolEffect.NOTHING;
    }

    @Override
    public ToolEffect dragged(Point point, Modifiers modifiers, ToolScene scene) {
        if (corner == null) {
            return ToolEffect.NOTHING;
        }
        var box = box(corner, point, modifiers, scene.size());
        dragging |= Math.max(box.width(), box.height()) > scene.reach();
        return new ToolEffect.Show(Preview.ofDrawn(box));
    }

    @Override
    public ToolEffect released(Point point, Modifiers modifiers, ToolScene scene) {
        if (corner == null) {
            return ToolEffect.NOTHING;
        }
        if (!dragging) {
            return ToolEffect.NOTHING; // A click: the next one sets the opposite corner.
        }
        var box = box(corner, point, modifiers, scene.size());
        corner = null;
        dragging = false;
        if (box.width() < 1 || box.height() < 1) {
            return ToolEffect.DISCARD;
        }
        var object = scene.draw(box);
        return new ToolEffect.Commit(
                AddAnnotations.onTopOf(scene.image(), List.of(object)), Set.of(object.id()), true);
    }

    @Override
    public ToolEffect moved(Point point, ToolScene scene) {
        return corner == null
                ? new ToolEffect.Cursor(CursorKind.CROSSHAIR)
                : new ToolEffect.Show(
                        Preview.ofDrawn(box(corner, point, Modifiers.NONE, scene.size())));
    }

    @Override
    public ToolEffect key(ToolKey key, Modifiers modifiers, ToolScene scene) {
        if (key != ToolKey.CANCEL || corner == null) {
            return ToolEffect.NOTHING;
        }
        corner = null;
        dragging = false;
        return ToolEffect.DISCARD;
    }

    private static Box box(Point from, Point to, Modifiers modifiers, Size image) {
        var end = inside(to, image);
        if (modifiers.shift()) {
            double acrossRoom = end.x() < from.x() ? from.x() : image.width() - from.x();
            double downRoom = end.y() < from.y() ? from.y() : image.height() - from.y();
            double side = Math.max(Math.abs(end.x() - from.x()), Math.abs(end.y() - from.y()));
            side = Math.min(side, Math.min(acrossRoom, downRoom));
            end =
                    new Point(
                            from.x() + (end.x() < from.x() ? -side : side),
                            from.y() + (end.y() < from.y() ? -side : side));
        }
        return Box.between(from, end);
    }

    /// The nearest whole pixel corner of the image.
    private static Point inside(Point point, Size image) {
        return new Point(
                Math.clamp(Math.rint(point.x()), 0, image.width()),
                Math.clamp(Math.rint(point.y()), 0, image.height()));
    }
}

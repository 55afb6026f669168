package org.palimpsest.ui.canvas.tool;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Size;

/// Two opposite corners of a box: set by dragging, or by a click at each. Shift makes it square; corners stick to edges
/// nearby, unless Control is held.
final class BoxGesture {
    private @Nullable Point corner;
    private boolean dragging;

    void pressed(Point point, Modifiers modifiers, ToolScene scene) {
        dragging = corner != null;
        if (corner == null) {
            corner = new Snapping(scene, Set.of(), modifiers).corner(point).value();
        }
    }

    ToolEffect dragged(Point point, Modifiers modifiers, ToolScene scene) {
        if (corner == null) {
            return ToolEffect.NOTHING;
        }
        var box = box(corner, point, modifiers, scene);
        dragging |= Math.max(box.width(), box.height()) > scene.reach();
        return show(corner, point, modifiers, scene);
    }

    /// The box, where the gesture ends with this; an empty one where its corners are too near to each other.
    Optional<Box> released(Point point, Modifiers modifiers, ToolScene scene) {
        if (corner == null || !dragging) {
            return Optional.empty(); // A click: the next one sets the opposite corner.
        }
        var box = box(corner, point, modifiers, scene);
        corner = null;
        dragging = false;
        return Optional.of(
                box.width() < 1 || box.height() < 1
                        ? new Box(box.xMin(), box.yMin(), box.xMin(), box.yMin())
                        : box);
    }

    ToolEffect moved(Point point, ToolScene scene) {
        return corner == null
                ? new ToolEffect.Cursor(CursorKind.CROSSHAIR)
                : show(corner, point, Modifiers.NONE, scene);
    }

    boolean isBusy() {
        return corner != null;
    }

    ToolEffect cancel() {
        if (corner == null) {
            return ToolEffect.NOTHING;
        }
        corner = null;
        dragging = false;
        return ToolEffect.DISCARD;
    }

    private static ToolEffect show(Point from, Point to, Modifiers modifiers, ToolScene scene) {
        var guides = new Snapping(scene, Set.of(), modifiers).corner(to).guides();
        return new ToolEffect.Show(
                Preview.ofDrawn(box(from, to, modifiers, scene))
                        .withGuides(modifiers.shift() ? Preview.NONE.guides() : guides));
    }

    private static Box box(Point from, Point to, Modifiers modifiers, ToolScene scene) {
        var end = new Snapping(scene, Set.of(), modifiers).corner(to).value();
        return Box.between(from, modifiers.shift() ? square(from, end, scene.size()) : end);
    }

    private static Point square(Point from, Point end, Size image) {
        double acrossRoom = end.x() < from.x() ? from.x() : image.width() - from.x();
        double downRoom = end.y() < from.y() ? from.y() : image.height() - from.y();
        double side = Math.max(Math.abs(end.x() - from.x()), Math.abs(end.y() - from.y()));
        side = Math.min(side, Math.min(acrossRoom, downRoom));
        return new Point(
                from.x() + (end.x() < from.x() ? -side : side),
                from.y() + (end.y() < from.y() ? -side : side));
    }
}

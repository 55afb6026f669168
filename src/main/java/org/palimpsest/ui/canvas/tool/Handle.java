package org.palimpsest.ui.canvas.tool;

import java.util.Optional;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Size;

/// The eight places by which a box is resized.
public enum Handle {
    TOP_LEFT(0, 0, CursorKind.RESIZE_FALLING),
    TOP(0.5, 0, CursorKind.RESIZE_VERTICAL),
    TOP_RIGHT(1, 0, CursorKind.RESIZE_RISING),
    RIGHT(1, 0.5, CursorKind.RESIZE_HORIZONTAL),
    BOTTOM_RIGHT(1, 1, CursorKind.RESIZE_FALLING),
    BOTTOM(0.5, 1, CursorKind.RESIZE_VERTICAL),
    BOTTOM_LEFT(0, 1, CursorKind.RESIZE_RISING),
    LEFT(0, 0.5, CursorKind.RESIZE_HORIZONTAL);

    private final double horizontal;
    private final double vertical;
    private final CursorKind cursor;

    Handle(double horizontal, double vertical, CursorKind cursor) {
        this.horizontal = horizontal;
        this.vertical = vertical;
        this.cursor = cursor;
    }

    public CursorKind cursor() {
        return cursor;
    }

    boolean isCorner() {
        return horizontal != 0.5 && vertical != 0.5;
    }

    /// Where the handle sits on a box.
    public Point on(Box box) {
        return new Point(
                box.xMin() + horizontal * box.width(), box.yMin() + vertical * box.height());
    }

    /// The handle nearest to the point, within the reach; corners win over edges where a box is small.
    public static Optional<Handle> near(Box box, Point point, double reach) {
        Handle nearest = null;
        double nearestDistance = Double.MAX_VALUE;
        for (var handle : values()) {
            var place = handle.on(box);
            double distance =
                    Math.max(Math.abs(place.x() - point.x()), Math.abs(place.y() - point.y()));
            double weighted = handle.isCorner() ? distance * 0.75 : distance;
            if (distance <= reach && weighted < nearestDistance) {
                nearest = handle;
                nearestDistance = weighted;
            }
        }
        return Optional.ofNullable(nearest);
    }

    /// The box with this handle at the point. Pulled across the opposite side, the box turns over instead of vanishing.
    public Box resize(Box box, Point to) {
        double left = horizontal == 0 ? to.x() : box.xMin();
        double right = horizontal == 1 ? to.x() : box.xMax();
        double top = vertical == 0 ? to.y() : box.yMin();
        double bottom = vertical == 1 ? to.y() : box.yMax();
        return new Box(
                Math.min(left, right),
                Math.min(top, bottom),
                Math.max(left, right),
                Math.max(top, bottom));
    }

    /// The box with this handle moved by so much, as far as the image and the opposite side let it: a pixel is left.
    Box nudge(Box box, double dx, double dy, Size image) {
        double left = horizontal == 0 ? side(box.xMin(), dx, 0, box.xMax() - 1) : box.xMin();
        double right =
                horizontal == 1 ? side(box.xMax(), dx, box.xMin() + 1, image.width()) : box.xMax();
        double top = vertical == 0 ? side(box.yMin(), dy, 0, box.yMax() - 1) : box.yMin();
        double bottom =
                vertical == 1 ? side(box.yMax(), dy, box.yMin() + 1, image.height()) : box.yMax();
        return new Box(left, top, right, bottom);
    }

    /// What is beyond the bounds already stays where it is, and comes back.
    private static double side(double place, double by, double least, double most) {
        return by < 0
                ? Math.min(place, Math.max(place + by, least))
                : Math.max(place, Math.min(place + by, most));
    }

    /// The box with this handle as near to the point as its proportions allow, and within the image.
    ///
    /// The opposite corner stays; of a side's handle the middle of the opposite side does.
    public Box resizeInProportion(Box box, Point to, Size image) {
        if (box.isEmpty()) {
            return box;
        }
        var fixed =
                new Point(
                        box.xMin() + (1 - horizontal) * box.width(),
                        box.yMin() + (1 - vertical) * box.height());
        double across = Math.abs(to.x() - fixed.x()) / box.width();
        double down = Math.abs(to.y() - fixed.y()) / box.height();
        double factor = isCorner() ? Math.max(across, down) : horizontal == 0.5 ? down : across;
        double left = box.width() * (1 - horizontal);
        double right = box.width() * horizontal;
        double above = box.height() * (1 - vertical);
        double below = box.height() * vertical;
        double most =
                Math.min(
                        Math.min(room(fixed.x(), left), room(image.width() - fixed.x(), right)),
                        Math.min(room(fixed.y(), above), room(image.height() - fixed.y(), below)));
        double by = Math.min(factor, Math.max(most, 0));
        return new Box(
                fixed.x() - left * by,
                fixed.y() - above * by,
                fixed.x() + right * by,
                fixed.y() + below * by);
    }

    /// How many times the length goes into the place.
    private static double room(double place, double length) {
        return length == 0 ? Double.POSITIVE_INFINITY : place / length;
    }
}

package org.palimpsest.ui.canvas;

import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Size;
import org.palimpsest.ui.canvas.tool.Modifiers;
import org.palimpsest.ui.canvas.tool.ToolKey;

/// Draws without a mouse: arrow keys move a crosshair over the image, Space is the mouse's button and Enter its click.
///
/// The crosshair appears with the first arrow key and goes when the mouse moves. Confined to the interface's thread.
final class KeyHand {
    /// A step, in screen units: so far that the way across a window takes some seconds.
    private static final double STEP = 8;

    private static final double FAR = 5;

    /// The hand tool moves the image by so many screen units.
    private static final double PAN = 40;

    /// The crosshair keeps so far away from the window's edge.
    private static final double MARGIN = 16;

    private final ToolBench bench;
    private final CanvasDisplay display;
    private final ReadOnlyObjectWrapper<Optional<Point>> crosshair =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private Optional<Point> mouse = Optional.empty();
    private Optional<Modifiers> held = Optional.empty();
    private Optional<Point> clicked = Optional.empty();

    KeyHand(ToolBench bench, CanvasDisplay display) {
        this.bench = bench;
        this.display = display;
        bench.toolProperty()
                .addListener((_, _, kind) -> {
                    held = Optional.empty();
                    clicked = Optional.empty();
                    if (!kind.aims()) {
                        crosshair.set(Optional.empty());
                    }
                });
    }

    /// Moves the crosshair, and the gesture with it; by a larger step with Shift, by one pixel with Control or Alt.
    ///
    /// @return whether the tool in hand is led by a crosshair, or moves the image
    boolean arrow(ToolKey key, Modifiers modifiers) {
        int across = key == ToolKey.LEFT ? -1 : key == ToolKey.RIGHT ? 1 : 0;
        int down = key == ToolKey.UP ? -1 : key == ToolKey.DOWN ? 1 : 0;
        var kind = bench.toolProperty().get();
        var size = bench.image().map(image -> image.image().size());
        if (across == 0 && down == 0 || size.isEmpty()) {
            return false;
        }
        if (kind == ToolKind.HAND) {
            double step = modifiers.shift() ? FAR * PAN : PAN;
            display.camera().pan(-across * step, -down * step);
            return true;
        }
        if (!kind.aims()) {
            return false;
        }
        double step = step(modifiers);
        var from = crosshair.get().orElseGet(() -> begin(size.get()));
        move(within(from.translate(across * step, down * step), size.get()));
        return true;
    }

    private double step(Modifiers modifiers) {
        if (modifiers.control() || modifiers.alt()) {
            return 1;
        }
        double usual = Math.max(1, Math.rint(STEP / display.camera().viewport().scale()));
        return modifiers.shift() ? FAR * usual : usual;
    }

    /// Where the mouse is, else in the middle of what is seen.
    private Point begin(Size size) {
        var seen = display.camera().visible();
        return within(mouse.filter(point -> isIn(point, size)).orElse(seen.center()), size);
    }

    private static boolean isIn(Point point, Size size) {
        return point.x() >= 0
                && point.y() >= 0
                && point.x() <= size.width()
                && point.y() <= size.height();
    }

    private static Point within(Point point, Size size) {
        return new Point(
                Math.clamp(Math.rint(point.x()), 0, size.width()),
                Math.clamp(Math.rint(point.y()), 0, size.height()));
    }

    private void move(Point to) {
        keepInSight(to);
        crosshair.set(Optional.of(to));
        if (held.isPresent()) {
            bench.dragged(to, held.get());
        } else {
            bench.moved(to);
        }
    }

    private void keepInSight(Point point) {
        var camera = display.camera();
        double scale = camera.viewport().scale();
        var seen = camera.visible();
        double x = beyond(point.x(), seen.xMin() + MARGIN / scale, seen.xMax() - MARGIN / scale);
        double y = beyond(point.y(), seen.yMin() + MARGIN / scale, seen.yMax() - MARGIN / scale);
        if (x != 0 || y != 0) {
            camera.pan(-x * scale, -y * scale);
        }
    }

    private static double beyond(double place, double least, double most) {
        return place < least ? place - least : Math.max(0, place - most);
    }

    /// Puts the button down at the crosshair.
    ///
    /// @return whether there is a crosshair
    boolean press(Modifiers modifiers) {
        var at = crosshair.get();
        if (at.isPresent() && held.isEmpty()) {
            held = Optional.of(modifiers);
            bench.pressed(at.get(), modifiers);
        }
        return at.isPresent();
    }

    /// Lifts the button, where it is down.
    void release() {
        var modifiers = held;
        held = Optional.empty();
        if (modifiers.isPresent()) {
            crosshair.get().ifPresent(at -> bench.released(at, modifiers.get()));
        }
    }

    /// Clicks at the crosshair; at the same place again, that is a double click. A brush is put down by one and lifted by the
    /// next.
    ///
    /// @return whether there is a crosshair
    boolean click(Modifiers modifiers) {
        var at = crosshair.get();
        if (at.isEmpty()) {
            return false;
        }
        if (held.isPresent()) {
            release();
        } else if (bench.toolProperty().get().strokes()) {
            press(modifiers);
        } else {
            press(modifiers);
            release();
            if (clicked.equals(at)) {
                clicked = Optional.empty();
                bench.doubleClicked(at.get());
            } else {
                clicked = at;
            }
        }
        return true;
    }

    /// The gesture was given up.
    ///
    /// @param used whether the tool had one; otherwise the crosshair goes
    /// @return whether anything was given up
    boolean cancel(boolean used) {
        boolean shown = crosshair.get().isPresent();
        held = Optional.empty();
        clicked = Optional.empty();
        if (!used && shown) {
            crosshair.set(Optional.empty());
            bench.exited();
        }
        return used || shown;
    }

    /// The mouse is at this place of the image: it takes over where it really moved.
    void mouseAt(Point point) {
        if (!mouse.equals(Optional.of(point))) {
            mouse = Optional.of(point);
            leave();
        }
    }

    /// The mouse is beside the image.
    void mouseLeft() {
        mouse = Optional.empty();
    }

    void leave() {
        held = Optional.empty();
        clicked = Optional.empty();
        crosshair.set(Optional.empty());
    }

    /// Where the next gesture by keys begins or the one that goes on is, in image pixels.
    ReadOnlyObjectProperty<Optional<Point>> crosshairProperty() {
        return crosshair.getReadOnlyProperty();
    }
}

package org.palimpsest.ui.canvas.tool;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.FloodFill;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Point;

/// Makes a mask of the pixels around a click that have about its colour; dragging to the right lets in more.
///
/// Shift adds them to the selected mask, Alt takes them away from it.
public final class WandTool implements Tool {
    /// As many pixels to each side are looked at, so that a click on a very large image stays quick.
    private static final double FARTHEST = 1500;

    /// How far on the screen one step of tolerance is, in reaches.
    private static final double DRAG = 0.5;

    private @Nullable Filled filled;

    private record Filled(
            Point start, Modifiers modifiers, int startTolerance, int tolerance, Mask mask) {}

    @Override
    public ToolEffect pressed(Point point, Modifiers modifiers, ToolScene scene) {
        filled = null;
        var target = scene.onlySelected();
        if (modifiers.shift() || modifiers.alt()) {
            if (mask(target).isEmpty()) {
                return new ToolEffect.Refuse(Hint.NO_MASK);
            }
            if (scene.isLocked(target.orElseThrow())) {
                return new ToolEffect.Refuse(Hint.LOCKED);
            }
        }
        if (scene.colors().isEmpty()) {
            return new ToolEffect.Refuse(Hint.NO_PIXELS);
        }
        int tolerance = scene.settings().tolerance();
        return fill(point, modifiers, tolerance, tolerance, scene);
    }

    private ToolEffect fill(
            Point start, Modifiers modifiers, int startTolerance, int tolerance, ToolScene scene) {
        var within =
                new Box(
                        start.x() - FARTHEST,
                        start.y() - FARTHEST,
                        start.x() + FARTHEST,
                        start.y() + FARTHEST);
        var mask =
                FloodFill.fill(
                        scene.colors().orElseThrow(),
                        scene.size(),
                        within,
                        (int) Math.floor(start.x()),
                        (int) Math.floor(start.y()),
                        tolerance);
        filled = new Filled(start, modifiers, startTolerance, tolerance, mask);
        return new ToolEffect.Show(
                Preview.ofDrawn(mask)
                        .withNote(new Preview.Note.Tolerance(tolerance, mask.pixelCount())));
    }

    @Override
    public ToolEffect dragged(Point point, Modifiers modifiers, ToolScene scene) {
        var now = filled;
        if (now == null || scene.colors().isEmpty()) {
            return ToolEffect.NOTHING;
        }
        double steps = (point.x() - now.start().x()) / (scene.reach() * DRAG);
        int tolerance = (int) Math.clamp(now.startTolerance() + Math.rint(steps), 0, 255);
        return tolerance == now.tolerance()
                ? ToolEffect.NOTHING
                : fill(now.start(), now.modifiers(), now.startTolerance(), tolerance, scene);
    }

    @Override
    public ToolEffect released(Point point, Modifiers modifiers, ToolScene scene) {
        var done = filled;
        filled = null;
        if (done == null || done.mask().isEmpty()) {
            return ToolEffect.DISCARD;
        }
        var target = scene.onlySelected();
        var before = mask(target);
        if (before.isEmpty() || !(done.modifiers().shift() || done.modifiers().alt())) {
            return Drawing.add(scene.draw(done.mask()), true, scene);
        }
        var after =
                done.modifiers().alt()
                        ? before.get().minus(done.mask())
                        : before.get().union(done.mask());
        return after.isEmpty()
                ? new ToolEffect.Refuse(Hint.NOTHING_LEFT)
                : Drawing.reshape(target.orElseThrow(), after, scene);
    }

    private static Optional<Mask> mask(Optional<ObjectAnnotation> target) {
        return target.map(ObjectAnnotation::region)
                .filter(Mask.class::isInstance)
                .map(Mask.class::cast);
    }

    @Override
    public ToolEffect moved(Point point, ToolScene scene) {
        return new ToolEffect.Cursor(CursorKind.CROSSHAIR);
    }

    @Override
    public boolean isBusy() {
        return filled != null;
    }

    @Override
    public ToolEffect key(ToolKey key, Modifiers modifiers, ToolScene scene) {
        if (key != ToolKey.CANCEL || filled == null) {
            return ToolEffect.NOTHING;
        }
        filled = null;
        return ToolEffect.DISCARD;
    }
}

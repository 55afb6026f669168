package org.palimpsest.ui.canvas.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.edit.RemoveAnnotations;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Point;

/// Paints a mask, or wipes parts of it away. Alt does the other of the two.
///
/// The selected mask is changed. Where none is selected, the brush begins a new object; boxes and polygons are never
/// turned into masks by the way. With Shift the stroke goes straight from where the last one ended.
public final class BrushTool implements Tool {
    private final boolean eraser;
    private final List<Point> path = new ArrayList<>();
    private @Nullable Point lastEnd;
    private boolean erasing;

    private BrushTool(boolean eraser) {
        this.eraser = eraser;
    }

    public static BrushTool brush() {
        return new BrushTool(false);
    }

    public static BrushTool eraser() {
        return new BrushTool(true);
    }

    @Override
    public ToolEffect pressed(Point point, Modifiers modifiers, ToolScene scene) {
        path.clear();
        erasing = eraser != modifiers.alt();
        var target = scene.onlySelected();
        if (target.isPresent() && scene.isLocked(target.get())) {
            return new ToolEffect.Refuse(Hint.LOCKED);
        }
        if (erasing && mask(target).isEmpty()) {
            return new ToolEffect.Refuse(Hint.NO_MASK);
        }
        if (modifiers.shift() && lastEnd != null) {
            path.add(lastEnd);
        }
        path.add(centre(point, scene));
        return show(path, erasing, scene);
    }

    @Override
    public ToolEffect dragged(Point point, Modifiers modifiers, ToolScene scene) {
        if (path.isEmpty()) {
            return ToolEffect.NOTHING;
        }
        var centre = centre(point, scene);
        // Smaller steps change no pixel but make the stroke longer to draw.
        if (path.getLast().distanceTo(centre) >= 0.5) {
            path.add(centre);
        }
        return show(path, erasing, scene);
    }

    @Override
    public ToolEffect released(Point point, Modifiers modifiers, ToolScene scene) {
        if (path.isEmpty()) {
            return ToolEffect.NOTHING;
        }
        var stroke = List.copyOf(path);
        lastEnd = stroke.getLast();
        path.clear();
        double radius = scene.settings().brushRadius();
        var target = scene.onlySelected();
        var before = mask(target);
        if (before.isEmpty()) {
            var mask = Mask.empty(scene.size()).painted(stroke, radius);
            return mask.isEmpty()
                    ? ToolEffect.DISCARD
                    : Drawing.add(scene.draw(mask), false, scene);
        }
        var after =
                erasing
                        ? before.get().erased(stroke, radius)
                        : before.get().painted(stroke, radius);
        if (after.isEmpty()) {
            return new ToolEffect.Commit(
                    RemoveAnnotations.from(scene.image(), Set.of(target.orElseThrow().id())),
                    Set.of(),
                    false);
        }
        return Drawing.reshape(target.orElseThrow(), after, scene);
    }

    /// The mask that is painted on.
    private static Optional<Mask> mask(Optional<ObjectAnnotation> target) {
        return target.map(ObjectAnnotation::region)
                .filter(Mask.class::isInstance)
                .map(Mask.class::cast);
    }

    /// A brush of a pixel or less takes the pixel under the pointer.
    private static Point centre(Point point, ToolScene scene) {
        return scene.settings().brushRadius() < 1
                ? new Point(Math.floor(point.x()) + 0.5, Math.floor(point.y()) + 0.5)
                : point;
    }

    @Override
    public ToolEffect moved(Point point, ToolScene scene) {
        return show(List.of(centre(point, scene)), eraser, scene);
    }

    private static ToolEffect show(List<Point> path, boolean erasing, ToolScene scene) {
        return new ToolEffect.Show(
                Preview.ofBrush(new Preview.Brush(path, scene.settings().brushRadius(), erasing)));
    }

    @Override
    public boolean isBusy() {
        return !path.isEmpty();
    }

    @Override
    public ToolEffect key(ToolKey key, Modifiers modifiers, ToolScene scene) {
        if (key != ToolKey.CANCEL) {
            return ToolEffect.NOTHING;
        }
        if (!path.isEmpty()) {
            path.clear();
            return ToolEffect.DISCARD;
        }
        lastEnd = null;
        // What is painted next is another object.
        return scene.selection().isEmpty() ? ToolEffect.NOTHING : new ToolEffect.Select(Set.of());
    }
}

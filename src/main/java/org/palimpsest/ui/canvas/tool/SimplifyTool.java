package org.palimpsest.ui.canvas.tool;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Region;

/// Thins the outline of the selected polygon, or makes an outline of the selected mask, showing what would be left.
///
/// Dragging to the right or the size keys take more vertices away; Enter or a double click applies it.
public final class SimplifyTool implements Tool {
    /// In image pixels: what the steps of a mask's outline need to become a slanting line.
    private static final double FIRST = 1;

    private static final double STEP = 1.25;

    private double tolerance = FIRST;
    private @Nullable Drag drag;
    private @Nullable AnnotationId object;
    private @Nullable Region judged;
    private boolean simple;

    private record Drag(Point start, double tolerance) {}

    @Override
    public ToolEffect pressed(Point point, Modifiers modifiers, ToolScene scene) {
        if (current(scene).isEmpty()) {
            var hit = Picking.at(point, scene).stream().filter(this::hasOutline).findFirst();
            return hit.isPresent()
                    ? new ToolEffect.Select(Set.of(hit.get().id()))
                    : new ToolEffect.Refuse(
                            judged == null || simple ? Hint.NO_POLYGON : Hint.TOO_DETAILED);
        }
        drag = new Drag(point, tolerance);
        return show(scene);
    }

    @Override
    public ToolEffect dragged(Point point, Modifiers modifiers, ToolScene scene) {
        if (drag == null) {
            return ToolEffect.NOTHING;
        }
        double steps = (point.x() - drag.start().x()) / scene.reach();
        tolerance = clamp(drag.tolerance() * Math.pow(STEP, Math.rint(steps)));
        return show(scene);
    }

    @Override
    public ToolEffect released(Point point, Modifiers modifiers, ToolScene scene) {
        drag = null;
        return ToolEffect.NOTHING;
    }

    @Override
    public ToolEffect doubleClicked(Point point, ToolScene scene) {
        return apply(scene);
    }

    @Override
    public ToolEffect moved(Point point, ToolScene scene) {
        return new ToolEffect.Cursor(CursorKind.RESIZE_HORIZONTAL);
    }

    @Override
    public boolean isBusy() {
        return drag != null;
    }

    @Override
    public ToolEffect key(ToolKey key, Modifiers modifiers, ToolScene scene) {
        if (current(scene).isEmpty()) {
            return ToolEffect.NOTHING;
        }
        return switch (key) {
            case SMALLER, LEFT -> {
                tolerance = clamp(tolerance / STEP);
                yield show(scene);
            }
            case LARGER, RIGHT -> {
                tolerance = clamp(tolerance * STEP);
                yield show(scene);
            }
            case CONFIRM -> apply(scene);
            case CANCEL -> {
                drag = null;
                yield new ToolEffect.Select(Set.of());
            }
            case BACK, DELETE, UP, DOWN, NEXT, PREVIOUS, INSERT -> ToolEffect.NOTHING;
        };
    }

    private static double clamp(double value) {
        return Math.clamp(value, 0.1, 100);
    }

    private ToolEffect show(ToolScene scene) {
        return new ToolEffect.Show(idle(scene));
    }

    @Override
    public Preview idle(ToolScene scene) {
        return current(scene)
                .map(found -> preview(found, Simplification.of(found.region(), tolerance)))
                .orElse(Preview.NONE);
    }

    private static Preview preview(ObjectAnnotation object, Simplification simple) {
        return Preview.ofReshaped(object.id(), simple.after())
                .withGrips(simple.grips())
                .withNote(
                        new Preview.Note.Vertices(simple.verticesBefore(), simple.verticesAfter()));
    }

    private ToolEffect apply(ToolScene scene) {
        var found = current(scene);
        if (found.isEmpty()) {
            return ToolEffect.NOTHING;
        }
        if (scene.isLocked(found.get())) {
            return new ToolEffect.Refuse(Hint.LOCKED);
        }
        var region = Simplification.of(found.get().region(), tolerance).after();
        return region.area() == 0
                ? new ToolEffect.Refuse(Hint.NOTHING_LEFT)
                : Drawing.reshape(found.get(), region, scene);
    }

    /// The object to simplify; another one begins with the first tolerance again.
    private Optional<ObjectAnnotation> current(ToolScene scene) {
        var found = scene.onlySelected().filter(this::hasOutline);
        var id = found.map(ObjectAnnotation::id).orElse(null);
        if (id != null && !id.equals(object)) {
            tolerance = FIRST;
        }
        object = id;
        return found;
    }

    /// The last region that was looked at is remembered: a mask's outline takes a while.
    private boolean hasOutline(ObjectAnnotation candidate) {
        var region = candidate.region();
        if (region instanceof Box) {
            judged = null;
            return false;
        }
        if (!region.equals(judged)) {
            judged = region;
            simple = !Simplification.isTooDetailed(region);
        }
        return simple;
    }
}

package org.palimpsest.ui.canvas.tool;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Region;
import org.palimpsest.ui.canvas.tool.Preview.Grip;
import org.palimpsest.ui.canvas.tool.Preview.GripKind;

/// Selects, moves and resizes objects, and moves the vertices of a polygon.
///
/// A click takes the smallest object under the pointer, because the larger ones can be reached beside it; a second
/// click on the same place, or one with Alt, goes on to the next larger one. Shift adds and takes away. Dragging an
/// object moves all that are selected, dragging a handle resizes (with Shift in proportion), dragging over free space
/// selects what the frame holds. A vertex of a selected polygon is dragged, the middle of an edge becomes one; Alt adds
/// and removes vertices by clicks. What is dragged sticks to edges nearby, unless Control is held. Arrow keys move by one
/// pixel, with Shift by ten; with Alt they move the right and the lower side; a handle or vertex that is held by keys is
/// moved alone. Locked objects stay where they are.
public final class SelectTool implements Tool {
    private static final double FAR = 10;

    private final VertexGesture vertices = new VertexGesture();
    private final GripKeys grips = new GripKeys(vertices);
    private Gesture gesture = new Idle();

    private sealed interface Gesture {}

    private record Idle() implements Gesture {}

    /// The button is down on an object; it is not clear yet whether it is a click or a drag.
    private record Pressing(Point start, Set<AnnotationId> moving, Set<AnnotationId> onClick)
            implements Gesture {}

    private record Moving(Point start, Set<AnnotationId> moving) implements Gesture {}

    private record Resizing(AnnotationId id, Handle handle) implements Gesture {}

    private record Framing(Point start, Set<AnnotationId> kept) implements Gesture {}

    /// The vertex gesture knows the rest.
    private record Reshaping() implements Gesture {}

    @Override
    public ToolEffect pressed(Point point, Modifiers modifiers, ToolScene scene) {
        grips.forget();
        var only = scene.onlySelected().filter(object -> canChange(object, scene));
        if (only.isPresent() && !modifiers.shift()) {
            if (modifiers.alt()) {
                var changed = vertices.altPressed(only.get(), point, scene);
                if (!changed.equals(ToolEffect.NOTHING)) {
                    return changed;
                }
            } else if (vertices.pressed(only.get(), point, scene.reach())) {
                gesture = new Reshaping();
                return ToolEffect.NOTHING;
            }
            var handle = handleNear(only.get().region(), point, scene.reach());
            if (handle.isPresent()) {
                gesture = new Resizing(only.get().id(), handle.get());
                return ToolEffect.NOTHING;
            }
        }
        vertices.forget();
        var hits = Picking.at(point, scene);
        if (hits.isEmpty()) {
            gesture = new Framing(point, modifiers.shift() ? scene.selection() : Set.of());
            return ToolEffect.NOTHING;
        }
        return press(point, modifiers, scene, hits);
    }

    private ToolEffect press(
            Point point, Modifiers modifiers, ToolScene scene, List<ObjectAnnotation> hits) {
        var top = hits.getFirst().id();
        if (modifiers.shift()) {
            var changed = new HashSet<>(scene.selection());
            if (!changed.remove(top)) {
                changed.add(top);
            }
            gesture = new Pressing(point, changed, changed);
            return new ToolEffect.Select(changed);
        }
        var alreadySelected =
                hits.stream().filter(hit -> scene.selection().contains(hit.id())).findFirst();
        if (modifiers.alt()) {
            int beneath = alreadySelected.map(hits::indexOf).orElse(0) + 1;
            var through = Set.of(hits.get(beneath % hits.size()).id());
            gesture = new Pressing(point, through, through);
            return new ToolEffect.Select(through);
        }
        if (alreadySelected.isPresent()) {
            int next = (hits.indexOf(alreadySelected.get()) + 1) % hits.size();
            gesture = new Pressing(point, scene.selection(), Set.of(hits.get(next).id()));
            return ToolEffect.NOTHING;
        }
        gesture = new Pressing(point, Set.of(top), Set.of(top));
        return new ToolEffect.Select(Set.of(top));
    }

    @Override
    public ToolEffect dragged(Point point, Modifiers modifiers, ToolScene scene) {
        if (gesture instanceof Pressing(var start, var moving, _)
                && start.distanceTo(point) > scene.reach() / 2) {
            gesture = new Moving(start, moving);
        }
        return switch (gesture) {
            case Idle _, Pressing _ -> ToolEffect.NOTHING;
            case Moving(var start, var moving) -> {
                var snapped = moved(start, point, modifiers, moving, scene);
                yield new ToolEffect.Show(
                        Preview.ofMoved(snapped.value()).withGuides(snapped.guides()));
            }
            case Resizing(var id, var handle) ->
                    scene.object(id)
                            .map(object -> showResized(object, handle, point, modifiers, scene))
                            .orElse(ToolEffect.NOTHING);
            case Reshaping _ -> vertices.dragged(point, modifiers, scene);
            case Framing(var start, _) ->
                    new ToolEffect.Show(Preview.ofFrame(Box.between(start, point)));
        };
    }

    private static ToolEffect showResized(
            ObjectAnnotation object,
            Handle handle,
            Point point,
            Modifiers modifiers,
            ToolScene scene) {
        var snapped = resized(object, handle, point, modifiers, scene);
        var box = snapped.value();
        return new ToolEffect.Show(
                Preview.ofMoved(Map.of(object.id(), box))
                        .withGuides(snapped.guides())
                        .withNote(new Preview.Note.Extent(box.width(), box.height())));
    }

    @Override
    public ToolEffect released(Point point, Modifiers modifiers, ToolScene scene) {
        var ended = gesture;
        gesture = new Idle();
        return switch (ended) {
            case Idle _ -> ToolEffect.NOTHING;
            case Pressing(_, _, var onClick) -> new ToolEffect.Select(onClick);
            case Moving(var start, var moving) -> {
                var snapped = moved(start, point, modifiers, moving, scene);
                yield snapped.value().isEmpty()
                        ? new ToolEffect.Refuse(Hint.LOCKED)
                        : Placing.commit(snapped.value(), scene);
            }
            case Resizing(var id, var handle) ->
                    scene.object(id)
                            .map(object -> {
                                var to = resized(object, handle, point, modifiers, scene).value();
                                return Placing.commit(Map.of(id, to), scene);
                            })
                            .orElse(ToolEffect.DISCARD);
            case Reshaping _ -> vertices.released(point, modifiers, scene);
            case Framing(var start, var kept) -> {
                var frame = Box.between(start, point);
                var found = new HashSet<>(kept);
                if (Math.max(frame.width(), frame.height()) > scene.reach()) {
                    found.addAll(Picking.inside(frame, scene));
                }
                yield new ToolEffect.Select(found);
            }
        };
    }

    @Override
    public ToolEffect moved(Point point, ToolScene scene) {
        var only = scene.onlySelected().filter(object -> canChange(object, scene));
        if (only.isPresent()) {
            if (VertexGesture.isGrip(only.get().region(), point, scene.reach())) {
                return new ToolEffect.Cursor(CursorKind.CROSSHAIR);
            }
            var handle = handleNear(only.get().region(), point, scene.reach());
            if (handle.isPresent()) {
                return new ToolEffect.Cursor(handle.get().cursor());
            }
        }
        return new ToolEffect.Cursor(
                Picking.at(point, scene).isEmpty() ? CursorKind.ARROW : CursorKind.MOVE);
    }

    @Override
    public boolean isBusy() {
        return !(gesture instanceof Idle);
    }

    @Override
    public ToolEffect key(ToolKey key, Modifiers modifiers, ToolScene scene) {
        double step = modifiers.shift() ? FAR : 1;
        return switch (key) {
            case CANCEL -> cancel(scene);
            case LEFT -> nudge(-step, 0, modifiers, scene);
            case RIGHT -> nudge(step, 0, modifiers, scene);
            case UP -> nudge(0, -step, modifiers, scene);
            case DOWN -> nudge(0, step, modifiers, scene);
            case DELETE -> vertices.remove(scene);
            case NEXT -> onOnly(scene, object -> grips.step(object, 1));
            case PREVIOUS -> onOnly(scene, object -> grips.step(object, -1));
            case INSERT -> onOnly(scene, object -> grips.insert(object, scene));
            case CONFIRM, BACK, SMALLER, LARGER -> ToolEffect.NOTHING;
        };
    }

    private ToolEffect cancel(ToolScene scene) {
        boolean idle = gesture instanceof Idle && !vertices.isChosen() && !grips.isChosen();
        gesture = new Idle();
        vertices.forget();
        grips.forget();
        if (!idle) {
            return ToolEffect.DISCARD;
        }
        return scene.selection().isEmpty() ? ToolEffect.NOTHING : new ToolEffect.Select(Set.of());
    }

    private ToolEffect onOnly(ToolScene scene, Function<ObjectAnnotation, ToolEffect> action) {
        var only = scene.onlySelected();
        if (only.isEmpty() || !(gesture instanceof Idle)) {
            return ToolEffect.NOTHING;
        }
        return canChange(only.get(), scene)
                ? action.apply(only.get())
                : new ToolEffect.Refuse(Hint.LOCKED);
    }

    private ToolEffect nudge(double dx, double dy, Modifiers modifiers, ToolScene scene) {
        if (!(gesture instanceof Idle) || scene.selection().isEmpty()) {
            return ToolEffect.NOTHING;
        }
        var only = scene.onlySelected().filter(object -> canChange(object, scene));
        if (only.isPresent() && modifiers.alt()) {
            return GripKeys.resize(only.get(), Handle.BOTTOM_RIGHT, dx, dy, scene);
        }
        var held = only.flatMap(object -> grips.move(object, dx, dy, scene));
        if (held.isPresent()) {
            return held.get();
        }
        var movable = movable(scene.selection(), scene);
        return movable.isEmpty()
                ? new ToolEffect.Refuse(Hint.LOCKED)
                : Placing.commit(Placing.shifted(movable, dx, dy, scene.size()), scene);
    }

    private static Snapping.Snapped<Map<AnnotationId, Box>> moved(
            Point start, Point end, Modifiers modifiers, Set<AnnotationId> ids, ToolScene scene) {
        var objects = movable(ids, scene);
        var together = Placing.together(objects);
        if (together.isEmpty()) {
            return new Snapping.Snapped<>(Map.of(), List.of());
        }
        var by =
                new Snapping(scene, ids, modifiers)
                        .offset(together.get(), end.x() - start.x(), end.y() - start.y());
        return new Snapping.Snapped<>(
                Placing.shifted(objects, by.value().x(), by.value().y(), scene.size()),
                by.guides());
    }

    private static List<ObjectAnnotation> movable(Set<AnnotationId> ids, ToolScene scene) {
        return scene.objects(ids).stream().filter(object -> canChange(object, scene)).toList();
    }

    private static boolean canChange(ObjectAnnotation object, ToolScene scene) {
        return !scene.isLocked(object) && !scene.isHidden(object);
    }

    private static Snapping.Snapped<Box> resized(
            ObjectAnnotation object,
            Handle handle,
            Point point,
            Modifiers modifiers,
            ToolScene scene) {
        var bounds = object.region().bounds();
        var snapped = new Snapping(scene, Set.of(object.id()), modifiers).corner(point);
        var box =
                modifiers.shift()
                        ? handle.resizeInProportion(bounds, point, scene.size())
                        : handle.resize(bounds, snapped.value());
        return box.width() < 1 || box.height() < 1
                ? new Snapping.Snapped<>(bounds, List.of())
                : new Snapping.Snapped<>(box, modifiers.shift() ? List.of() : snapped.guides());
    }

    /// A polygon has its vertices, so its bounds are resized by their corners alone.
    private static Optional<Handle> handleNear(Region region, Point point, double reach) {
        return Handle.near(region.bounds(), point, reach)
                .filter(handle -> !VertexGesture.hasVertices(region) || handle.isCorner());
    }

    @Override
    public Preview idle(ToolScene scene) {
        var only = scene.onlySelected().filter(object -> canChange(object, scene));
        if (only.isEmpty()) {
            return Preview.NONE;
        }
        var region = only.get().region();
        boolean outline = VertexGesture.hasVertices(region);
        var shown = new ArrayList<Grip>();
        var held = grips.heldOn(only.get());
        for (var handle : Handle.values()) {
            if (!outline || handle.isCorner()) {
                boolean isHeld = held.equals(Optional.of(handle));
                shown.add(new Grip(handle.on(region.bounds()), GripKind.HANDLE, isHeld));
            }
        }
        shown.addAll(vertices.grips(only.get()));
        return Preview.ofGrips(shown);
    }
}

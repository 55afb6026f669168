package org.palimpsest.ui.canvas.tool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.edit.Edit;
import org.palimpsest.dataset.edit.EditGroup;
import org.palimpsest.dataset.edit.ReplaceAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Point;

/// Selects, moves and resizes objects.
///
/// A click takes the smallest object under the pointer, because the larger ones can be reached beside it; a second
/// click on the same place goes on to the next larger one. Shift adds and takes away. Dragging an object moves all that
/// are selected, dragging a handle resizes, dragging over free space selects what the frame holds. Arrow keys move by
/// one pixel, with Shift by ten.
public final class SelectTool implements Tool {
    private static final double FAR = 10;

    private Gesture gesture = new Idle();

    private sealed interface Gesture {}

    private record Idle() implements Gesture {}

    /// The button is down on an object; it is not clear yet whether it is a click or a drag.
    private record Pressing(Point start, Set<AnnotationId> moving, Set<AnnotationId> onClick)
            implements Gesture {}

    private record Moving(Point start, Set<AnnotationId> moving) implements Gesture {}

    private record Resizing(AnnotationId id, Handle handle) implements Gesture {}

    private record Framing(Point start, Set<AnnotationId> kept) implements Gesture {}

    @Override
    public ToolEffect pressed(Point point, Modifiers modifiers, ToolScene scene) {
        var selected = selected(scene);
        if (selected.size() == 1 && !modifiers.shift()) {
            var object = selected.getFirst();
            var handle = Handle.near(object.region().bounds(), point, scene.reach());
            if (handle.isPresent()) {
                gesture = new Resizing(object.id(), handle.get());
                return ToolEffect.NOTHING;
            }
        }
        var hits = hits(point, scene);
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
                && distance(start, point) > scene.reach() / 2) {
            gesture = new Moving(start, moving);
        }
        return switch (gesture) {
            case Idle _, Pressing _ -> ToolEffect.NOTHING;
            case Moving(var start, var moving) ->
                    new ToolEffect.Show(Preview.ofMoved(moved(start, point, moving, scene)));
            case Resizing(var id, var handle) ->
                    find(id, scene)
                            .<ToolEffect>map(object ->
                                    new ToolEffect.Show(
                                            Preview.ofMoved(
                                                    Map.of(
                                                            id,
                                                            resized(
                                                                    object, handle, point,
                                                                    scene)))))
                            .orElse(ToolEffect.NOTHING);
            case Framing(var start, _) ->
                    new ToolEffect.Show(Preview.ofFrame(Box.between(start, point)));
        };
    }

    @Override
    public ToolEffect released(Point point, Modifiers modifiers, ToolScene scene) {
        var ended = gesture;
        gesture = new Idle();
        return switch (ended) {
            case Idle _ -> ToolEffect.NOTHING;
            case Pressing(_, _, var onClick) -> new ToolEffect.Select(onClick);
            case Moving(var start, var moving) -> commit(moved(start, point, moving, scene), scene);
            case Resizing(var id, var handle) ->
                    find(id, scene)
                            .map(object ->
                                    commit(
                                            Map.of(id, resized(object, handle, point, scene)),
                                            scene))
                            .orElse(ToolEffect.DISCARD);
            case Framing(var start, var kept) -> {
                var frame = Box.between(start, point);
                var found = new HashSet<>(kept);
                if (Math.max(frame.width(), frame.height()) > scene.reach()) {
                    for (var object : scene.objectsIn(frame)) {
                        if (frame.enclosing(object.region().bounds()).equals(frame)) {
                            found.add(object.id());
                        }
                    }
                }
                yield new ToolEffect.Select(found);
            }
        };
    }

    @Override
    public ToolEffect moved(Point point, ToolScene scene) {
        var selected = selected(scene);
        if (selected.size() == 1) {
            var handle = Handle.near(selected.getFirst().region().bounds(), point, scene.reach());
            if (handle.isPresent()) {
                return new ToolEffect.Cursor(handle.get().cursor());
            }
        }
        return new ToolEffect.Cursor(
                hits(point, scene).isEmpty() ? CursorKind.ARROW : CursorKind.MOVE);
    }

    @Override
    public ToolEffect key(ToolKey key, Modifiers modifiers, ToolScene scene) {
        double step = modifiers.shift() ? FAR : 1;
        return switch (key) {
            case CANCEL -> cancel(scene);
            case LEFT -> nudge(-step, 0, scene);
            case RIGHT -> nudge(step, 0, scene);
            case UP -> nudge(0, -step, scene);
            case DOWN -> nudge(0, step, scene);
        };
    }

    private ToolEffect cancel(ToolScene scene) {
        boolean idle = gesture instanceof Idle;
        gesture = new Idle();
        if (!idle) {
            return ToolEffect.DISCARD;
        }
        return scene.selection().isEmpty() ? ToolEffect.NOTHING : new ToolEffect.Select(Set.of());
    }

    private ToolEffect nudge(double dx, double dy, ToolScene scene) {
        if (!(gesture instanceof Idle) || scene.selection().isEmpty()) {
            return ToolEffect.NOTHING;
        }
        return commit(shifted(dx, dy, scene.selection(), scene), scene);
    }

    private static Map<AnnotationId, Box> moved(
            Point start, Point end, Set<AnnotationId> moving, ToolScene scene) {
        return shifted(
                Math.rint(end.x() - start.x()), Math.rint(end.y() - start.y()), moving, scene);
    }

    /// New bounds of all that move together: as far as asked, but not over the image's edge.
    private static Map<AnnotationId, Box> shifted(
            double dx, double dy, Set<AnnotationId> moving, ToolScene scene) {
        var objects = objects(moving, scene);
        var together =
                objects.stream().map(object -> object.region().bounds()).reduce(Box::enclosing);
        var bounds = new LinkedHashMap<AnnotationId, Box>();
        if (together.isPresent()) {
            var all = together.get();
            double x = limit(dx, all.xMin(), all.xMax(), scene.size().width());
            double y = limit(dy, all.yMin(), all.yMax(), scene.size().height());
            for (var object : objects) {
                bounds.put(object.id(), object.region().bounds().translate(x, y));
            }
        }
        return bounds;
    }

    private static double limit(double delta, double low, double high, double end) {
        double least = Math.min(0, -low);
        double most = Math.max(0, end - high);
        return Math.clamp(delta, least, most);
    }

    private static Box resized(
            ObjectAnnotation object, Handle handle, Point point, ToolScene scene) {
        var corner =
                new Point(
                        Math.clamp(Math.rint(point.x()), 0, scene.size().width()),
                        Math.clamp(Math.rint(point.y()), 0, scene.size().height()));
        var bounds = object.region().bounds();
        var box = handle.resize(bounds, corner);
        return box.width() < 1 || box.height() < 1 ? bounds : box;
    }

    private static ToolEffect commit(Map<AnnotationId, Box> bounds, ToolScene scene) {
        var edits = new ArrayList<Edit>();
        for (var object : objects(bounds.keySet(), scene)) {
            var to = Objects.requireNonNull(bounds.get(object.id()));
            if (!to.equals(object.region().bounds())) {
                var changed = scene.reshape(object, Regions.stretch(object.region(), to));
                edits.add(new ReplaceAnnotation(scene.image().image().id(), object, changed));
            }
        }
        return switch (edits.size()) {
            case 0 -> ToolEffect.DISCARD;
            case 1 -> new ToolEffect.Commit(edits.getFirst(), scene.selection(), false);
            default ->
                    new ToolEffect.Commit(
                            new EditGroup("move " + edits.size() + " objects", edits),
                            scene.selection(),
                            false);
        };
    }

    /// What lies under the point, smallest first.
    private static List<ObjectAnnotation> hits(Point point, ToolScene scene) {
        double reach = scene.reach() / 2;
        var near =
                new Box(point.x() - reach, point.y() - reach, point.x() + reach, point.y() + reach);
        return scene.objectsIn(near).stream()
                .filter(object -> Regions.hits(object.region(), point, reach))
                .sorted(Comparator.comparingDouble(object -> object.region().bounds().area()))
                .toList();
    }

    private static List<ObjectAnnotation> selected(ToolScene scene) {
        return scene.selection().isEmpty() ? List.of() : objects(scene.selection(), scene);
    }

    private static List<ObjectAnnotation> objects(Set<AnnotationId> ids, ToolScene scene) {
        return scene.image().objects().stream()
                .filter(object -> ids.contains(object.id()))
                .toList();
    }

    private static Optional<ObjectAnnotation> find(AnnotationId id, ToolScene scene) {
        return objects(Set.of(id), scene).stream().findFirst();
    }

    private static double distance(Point a, Point b) {
        return Math.hypot(a.x() - b.x(), a.y() - b.y());
    }
}

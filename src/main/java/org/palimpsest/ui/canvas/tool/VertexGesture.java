package org.palimpsest.ui.canvas.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.edit.RemoveAnnotations;
import org.palimpsest.dataset.edit.ReplaceAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.MultiPolygon;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Polygon;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Vertices;
import org.palimpsest.geometry.Vertices.Place;
import org.palimpsest.ui.canvas.tool.Preview.Grip;
import org.palimpsest.ui.canvas.tool.Preview.GripKind;

/// Takes hold of a vertex of an outline, or of the middle of an edge, which then becomes a vertex.
///
/// A vertex that was clicked stays chosen until it is removed or something else is pressed.
final class VertexGesture {
    private @Nullable Held held;

    /// @param region with the vertex already inserted, where it is new
    /// @param inserted whether the object itself does not have the vertex yet
    private record Held(
            AnnotationId object, Region region, Place place, Point start, boolean inserted) {}

    static boolean hasVertices(Region region) {
        return switch (region) {
            case Polygon _, MultiPolygon _ -> true;
            case Box _, Mask _ -> false;
        };
    }

    static boolean isGrip(Region region, Point point, double reach) {
        return Vertices.near(region, point, reach).isPresent()
                || Vertices.nearMiddle(region, point, reach / 2).isPresent();
    }

    /// @return whether there is something to take hold of
    boolean pressed(ObjectAnnotation object, Point point, double reach) {
        var region = object.region();
        var vertex = Vertices.near(region, point, reach);
        if (vertex.isPresent()) {
            held = new Held(object.id(), region, vertex.get(), point, false);
            return true;
        }
        var edge = Vertices.nearMiddle(region, point, reach / 2);
        if (edge.isPresent()) {
            var after = edge.get();
            held =
                    new Held(
                            object.id(),
                            Vertices.insert(region, after, point),
                            new Place(after.part(), after.ring(), after.index() + 1),
                            point,
                            true);
            return true;
        }
        return false;
    }

    /// Removes the vertex under the pointer, or puts one into the edge there.
    ToolEffect altPressed(ObjectAnnotation object, Point point, ToolScene scene) {
        held = null;
        var region = object.region();
        var vertex = Vertices.near(region, point, scene.reach());
        if (vertex.isPresent()) {
            held = new Held(object.id(), region, vertex.get(), point, false);
            return remove(scene);
        }
        return Vertices.nearEdge(region, point, scene.reach() / 2)
                .map(edge ->
                        replace(object, Vertices.insert(region, edge.after(), edge.at()), scene))
                .orElse(ToolEffect.NOTHING);
    }

    void forget() {
        held = null;
    }

    boolean isChosen() {
        return held != null;
    }

    ToolEffect dragged(Point point, Modifiers modifiers, ToolScene scene) {
        if (held == null || isClick(held, point, scene)) {
            return ToolEffect.NOTHING;
        }
        var snapped = snapped(held, point, modifiers, scene);
        return new ToolEffect.Show(
                Preview.ofReshaped(
                                held.object(),
                                Vertices.move(held.region(), held.place(), snapped.value()))
                        .withGuides(snapped.guides())
                        .withGrips(List.of(new Grip(snapped.value(), GripKind.VERTEX, true))));
    }

    ToolEffect released(Point point, Modifiers modifiers, ToolScene scene) {
        var ended = held;
        if (ended == null) {
            return ToolEffect.NOTHING;
        }
        if (isClick(ended, point, scene)) {
            held = ended.inserted() ? null : ended;
            return ToolEffect.DISCARD; // The chosen vertex is shown as such.
        }
        held = null;
        var to = snapped(ended, point, modifiers, scene).value();
        return scene.object(ended.object())
                .<ToolEffect>map(object ->
                        replace(object, Vertices.move(ended.region(), ended.place(), to), scene))
                .orElse(ToolEffect.DISCARD);
    }

    /// Removes the chosen vertex, and the object with its last one.
    ToolEffect remove(ToolScene scene) {
        var chosen = held;
        held = null;
        var only = scene.onlySelected();
        if (chosen == null
                || chosen.inserted()
                || only.isEmpty()
                || !only.get().id().equals(chosen.object())
                || !only.get().region().equals(chosen.region())) {
            return ToolEffect.NOTHING;
        }
        var left = Vertices.remove(chosen.region(), chosen.place());
        return left.isPresent()
                ? replace(only.get(), left.get(), scene)
                : new ToolEffect.Commit(
                        RemoveAnnotations.from(scene.image(), Set.of(chosen.object())),
                        Set.of(),
                        false);
    }

    private static ToolEffect replace(ObjectAnnotation object, Region region, ToolScene scene) {
        return new ToolEffect.Commit(
                new ReplaceAnnotation(
                        scene.image().image().id(), object, scene.reshape(object, region)),
                scene.selection(),
                false);
    }

    private static boolean isClick(Held held, Point point, ToolScene scene) {
        return held.start().distanceTo(point) <= scene.reach() / 4;
    }

    private static Snapping.Snapped<Point> snapped(
            Held held, Point point, Modifiers modifiers, ToolScene scene) {
        return new Snapping(scene, Set.of(held.object()), modifiers).vertex(point);
    }

    /// Holds the vertex of this place.
    void hold(ObjectAnnotation object, Place place) {
        var region = object.region();
        held = new Held(object.id(), region, place, Vertices.at(region, place), false);
    }

    /// The vertex of the object that is held; also after the object was changed otherwise, such as by an undo.
    Optional<Place> heldOn(ObjectAnnotation object) {
        var now = held;
        if (now == null || now.inserted() || !now.object().equals(object.id())) {
            return Optional.empty();
        }
        return places(object.region()).stream().filter(now.place()::equals).findFirst();
    }

    static List<Place> places(Region region) {
        var places = new ArrayList<Place>();
        Vertices.forEach(region, (place, _) -> places.add(place));
        return places;
    }

    /// Moves the vertex that is held, and goes on holding it.
    ToolEffect move(ObjectAnnotation object, Place place, double dx, double dy, ToolScene scene) {
        var at = Vertices.at(object.region(), place);
        var to =
                new Point(
                        Math.clamp(at.x() + dx, 0, scene.size().width()),
                        Math.clamp(at.y() + dy, 0, scene.size().height()));
        var region = Vertices.move(object.region(), place, to);
        held = new Held(object.id(), region, place, to, false);
        return to.equals(at) ? ToolEffect.DISCARD : replace(object, region, scene);
    }

    /// Puts a vertex into the middle of the edge that begins at the one that is held, and holds the new one.
    ToolEffect insertAfter(ObjectAnnotation object, Place place, ToolScene scene) {
        var middles = new ArrayList<Point>();
        Vertices.forEachEdge(
                object.region(),
                (begin, middle) -> {
                    if (begin.equals(place)) {
                        middles.add(middle);
                    }
                });
        var region = Vertices.insert(object.region(), place, middles.getFirst());
        var inserted = new Place(place.part(), place.ring(), place.index() + 1);
        held = new Held(object.id(), region, inserted, middles.getFirst(), false);
        return replace(object, region, scene);
    }

    List<Grip> grips(ObjectAnnotation object) {
        var grips = new ArrayList<Grip>();
        Vertices.forEachEdge(object.region(), (_, at) -> grips.add(new Grip(at, GripKind.EDGE)));
        Vertices.forEach(
                object.region(),
                (place, at) ->
                        grips.add(
                                new Grip(
                                        at,
                                        GripKind.VERTEX,
                                        held != null
                                                && held.object().equals(object.id())
                                                && held.place().equals(place))));
        return grips;
    }
}

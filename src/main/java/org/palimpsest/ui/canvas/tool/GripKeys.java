package org.palimpsest.ui.canvas.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ObjectAnnotation;

/// Resizes and reshapes by keys: takes hold of the handles of a box, or of the vertices and corners of an outline, one
/// after the other, and moves what is held.
final class GripKeys {
    private final VertexGesture vertices;
    private @Nullable Held held;

    private record Held(AnnotationId object, Handle handle) {}

    GripKeys(VertexGesture vertices) {
        this.vertices = vertices;
    }

    void forget() {
        held = null;
    }

    boolean isChosen() {
        return held != null;
    }

    /// The handle of the object that is held.
    Optional<Handle> heldOn(ObjectAnnotation object) {
        var now = held;
        return now != null && now.object().equals(object.id())
                ? Optional.of(now.handle())
                : Optional.empty();
    }

    /// Takes hold of the next grip, or of the one before; the last one is followed by the first one.
    ToolEffect step(ObjectAnnotation object, int by) {
        var places = VertexGesture.places(object.region());
        var handles = handles(object);
        int count = places.size() + handles.size();
        int now = vertices.heldOn(object).map(places::indexOf).orElse(-1);
        var handle = heldOn(object);
        if (now < 0 && handle.isPresent()) {
            now = places.size() + handles.indexOf(handle.get());
        }
        int next = now < 0 ? (by > 0 ? 0 : count - 1) : Math.floorMod(now + by, count);
        if (next < places.size()) {
            held = null;
            vertices.hold(object, places.get(next));
        } else {
            vertices.forget();
            held = new Held(object.id(), handles.get(next - places.size()));
        }
        return ToolEffect.DISCARD; // What is held is shown as such.
    }

    private static List<Handle> handles(ObjectAnnotation object) {
        boolean outline = VertexGesture.hasVertices(object.region());
        var handles = new ArrayList<Handle>();
        for (var handle : Handle.values()) {
            if (!outline || handle.isCorner()) {
                handles.add(handle);
            }
        }
        return handles;
    }

    /// Moves what is held of the object; empty where nothing is.
    Optional<ToolEffect> move(ObjectAnnotation object, double dx, double dy, ToolScene scene) {
        var vertex = vertices.heldOn(object);
        if (vertex.isPresent()) {
            return Optional.of(vertices.move(object, vertex.get(), dx, dy, scene));
        }
        return heldOn(object).map(handle -> resize(object, handle, dx, dy, scene));
    }

    static ToolEffect resize(
            ObjectAnnotation object, Handle handle, double dx, double dy, ToolScene scene) {
        var bounds = handle.nudge(object.region().bounds(), dx, dy, scene.size());
        return Placing.commit(Map.of(object.id(), bounds), scene);
    }

    /// Puts a vertex behind the one that is held, or behind the first one.
    ToolEffect insert(ObjectAnnotation object, ToolScene scene) {
        var places = VertexGesture.places(object.region());
        if (places.isEmpty()) {
            return ToolEffect.NOTHING;
        }
        held = null;
        return vertices.insertAfter(
                object, vertices.heldOn(object).orElse(places.getFirst()), scene);
    }
}

package org.palimpsest.ui.canvas.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Vertices;
import org.palimpsest.ui.canvas.tool.Preview.Guide;

/// Lets what is drawn or moved stick to the image's edges and to shapes nearby, horizontally and vertically by
/// themselves. Where nothing is near, box coordinates are whole pixels.
final class Snapping {
    private final ToolScene scene;
    private final Set<AnnotationId> without;
    private final double reach;
    private final boolean on;

    /// @param without objects that are being changed, which do not stick to themselves
    Snapping(ToolScene scene, Set<AnnotationId> without, Modifiers modifiers) {
        this.scene = scene;
        this.without = without;
        this.reach = scene.reach() / 2;
        this.on = scene.settings().snapping() && !modifiers.control();
    }

    /// @param guides the lines that something sticks to
    record Snapped<T>(T value, List<Guide> guides) {}

    /// A box's corner: on an edge nearby, else on a whole pixel; always within the image.
    Snapped<Point> corner(Point point) {
        var near = edgesNear(new Box(point.x(), point.y(), point.x(), point.y()));
        var across = new Line(near.acrosses());
        var down = new Line(near.downs());
        if (on) {
            across.offer(point.x());
            down.offer(point.y());
        }
        var at =
                new Point(
                        across.found()
                                ? across.to()
                                : Math.clamp(Math.rint(point.x()), 0, scene.size().width()),
                        down.found()
                                ? down.to()
                                : Math.clamp(Math.rint(point.y()), 0, scene.size().height()));
        return new Snapped<>(at, guides(across, down));
    }

    /// An outline's vertex: on another outline's vertex or an edge nearby, else where it is in tenths of a pixel.
    Snapped<Point> vertex(Point point) {
        if (on) {
            for (var object : others(new Box(point.x(), point.y(), point.x(), point.y()))) {
                var vertex = Vertices.near(object.region(), point, reach);
                if (vertex.isPresent()) {
                    return new Snapped<>(Vertices.at(object.region(), vertex.get()), List.of());
                }
            }
            var corner = corner(point);
            if (!corner.guides().isEmpty()) {
                boolean across = corner.guides().stream().anyMatch(Snapping::isUpright);
                boolean down = corner.guides().stream().anyMatch(guide -> !isUpright(guide));
                var free = free(point);
                return new Snapped<>(
                        new Point(
                                across ? corner.value().x() : free.x(),
                                down ? corner.value().y() : free.y()),
                        corner.guides());
            }
        }
        return new Snapped<>(free(point), List.of());
    }

    private static boolean isUpright(Guide guide) {
        return guide.from().x() == guide.to().x();
    }

    private Point free(Point point) {
        return new Point(
                Math.clamp(Math.rint(point.x() * 10) / 10, 0, scene.size().width()),
                Math.clamp(Math.rint(point.y() * 10) / 10, 0, scene.size().height()));
    }

    /// How far a moved box goes: so that one of its sides is on an edge nearby, else by whole pixels.
    Snapped<Point> offset(Box box, double deltaX, double deltaY) {
        var moved = box.translate(deltaX, deltaY);
        var near = edgesNear(moved);
        var across = new Line(near.acrosses());
        var down = new Line(near.downs());
        if (on) {
            across.offer(moved.xMin());
            across.offer(moved.xMax());
            down.offer(moved.yMin());
            down.offer(moved.yMax());
        }
        var by =
                new Point(
                        across.found() ? deltaX + across.gap() : Math.rint(deltaX),
                        down.found() ? deltaY + down.gap() : Math.rint(deltaY));
        return new Snapped<>(by, guides(across, down));
    }

    private record Edges(List<Double> acrosses, List<Double> downs) {}

    private Edges edgesNear(Box area) {
        var edges = new Edges(new ArrayList<>(), new ArrayList<>());
        if (on) {
            edges.acrosses().addAll(List.of(0.0, (double) scene.size().width()));
            edges.downs().addAll(List.of(0.0, (double) scene.size().height()));
            for (var object : others(area)) {
                var bounds = object.region().bounds();
                edges.acrosses().addAll(List.of(bounds.xMin(), bounds.xMax()));
                edges.downs().addAll(List.of(bounds.yMin(), bounds.yMax()));
            }
        }
        return edges;
    }

    private List<ObjectAnnotation> others(Box area) {
        return scene
                .objectsIn(
                        new Box(
                                area.xMin() - reach,
                                area.yMin() - reach,
                                area.xMax() + reach,
                                area.yMax() + reach))
                .stream()
                .filter(object -> !without.contains(object.id()) && !scene.isHidden(object))
                .toList();
    }

    private List<Guide> guides(Line across, Line down) {
        var guides = new ArrayList<Guide>();
        if (across.found()) {
            guides.add(
                    new Guide(
                            new Point(across.to(), 0),
                            new Point(across.to(), scene.size().height())));
        }
        if (down.found()) {
            guides.add(
                    new Guide(new Point(0, down.to()), new Point(scene.size().width(), down.to())));
        }
        return guides;
    }

    /// The edge of one direction that is nearest to any coordinate offered.
    private final class Line {
        private final List<Double> edges;
        private double gap = Double.NaN;
        private double to;

        Line(List<Double> edges) {
            this.edges = edges;
        }

        void offer(double coordinate) {
            for (double edge : edges) {
                double distance = Math.abs(edge - coordinate);
                if (distance <= reach && !(distance >= Math.abs(gap))) {
                    gap = edge - coordinate;
                    to = edge;
                }
            }
        }

        boolean found() {
            return !Double.isNaN(gap);
        }

        double gap() {
            return gap;
        }

        double to() {
            return to;
        }
    }
}

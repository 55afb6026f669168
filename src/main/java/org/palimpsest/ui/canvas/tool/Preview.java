package org.palimpsest.ui.canvas.tool;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Region;

/// What a tool shows on top of the image, in image pixels: a gesture that is under way, or what can be taken hold of.
///
/// @param moved objects that are shown as if they filled other bounds than they do
/// @param reshaped objects that are shown with another region than they have
/// @param drawn a new region
/// @param path an open line: corners that were set, the last one at the pointer
/// @param grips what can be taken hold of
/// @param frame a frame around what shall be selected or asked about
/// @param guides lines that the gesture snapped to
/// @param brush where paint is put on or taken off
/// @param note figures beside the pointer
public record Preview(
        Map<AnnotationId, Box> moved,
        Map<AnnotationId, Region> reshaped,
        Optional<Region> drawn,
        List<Point> path,
        List<Grip> grips,
        Optional<Box> frame,
        List<Guide> guides,
        Optional<Brush> brush,
        Optional<Note> note) {

    public static final Preview NONE =
            new Preview(
                    Map.of(),
                    Map.of(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty());

    public Preview {
        moved = Map.copyOf(moved);
        reshaped = Map.copyOf(reshaped);
        path = List.copyOf(path);
        grips = List.copyOf(grips);
        guides = List.copyOf(guides);
    }

    /// A small mark that can be dragged.
    ///
    /// @param active whether the pointer is on it or holds it
    public record Grip(Point at, GripKind kind, boolean active) {
        public Grip(Point at, GripKind kind) {
            this(at, kind, false);
        }
    }

    /// What dragging a [Grip] does.
    public enum GripKind {
        /// Resizes by a corner or side.
        HANDLE,
        /// Moves a vertex.
        VERTEX,
        /// Makes a new vertex in the middle of an edge.
        EDGE,
        /// Closes the outline that is being drawn.
        START
    }

    /// A straight line that something was aligned with.
    public record Guide(Point from, Point to) {}

    /// A round brush and the way it went; a way of one point is the brush at rest.
    ///
    /// @param path centres, at least one, the last one at the pointer
    public record Brush(List<Point> path, double radius, boolean erasing) {
        public Brush {
            path = List.copyOf(path);
            if (path.isEmpty() || !(radius > 0)) {
                throw new IllegalArgumentException(
                        "No brush of radius " + radius + " at " + path.size() + " points");
            }
        }

        public Point at() {
            return path.getLast();
        }
    }

    /// Figures that a gesture shows while it goes on; the painter words them.
    public sealed interface Note {

        /// Width and height of what is drawn.
        record Extent(double width, double height) implements Note {}

        /// A measured distance.
        ///
        /// @param degrees from 0 up to 360, 0 to the right, 90 upwards
        record Length(double pixels, double degrees) implements Note {}

        /// How many vertices an outline has, and would have.
        record Vertices(int before, int after) implements Note {}

        /// How far colours may differ from the one under the pointer, and how many pixels that gives.
        record Tolerance(int value, long pixels) implements Note {}
    }

    public static Preview ofMoved(Map<AnnotationId, Box> moved) {
        return new Preview(
                moved,
                NONE.reshaped,
                NONE.drawn,
                NONE.path,
                NONE.grips,
                NONE.frame,
                NONE.guides,
                NONE.brush,
                NONE.note);
    }

    public static Preview ofReshaped(AnnotationId id, Region region) {
        return new Preview(
                NONE.moved,
                Map.of(id, region),
                NONE.drawn,
                NONE.path,
                NONE.grips,
                NONE.frame,
                NONE.guides,
                NONE.brush,
                NONE.note);
    }

    /// A new region; a box with its width and height.
    public static Preview ofDrawn(Region region) {
        Optional<Note> extent =
                region instanceof Box box
                        ? Optional.of(new Note.Extent(box.width(), box.height()))
                        : Optional.empty();
        return new Preview(
                NONE.moved,
                NONE.reshaped,
                Optional.of(region),
                NONE.path,
                NONE.grips,
                NONE.frame,
                NONE.guides,
                NONE.brush,
                extent);
    }

    public static Preview ofPath(List<Point> path) {
        return new Preview(
                NONE.moved,
                NONE.reshaped,
                NONE.drawn,
                path,
                NONE.grips,
                NONE.frame,
                NONE.guides,
                NONE.brush,
                NONE.note);
    }

    public static Preview ofGrips(List<Grip> grips) {
        return NONE.withGrips(grips);
    }

    public static Preview ofFrame(Box frame) {
        return new Preview(
                NONE.moved,
                NONE.reshaped,
                NONE.drawn,
                NONE.path,
                NONE.grips,
                Optional.of(frame),
                NONE.guides,
                NONE.brush,
                NONE.note);
    }

    public static Preview ofBrush(Brush brush) {
        return new Preview(
                NONE.moved,
                NONE.reshaped,
                NONE.drawn,
                NONE.path,
                NONE.grips,
                NONE.frame,
                NONE.guides,
                Optional.of(brush),
                NONE.note);
    }

    public Preview withGrips(List<Grip> changed) {
        return new Preview(moved, reshaped, drawn, path, changed, frame, guides, brush, note);
    }

    public Preview withGuides(List<Guide> changed) {
        return new Preview(moved, reshaped, drawn, path, grips, frame, changed, brush, note);
    }

    public Preview withNote(Note changed) {
        return new Preview(
                moved, reshaped, drawn, path, grips, frame, guides, brush, Optional.of(changed));
    }
}

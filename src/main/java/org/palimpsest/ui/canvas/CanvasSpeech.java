package org.palimpsest.ui.canvas;

import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.edit.Reviews;
import org.palimpsest.geometry.Point;
import org.palimpsest.ui.canvas.tool.Preview;
import org.palimpsest.ui.support.Texts;
import org.palimpsest.ui.support.Workspace;

/// Says in words what the canvas shows: the crosshair that keys move, the selected object with its place and size, else the
/// image with what is on it.
final class CanvasSpeech {
    private CanvasSpeech() {}

    /// The words of the moment.
    static StringBinding of(CanvasViewModel canvas) {
        var workspace = canvas.workspace();
        return Bindings.createStringBinding(
                () -> words(canvas),
                canvas.crosshairProperty(),
                canvas.toolProperty(),
                canvas.previewProperty(),
                canvas.display().shapesProperty(),
                canvas.display().arrivingProperty(),
                canvas.loadingProperty(),
                canvas.problemProperty(),
                canvas.pictureProperty(),
                workspace.selectionProperty(),
                workspace.currentProperty());
    }

    private static String words(CanvasViewModel canvas) {
        var problem = canvas.problemProperty().get();
        if (problem.isPresent()) {
            return problem.get().summary();
        }
        if (canvas.loadingProperty().get()) {
            return Texts.get("access.canvas.loading");
        }
        var image = canvas.shownImage();
        var crosshair = canvas.crosshairProperty().get();
        if (image.isEmpty()) {
            return Texts.get("access.canvas.none");
        }
        return crosshair
                .map(at -> crosshair(at, canvas))
                .or(() -> selection(image.get(), canvas.workspace()))
                .orElseGet(() -> image(image.get()));
    }

    private static String crosshair(Point at, CanvasViewModel canvas) {
        var note = canvas.previewProperty().get().note();
        return note.isPresent() && note.get() instanceof Preview.Note.Extent(var width, var height)
                ? Texts.get("access.canvas.drawing", at.x(), at.y(), width, height)
                : Texts.get("access.canvas.crosshair", at.x(), at.y());
    }

    private static Optional<String> selection(AnnotatedImage image, Workspace workspace) {
        var selected = workspace.selection();
        var objects = image.objects().stream().filter(one -> selected.contains(one.id())).toList();
        return switch (objects.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(object(objects.getFirst(), image));
            default -> Optional.of(Texts.get("access.canvas.selected", objects.size()));
        };
    }

    private static String object(ObjectAnnotation object, AnnotatedImage image) {
        var bounds = object.region().bounds();
        return Texts.get(
                "access.canvas.object",
                object.label(),
                state(object),
                bounds.xMin(),
                bounds.yMin(),
                bounds.width(),
                bounds.height(),
                image.objects().indexOf(object) + 1,
                image.objects().size());
    }

    private static String state(ObjectAnnotation object) {
        if (object.review() == ReviewState.REJECTED) {
            return Texts.get("access.state.rejected");
        }
        return Texts.get(
                Reviews.isWaiting(object) ? "access.state.waiting" : "access.state.accepted");
    }

    private static String image(AnnotatedImage image) {
        var size = image.image().size();
        long waiting = image.objects().stream().filter(Reviews::isWaiting).count();
        return Texts.get(
                "access.canvas.image",
                image.image().file().getFileName(),
                size.width(),
                size.height(),
                image.objects().size(),
                waiting);
    }
}

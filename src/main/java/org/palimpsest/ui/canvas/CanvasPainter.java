package org.palimpsest.ui.canvas;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.animation.Animation;
import javafx.animation.PauseTransition;
import javafx.application.ConditionalFeature;
import javafx.application.Platform;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.util.Duration;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Region;
import org.palimpsest.ui.canvas.ShapeIndex.Shape;
import org.palimpsest.ui.canvas.TagPainter.Tag;
import org.palimpsest.ui.canvas.tool.Preview;

/// Draws a frame of the canvas: the picture, the layer of shapes over it, on top what is selected or being changed, the
/// tags, and what the gesture shows.
///
/// Confined to the JavaFX thread.
final class CanvasPainter {
    /// With more objects selected they are drawn in the layer, as the others are.
    private static final int MOST_LIVE = 300;

    /// With more objects in sight none bears a tag.
    private static final int MOST_TAGGED = 5_000;

    private static final int MOST_TAGS = 200;

    /// While the view moves in software, where a hundred tags take two milliseconds.
    private static final int MOST_TAGS_MOVING = 60;

    private static final Color MUTED = Color.web("#3a4048");
    private static final double NARROWEST_TAGGED = 14;

    /// So long after the last move the view counts as at rest.
    private static final Duration REST = Duration.millis(100);

    private final CanvasViewModel viewModel;
    private final Runnable redraw;
    private final PicturePainter picture;
    private final ShapeLayer layer;
    private final LivePainter live;
    private final TagPainter tags = new TagPainter();
    private final PreviewPainter previews;
    private final GraphicsContext gc;
    private final PauseTransition settling = new PauseTransition(REST);
    private final boolean isHardware = Platform.isSupported(ConditionalFeature.SCENE3D);
    private ShapeIndex.Change pending;
    private boolean looksPending = true;
    private double lastUnit;
    private Set<AnnotationId> changing = Set.of();
    private List<Shape> onTop = List.of();
    private Optional<AnnotationId> hovered = Optional.empty();

    CanvasPainter(CanvasViewModel viewModel, Canvas canvas, Runnable redraw) {
        this.viewModel = viewModel;
        this.redraw = redraw;
        this.gc = canvas.getGraphicsContext2D();
        var tasks = viewModel.display().tasks();
        this.picture = new PicturePainter(tasks, redraw);
        this.layer = new ShapeLayer(tasks, redraw);
        this.live = new LivePainter(gc);
        this.previews = new PreviewPainter(gc, live, tags);
        this.pending = ShapeIndex.Change.anew(viewModel.shapes());
        settling.setOnFinished(_ -> redraw.run());
    }

    /// The view moved: until it rests, speed counts for more than smoothness.
    void viewMoved() {
        settling.playFromStart();
        redraw.run();
    }

    /// The picture, or how bright it is shown, changed.
    void pictureChanged() {
        picture.use(viewModel.pictureProperty().get(), viewModel.display().toneProperty().get());
        redraw.run();
    }

    /// Objects were edited; or another image is shown.
    void shapesChanged(ShapeIndex.Change change) {
        pending = pending.then(change);
        looksPending = true;
        redraw.run();
    }

    /// Draws tags so many times their usual size.
    void scaleTags(double times) {
        tags.setScale(times);
    }

    /// What is selected or hidden, or a colour, changed.
    void looksChanged() {
        looksPending = true;
        redraw.run();
    }

    /// A gesture shows something else. In software it moves as fast as the view does.
    void previewChanged(Preview preview) {
        var ids = new HashSet<AnnotationId>(preview.moved().keySet());
        ids.addAll(preview.reshaped().keySet());
        if (!changing.equals(ids)) {
            changing = ids;
            looksPending = true;
        }
        if (!isHardware) {
            settling.playFromStart();
        }
        redraw.run();
    }

    /// What happened since the last frame is one change.
    private void takePending() {
        double unit = unit();
        if (!looksPending && unit == lastUnit) {
            return;
        }
        looksPending = false;
        lastUnit = unit;
        var display = viewModel.display();
        var live = new HashSet<AnnotationId>(changing);
        Set<AnnotationId> selected = viewModel.selection();
        Set<AnnotationId> marked = Set.of();
        if (selected.size() <= MOST_LIVE) {
            live.addAll(selected);
        } else {
            marked = selected;
        }
        onTop = pending.index().find(live);
        var leftOut = new HashSet<AnnotationId>(display.hiddenProperty().get());
        leftOut.addAll(live);
        layer.use(
                pending,
                new ShapeLooks(
                        viewModel.colors(),
                        leftOut,
                        marked,
                        display.rejectedShownProperty().get(),
                        unit));
        pending = new ShapeIndex.Change(pending.index(), List.of(), List.of(), false);
    }

    /// The pointer is on this object, or on none.
    void hover(Optional<AnnotationId> object) {
        if (!hovered.equals(object)) {
            hovered = object;
            redraw.run();
        }
    }

    private double unit() {
        var scene = gc.getCanvas().getScene();
        return scene == null || scene.getWindow() == null ? 1 : scene.getWindow().getRenderScaleX();
    }

    PicturePainter picture() {
        return picture;
    }

    void paint() {
        var canvas = gc.getCanvas();
        gc.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        var shown = viewModel.pictureProperty().get();
        if (shown == null) {
            return;
        }
        boolean moving = settling.getStatus() == Animation.Status.RUNNING;
        var frame =
                Frame.of(
                        viewModel.camera().viewport(),
                        canvas.getWidth(),
                        canvas.getHeight(),
                        unit(),
                        isHardware || !moving);
        picture.paint(gc, frame);
        picture.paintGrid(gc, frame);
        if (viewModel.shownImage().isPresent()) {
            takePending();
            layer.paint(gc, frame, moving);
            paintOnTop(frame);
            previews.paint(viewModel.previewProperty().get(), frame, shown.grid().size());
        }
    }

    private void paintOnTop(Frame frame) {
        live.begin(frame);
        var preview = viewModel.previewProperty().get();
        var display = viewModel.display();
        for (var shape : onTop) {
            if (display.isShown(shape.object())) {
                var region = region(shape, preview);
                live.paintSelected(
                        region,
                        bounds(shape, preview),
                        color(shape.object()),
                        ShapeLooks.isPrediction(shape.object()));
            }
        }
        for (var object : display.arrivingProperty().get()) {
            live.paintArriving(object, color(object));
        }
        paintSpreads();
        if (display.tagsShownProperty().get()) {
            paintTags(frame, preview);
        }
    }

    private void paintSpreads() {
        var spreads = viewModel.display().spreadsProperty().get();
        if (spreads.isEmpty()) {
            return;
        }
        var ids = new HashSet<>(viewModel.selection());
        hovered.ifPresent(ids::add);
        ids.retainAll(spreads.keySet());
        for (var shape : viewModel.shapes().find(ids)) {
            var spread = spreads.get(shape.object().id());
            if (spread != null && ShapeLooks.isPrediction(shape.object())) {
                live.paintSpread(shape.bounds(), spread, color(shape.object()));
            }
        }
    }

    private static Region region(Shape shape, Preview preview) {
        return preview.reshaped().getOrDefault(shape.object().id(), shape.object().region());
    }

    private static Box bounds(Shape shape, Preview preview) {
        var moved = preview.moved().get(shape.object().id());
        if (moved != null) {
            return moved;
        }
        var reshaped = preview.reshaped().get(shape.object().id());
        return reshaped == null ? shape.bounds() : reshaped.bounds();
    }

    private Color color(ObjectAnnotation object) {
        return live.color(ShapeLooks.rgb(viewModel.colors(), object.label()));
    }

    /// What lies on top is labelled first; the others as far as there is room.
    private void paintTags(Frame frame, Preview preview) {
        var layout =
                new TagLayout(
                        frame.width() / frame.unit(),
                        frame.height() / frame.unit(),
                        frame.smooth() ? MOST_TAGS : MOST_TAGS_MOVING);
        var placed = new ArrayList<Runnable>();
        var first = new HashMap<AnnotationId, Box>();
        for (var shape : onTop.reversed()) {
            var bounds = bounds(shape, preview);
            first.put(shape.object().id(), bounds);
            place(layout, shape.object(), bounds, frame, placed);
        }
        for (var object : viewModel.display().arrivingProperty().get()) {
            place(layout, object, object.region().bounds(), frame, placed);
        }
        placeOthers(layout, frame, first, placed);
        placed.reversed().forEach(Runnable::run);
    }

    private void placeOthers(
            TagLayout layout, Frame frame, Map<AnnotationId, Box> first, List<Runnable> placed) {
        var shapes = viewModel.shapes();
        if (shapes.hasMoreThan(MOST_TAGGED, frame.visible())) {
            return;
        }
        var inSight = shapes.shapesIn(frame.visible());
        for (int i = inSight.size() - 1; i >= 0 && !layout.isFull(); i--) {
            var shape = inSight.get(i);
            if (shape.bounds().width() * frame.zoom() >= NARROWEST_TAGGED
                    && !first.containsKey(shape.object().id())
                    && viewModel.display().isShown(shape.object())) {
                place(layout, shape.object(), shape.bounds(), frame, placed);
            }
        }
    }

    private void place(
            TagLayout layout,
            ObjectAnnotation object,
            Box bounds,
            Frame frame,
            List<Runnable> placed) {
        boolean locked = viewModel.display().lockedProperty().get().contains(object.id());
        Tag tag = tags.tag(object.label(), object.provenance().score(), locked, bounds, frame);
        if (layout.take(tag.x(), tag.y(), tag.width(), tags.height())) {
            var color = object.review() == ReviewState.REJECTED ? MUTED : color(object);
            placed.add(() -> tags.paint(gc, tag, color));
        }
    }
}

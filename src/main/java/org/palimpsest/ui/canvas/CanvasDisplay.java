package org.palimpsest.ui.canvas;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.geometry.Size;
import org.palimpsest.imaging.TilePyramid;
import org.palimpsest.imaging.TileSource;
import org.palimpsest.imaging.ToneCurve;
import org.palimpsest.ui.command.Command;
import org.palimpsest.ui.command.Commands;
import org.palimpsest.ui.support.PictureStore;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Workspace;

/// What the canvas shows besides gestures: the picture and the view of it, the objects, and what of them is to be seen.
///
/// Confined to the interface's thread.
public final class CanvasDisplay {
    private static final int AHEAD = 2;

    private final Workspace workspace;
    private final PictureStore store;
    private final TaskRunner tasks;
    private final ShownPicture picture;
    private final Camera camera = new Camera();
    private final ReadOnlyObjectWrapper<ShapeIndex.Change> shapes =
            new ReadOnlyObjectWrapper<>(nothing());
    private final ObjectProperty<Set<AnnotationId>> hidden = new SimpleObjectProperty<>(Set.of());
    private final ObjectProperty<Set<AnnotationId>> locked = new SimpleObjectProperty<>(Set.of());
    private final ObjectProperty<Map<AnnotationId, EdgeSpread>> spreads =
            new SimpleObjectProperty<>(Map.of());
    private final ObjectProperty<List<ObjectAnnotation>> arriving =
            new SimpleObjectProperty<>(List.of());
    private final ObjectProperty<ToneCurve> tone = new SimpleObjectProperty<>(ToneCurve.NONE);
    private final BooleanProperty rejectedShown = new SimpleBooleanProperty();
    private final BooleanProperty tagsShown = new SimpleBooleanProperty(true);
    private final BooleanProperty overviewShown = new SimpleBooleanProperty();
    private final BooleanProperty toneShown = new SimpleBooleanProperty();
    private long lastFrameNanos;
    private Optional<ImageId> indexed = Optional.empty();
    private Optional<ImageId> pictured = Optional.empty();

    public CanvasDisplay(
            Workspace workspace, PictureStore store, TaskRunner tasks, Commands commands) {
        this.workspace = workspace;
        this.store = store;
        this.tasks = tasks;
        this.picture = new ShownPicture(store, tasks);
        workspace.currentProperty().addListener((_, _, image) -> index(image));
        picture.pictureProperty().addListener((_, _, shown) -> fit(shown));
        index(workspace.current());
        commands.on(Command.FIT, camera::fit);
        commands.on(Command.ACTUAL_SIZE, camera::actualSize);
        commands.on(Command.ZOOM_IN, camera::zoomIn);
        commands.on(Command.ZOOM_OUT, camera::zoomOut);
        commands.on(Command.KEEP_VIEW, () -> toggle(camera.keepViewProperty()));
        commands.on(Command.OVERVIEW, () -> toggle(overviewShown));
        commands.on(Command.ADJUST_PICTURE, () -> toggle(toneShown));
        commands.on(Command.SHOW_REJECTED, () -> toggle(rejectedShown));
        commands.on(Command.SHOW_TAGS, () -> toggle(tagsShown));
    }

    private static void toggle(BooleanProperty property) {
        property.set(!property.get());
    }

    private static ShapeIndex.Change nothing() {
        return ShapeIndex.Change.anew(ShapeIndex.of(List.of(), new Size(1, 1)));
    }

    /// Another image is on the screen, or none.
    void show(@Nullable ImageEntry image) {
        pictured = Optional.ofNullable(image).map(ImageEntry::id);
        arriving.set(List.of());
        picture.show(image);
        if (image != null) {
            store.prefetch(neighbours(image));
        }
    }

    /// The next images of the list and the one before: those that will be asked for.
    private List<ImageEntry> neighbours(ImageEntry image) {
        var lines = workspace.images().lines();
        int index = workspace.images().indexOf(image.id());
        if (index < 0) {
            return List.of();
        }
        var near = new ArrayList<ImageEntry>();
        for (int i = 1; i <= AHEAD && index + i < lines.size(); i++) {
            near.add(lines.get(index + i).image());
        }
        if (index > 0) {
            near.add(lines.get(index - 1).image());
        }
        return near;
    }

    private void fit(@Nullable TileSource shown) {
        if (shown != null) {
            pictured.ifPresent(id -> camera.show(id, shown.grid().size()));
        }
    }

    private void index(@Nullable AnnotatedImage image) {
        if (image == null) {
            indexed = Optional.empty();
            shapes.set(nothing());
        } else if (indexed.equals(Optional.of(image.image().id()))) {
            shapes.set(shapes.get().index().next(image.annotations()));
        } else {
            indexed = Optional.of(image.image().id());
            var anew = ShapeIndex.of(image.annotations(), image.image().size());
            shapes.set(ShapeIndex.Change.anew(anew));
        }
    }

    /// Whether the object is to be seen, and so can be taken hold of.
    public boolean isShown(ObjectAnnotation object) {
        return (rejectedShown.get() || object.review() != ReviewState.REJECTED)
                && !hidden.get().contains(object.id());
    }

    TaskRunner tasks() {
        return tasks;
    }

    ShownPicture picture() {
        return picture;
    }

    /// Whether all of the picture can be seen, also of a large one.
    public boolean isPictureComplete() {
        return picture.pictureProperty().get() != null
                && !(picture.pictureProperty().get() instanceof TilePyramid pyramid
                        && !pyramid.isComplete());
    }

    /// How long the JavaFX thread drew the last frame, for measurements.
    public long lastFrameNanos() {
        return lastFrameNanos;
    }

    void frameTook(long nanos) {
        lastFrameNanos = nanos;
    }

    /// Which part of the picture is shown.
    public Camera camera() {
        return camera;
    }

    ShapeIndex shapes() {
        return shapes.get().index();
    }

    /// The objects of the image and what changed with the last edit.
    ReadOnlyObjectProperty<ShapeIndex.Change> shapesProperty() {
        return shapes.getReadOnlyProperty();
    }

    /// Objects that are not drawn.
    public ObjectProperty<Set<AnnotationId>> hiddenProperty() {
        return hidden;
    }

    /// Objects that show a lock.
    public ObjectProperty<Set<AnnotationId>> lockedProperty() {
        return locked;
    }

    /// How sure the model was of the edges, drawn on a predicted box that is selected or under the pointer.
    public ObjectProperty<Map<AnnotationId, EdgeSpread>> spreadsProperty() {
        return spreads;
    }

    /// Objects that the model has named while it is still writing its answer.
    public ObjectProperty<List<ObjectAnnotation>> arrivingProperty() {
        return arriving;
    }

    /// How bright the picture is shown.
    public ObjectProperty<ToneCurve> toneProperty() {
        return tone;
    }

    /// Whether rejected objects are drawn.
    public BooleanProperty rejectedShownProperty() {
        return rejectedShown;
    }

    /// Whether objects bear their labels.
    public BooleanProperty tagsShownProperty() {
        return tagsShown;
    }

    /// Whether the small map is shown.
    public BooleanProperty overviewShownProperty() {
        return overviewShown;
    }

    /// Whether the panel for brightness is shown.
    public BooleanProperty toneShownProperty() {
        return toneShown;
    }
}

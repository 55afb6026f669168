package org.palimpsest.ui.canvas;

import de.saxsys.mvvmfx.ViewModel;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.dataset.edit.ReplaceAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.PixelColors;
import org.palimpsest.geometry.Region;
import org.palimpsest.geometry.Size;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.problem.Problem;
import org.palimpsest.ui.canvas.tool.CursorKind;
import org.palimpsest.ui.canvas.tool.Modifiers;
import org.palimpsest.ui.canvas.tool.Preview;
import org.palimpsest.ui.canvas.tool.Regions;
import org.palimpsest.ui.canvas.tool.Tool;
import org.palimpsest.ui.canvas.tool.ToolEffect;
import org.palimpsest.ui.canvas.tool.ToolKey;
import org.palimpsest.ui.canvas.tool.ToolScene;
import org.palimpsest.ui.canvas.tool.ToolSettings;
import org.palimpsest.ui.support.DisplayImage;
import org.palimpsest.ui.support.ProjectOpener;
import org.palimpsest.ui.support.Pointer;
import org.palimpsest.ui.support.TaskRunner;
import org.palimpsest.ui.support.Workspace;

/// What the canvas shows and how gestures change it: the picture, the view of it, the tool in hand and its preview.
///
/// Confined to the interface's thread.
public final class CanvasViewModel implements ViewModel {
    private static final double REACH = 8;

    private final Workspace workspace;
    private final TaskRunner tasks;
    private final ProjectOpener opener;
    private final Pointer pointer;

    private final ReadOnlyObjectWrapper<@Nullable DisplayImage> picture =
            new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper loading = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final Camera camera = new Camera();
    private final ObjectProperty<ToolKind> tool = new SimpleObjectProperty<>(ToolKind.SELECT);
    private final ReadOnlyObjectWrapper<Preview> preview =
            new ReadOnlyObjectWrapper<>(Preview.NONE);
    private final ReadOnlyObjectWrapper<CursorKind> cursor =
            new ReadOnlyObjectWrapper<>(CursorKind.ARROW);
    private final ReadOnlyObjectWrapper<Optional<AnnotationId>> naming =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final Map<ToolKind, Tool> tools = new EnumMap<>(ToolKind.class);

    private TaskRunner.@Nullable Job loadingJob;
    private ShapeIndex shapes = ShapeIndex.of(List.of(), new Size(1, 1));
    private @Nullable AnnotatedImage indexed;

    public CanvasViewModel(
            Workspace workspace, ProjectOpener opener, Pointer pointer, TaskRunner tasks) {
        this.workspace = workspace;
        this.opener = opener;
        this.pointer = pointer;
        this.tasks = tasks;
        tool.addListener((_, before, _) -> leave(before));
        workspace.currentImageProperty().addListener((_, _, image) -> load(image));
        load(workspace.currentImage());
    }

    private void load(@Nullable ImageEntry image) {
        if (loadingJob != null) {
            loadingJob.cancel();
        }
        leave(tool.get());
        problem.set(Optional.empty());
        pointer.leave();
        if (image == null) {
            loading.set(false);
            picture.set(null);
            return;
        }
        // The picture before stays until the next one is there: no flicker between the two.
        loading.set(true);
        loadingJob =
                tasks.run(
                        "Open " + image.file().getFileName(),
                        _ -> DisplayImage.of(ImageFiles.read(image.file())),
                        loaded -> {
                            loading.set(false);
                            camera.show(Optional.of(loaded.original()));
                            picture.set(loaded);
                        },
                        failure -> {
                            loading.set(false);
                            picture.set(null);
                            problem.set(Optional.of(failure));
                        });
    }

    /// The main button went down at this place of the canvas.
    public void pressed(double x, double y, Modifiers modifiers) {
        inScene(scene -> tool().pressed(camera.viewport().toImage(x, y), modifiers, scene));
    }

    public void dragged(double x, double y, Modifiers modifiers) {
        point(x, y);
        inScene(scene -> tool().dragged(camera.viewport().toImage(x, y), modifiers, scene));
    }

    public void released(double x, double y, Modifiers modifiers) {
        inScene(scene -> tool().released(camera.viewport().toImage(x, y), modifiers, scene));
    }

    public void moved(double x, double y) {
        point(x, y);
        inScene(scene -> tool().moved(camera.viewport().toImage(x, y), scene));
    }

    public void exited() {
        pointer.leave();
    }

    /// A second click: on an object it asks for its label, beside all objects it fits the picture.
    public void doubleClicked(double x, double y) {
        var selected = selectedObject();
        var point = camera.viewport().toImage(x, y);
        boolean onSelected =
                selected.isPresent() && Regions.hits(selected.get().region(), point, reach());
        if (onSelected) {
            beginNaming();
        } else if (tool.get() != ToolKind.BOX) {
            camera.fit();
        }
    }

    /// @return whether the tool had a use for the key
    public boolean key(ToolKey key, Modifiers modifiers) {
        var before = workspace.current();
        var selected = workspace.selection();
        var shown = preview.get();
        inScene(scene -> tool().key(key, modifiers, scene));
        return before != workspace.current()
                || !selected.equals(workspace.selection())
                || shown != preview.get();
    }

    /// Asks for the label of the selected object.
    public void beginNaming() {
        selectedObject().ifPresent(object -> naming.set(Optional.of(object.id())));
    }

    /// Gives the object that is being named its label.
    public void name(String typed) {
        var label = typed.strip().replaceAll("\\s+", " ");
        var named = naming.get().flatMap(this::find);
        naming.set(Optional.empty());
        if (named.isEmpty() || label.isEmpty()) {
            return;
        }
        workspace.setCurrentLabel(label);
        if (!label.equals(named.get().label())) {
            var image = shownImage().orElseThrow();
            workspace.apply(
                    new ReplaceAnnotation(
                            image.image().id(),
                            named.get(),
                            workspace.renamed(named.get(), label)));
        }
    }

    public void cancelNaming() {
        naming.set(Optional.empty());
    }

    public void openFolder() {
        opener.askForFolder();
    }

    public void openFiles() {
        opener.askForImages();
    }

    private void leave(ToolKind kind) {
        inScene(scene -> tool(kind).key(ToolKey.CANCEL, Modifiers.NONE, scene));
        preview.set(Preview.NONE);
        naming.set(Optional.empty());
        cursor.set(tool.get().cursor());
    }

    private Tool tool() {
        return tool(tool.get());
    }

    private Tool tool(ToolKind kind) {
        return tools.computeIfAbsent(kind, ToolKind::create);
    }

    private void inScene(Function<ToolScene, ToolEffect> gesture) {
        shownImage().ifPresent(image -> carryOut(gesture.apply(new Scene(image))));
    }

    private void carryOut(ToolEffect effect) {
        switch (effect) {
            case ToolEffect.Nothing _ -> {}
            case ToolEffect.Cursor(var kind) -> cursor.set(kind);
            case ToolEffect.Select(var ids) -> {
                preview.set(Preview.NONE);
                workspace.select(ids);
            }
            case ToolEffect.Show(var shown) -> preview.set(shown);
            case ToolEffect.Commit(var edit, var selection, boolean askName) -> {
                preview.set(Preview.NONE);
                workspace.apply(edit);
                workspace.select(selection);
                if (askName) {
                    beginNaming();
                }
            }
            case ToolEffect.Pan(double deltaX, double deltaY) -> {
                double scale = camera.viewport().scale();
                camera.pan(deltaX * scale, deltaY * scale);
            }
            case ToolEffect.AskRegion _, ToolEffect.Refuse _, ToolEffect.Discard _ ->
                    preview.set(Preview.NONE);
        }
    }

    private void point(double x, double y) {
        size().ifPresent(size -> pointer.moveTo(camera.viewport().toImage(x, y), size));
    }

    private double reach() {
        return REACH / camera.viewport().scale();
    }

    /// The image whose picture is on the screen; empty while the next one is still being read.
    Optional<AnnotatedImage> shownImage() {
        return loading.get() || picture.get() == null
                ? Optional.empty()
                : Optional.ofNullable(workspace.current());
    }

    private Optional<Size> size() {
        return Optional.ofNullable(picture.get()).map(DisplayImage::original);
    }

    private Optional<ObjectAnnotation> selectedObject() {
        return workspace.selection().size() == 1
                ? find(workspace.selection().iterator().next())
                : Optional.empty();
    }

    Optional<ObjectAnnotation> find(AnnotationId id) {
        return shownImage()
                .flatMap(image -> image.find(id))
                .filter(ObjectAnnotation.class::isInstance)
                .map(ObjectAnnotation.class::cast);
    }

    /// The objects of the image, ready to be found by place.
    ShapeIndex shapes() {
        var image = shownImage();
        if (image.isEmpty()) {
            return ShapeIndex.of(List.of(), new Size(1, 1));
        }
        if (indexed != image.get()) {
            indexed = image.get();
            shapes = ShapeIndex.of(indexed.objects(), indexed.image().size());
        }
        return shapes;
    }

    Set<AnnotationId> selection() {
        return workspace.selection();
    }

    /// The labels met so far, for suggestions.
    List<String> knownLabels() {
        return workspace.labels().names();
    }

    int color(String label) {
        return workspace.color(label);
    }

    Workspace workspace() {
        return workspace;
    }

    boolean isEmpty() {
        return workspace.images().lines().isEmpty();
    }

    public ReadOnlyObjectProperty<@Nullable DisplayImage> pictureProperty() {
        return picture.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty loadingProperty() {
        return loading.getReadOnlyProperty();
    }

    /// Why the image cannot be shown.
    public ReadOnlyObjectProperty<Optional<Problem>> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /// Which part of the picture is shown.
    public Camera camera() {
        return camera;
    }

    public ObjectProperty<ToolKind> toolProperty() {
        return tool;
    }

    ReadOnlyObjectProperty<Preview> previewProperty() {
        return preview.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<CursorKind> cursorProperty() {
        return cursor.getReadOnlyProperty();
    }

    /// The object whose label the person is being asked for.
    public ReadOnlyObjectProperty<Optional<AnnotationId>> namingProperty() {
        return naming.getReadOnlyProperty();
    }

    private final class Scene implements ToolScene {
        private final AnnotatedImage image;

        Scene(AnnotatedImage image) {
            this.image = image;
        }

        @Override
        public AnnotatedImage image() {
            return image;
        }

        @Override
        public Set<AnnotationId> selection() {
            return workspace.selection();
        }

        @Override
        public double reach() {
            return CanvasViewModel.this.reach();
        }

        @Override
        public List<ObjectAnnotation> objectsIn(Box area) {
            return shapes().topmostFirst(area);
        }

        @Override
        public boolean isLocked(AnnotationId id) {
            return false;
        }

        @Override
        public boolean isHidden(AnnotationId id) {
            return false;
        }

        @Override
        public ToolSettings settings() {
            return ToolSettings.DEFAULT;
        }

        @Override
        public Optional<PixelColors> colors() {
            return Optional.empty();
        }

        @Override
        public ObjectAnnotation draw(Region region) {
            return ObjectAnnotation.of(workspace.currentLabel(), region, workspace.drawnNow());
        }

        @Override
        public ObjectAnnotation reshape(ObjectAnnotation object, Region region) {
            return workspace.moved(object, region);
        }
    }
}

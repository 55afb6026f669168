package org.palimpsest.ui.canvas;

import de.saxsys.mvvmfx.ViewModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ImageEntry;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.dataset.Label;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Size;
import org.palimpsest.imaging.TileSource;
import org.palimpsest.problem.Problem;
import org.palimpsest.ui.canvas.tool.CursorKind;
import org.palimpsest.ui.canvas.tool.Modifiers;
import org.palimpsest.ui.canvas.tool.Preview;
import org.palimpsest.ui.canvas.tool.ToolKey;
import org.palimpsest.ui.support.Pointer;
import org.palimpsest.ui.support.ProjectOpener;
import org.palimpsest.ui.support.Workspace;

/// What the canvas shows and how gestures change it: the picture, the view of it, the tool in hand and its preview.
///
/// Confined to the interface's thread.
public final class CanvasViewModel implements ViewModel {
    private final Workspace workspace;
    private final ProjectOpener opener;
    private final Pointer pointer;
    private final CanvasDisplay display;
    private final Camera camera;
    private final ToolBench bench;
    private final KeyHand hand;
    private LabelSet colored = LabelSet.EMPTY;
    private boolean coloredSafe;
    private Map<String, Integer> colors = Map.of();

    public CanvasViewModel(
            Workspace workspace,
            ProjectOpener opener,
            Pointer pointer,
            CanvasDisplay display,
            ToolBench bench) {
        this.workspace = workspace;
        this.opener = opener;
        this.pointer = pointer;
        this.display = display;
        this.camera = display.camera();
        this.bench = bench;
        this.hand = new KeyHand(bench, display);
        hand.crosshairProperty().addListener((_, _, at) -> at.ifPresent(this::point));
        workspace.currentImageProperty().addListener((_, _, image) -> load(image));
        load(workspace.currentImage());
    }

    private void load(@Nullable ImageEntry image) {
        bench.leaveImage();
        hand.leave();
        pointer.leave();
        display.show(image);
    }

    /// The main button went down at this place of the canvas.
    public void pressed(double x, double y, Modifiers modifiers) {
        hand.leave();
        bench.pressed(camera.viewport().toImage(x, y), modifiers);
    }

    public void dragged(double x, double y, Modifiers modifiers) {
        point(camera.viewport().toImage(x, y));
        bench.dragged(camera.viewport().toImage(x, y), modifiers);
    }

    public void released(double x, double y, Modifiers modifiers) {
        bench.released(camera.viewport().toImage(x, y), modifiers);
    }

    public void moved(double x, double y) {
        var at = camera.viewport().toImage(x, y);
        hand.mouseAt(at);
        point(at);
        bench.moved(at);
    }

    public void exited() {
        hand.mouseLeft();
        if (hand.crosshairProperty().get().isEmpty()) {
            pointer.leave();
            bench.exited();
        }
    }

    /// A second click: what the tool has for it; beside all objects it fits the picture.
    public void doubleClicked(double x, double y) {
        if (!bench.doubleClicked(camera.viewport().toImage(x, y))) {
            camera.fit();
        }
    }

    /// @return whether the tool had a use for the key
    public boolean key(ToolKey key, Modifiers modifiers) {
        if (key == ToolKey.CANCEL) {
            return hand.cancel(bench.key(key, modifiers));
        }
        return bench.key(key, modifiers) || hand.arrow(key, modifiers);
    }

    /// Puts the mouse's button down at the crosshair that arrow keys move, as by Space.
    ///
    /// @return whether there is a crosshair
    public boolean keyPressed(Modifiers modifiers) {
        return hand.press(modifiers);
    }

    /// Lifts it.
    public void keyReleased() {
        hand.release();
    }

    /// Clicks at the crosshair, as by Enter.
    ///
    /// @return whether there is a crosshair
    public boolean keyClicked(Modifiers modifiers) {
        return hand.click(modifiers);
    }

    /// Asks for the label of the selected object.
    public void beginNaming() {
        bench.beginNaming();
    }

    /// Gives the object that is being named its label.
    public void name(String typed) {
        bench.name(typed);
    }

    public void cancelNaming() {
        bench.cancelNaming();
    }

    public void openFolder() {
        opener.askForFolder();
    }

    public void openFiles() {
        opener.askForImages();
    }

    private void point(Point at) {
        size().ifPresent(size -> pointer.moveTo(at, size));
    }

    /// Whether the picture of this image and what is said about it are on the screen.
    public boolean isShown(ImageId image) {
        return shownImage().filter(shown -> shown.image().id().equals(image)).isPresent();
    }

    /// The image whose picture is on the screen; empty while the next one is still being read.
    Optional<AnnotatedImage> shownImage() {
        return bench.image();
    }

    private Optional<Size> size() {
        return display.picture().size();
    }

    Optional<ObjectAnnotation> find(AnnotationId id) {
        return shownImage()
                .flatMap(image -> image.find(id))
                .filter(ObjectAnnotation.class::isInstance)
                .map(ObjectAnnotation.class::cast);
    }

    /// The objects of the image, ready to be found by place.
    ShapeIndex shapes() {
        return display.shapes();
    }

    /// What is shown besides gestures.
    public CanvasDisplay display() {
        return display;
    }

    Set<AnnotationId> selection() {
        return workspace.selection();
    }

    /// The labels met so far, for suggestions.
    List<String> knownLabels() {
        return workspace.labels().names();
    }

    /// The labels' colours, `0xRRGGBB`.
    @SuppressWarnings("ReferenceEquality") // a set that is not the same one is only looked at again
    Map<String, Integer> colors() {
        boolean safe = workspace.labelColors().safeProperty().get();
        if (colored != workspace.labels() || coloredSafe != safe) {
            colored = workspace.labels();
            coloredSafe = safe;
            colors =
                    colored.labels().stream()
                            .map(Label::name)
                            .collect(Collectors.toUnmodifiableMap(name -> name, workspace::color));
        }
        return colors;
    }

    Workspace workspace() {
        return workspace;
    }

    boolean isEmpty() {
        return workspace.images().lines().isEmpty();
    }

    /// The picture on the screen, whose [TileSource#grid] tells its size.
    public ReadOnlyObjectProperty<@Nullable TileSource> pictureProperty() {
        return display.picture().pictureProperty();
    }

    public ReadOnlyBooleanProperty loadingProperty() {
        return display.picture().loadingProperty();
    }

    /// Why the image cannot be shown.
    public ReadOnlyObjectProperty<Optional<Problem>> problemProperty() {
        return display.picture().problemProperty();
    }

    /// Which part of the picture is shown.
    public Camera camera() {
        return camera;
    }

    public ObjectProperty<ToolKind> toolProperty() {
        return bench.toolProperty();
    }

    ReadOnlyObjectProperty<Preview> previewProperty() {
        return bench.previewProperty();
    }

    public ReadOnlyObjectProperty<CursorKind> cursorProperty() {
        return bench.cursorProperty();
    }

    /// The object whose label the person is being asked for.
    public ReadOnlyObjectProperty<Optional<AnnotationId>> namingProperty() {
        return bench.namingProperty();
    }

    /// Where arrow keys have put the crosshair, in image pixels.
    public ReadOnlyObjectProperty<Optional<Point>> crosshairProperty() {
        return hand.crosshairProperty();
    }

    /// The tool in hand.
    public ToolBench bench() {
        return bench;
    }
}

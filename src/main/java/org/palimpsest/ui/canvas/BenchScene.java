package org.palimpsest.ui.canvas;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.palimpsest.dataset.AnnotatedImage;
import org.palimpsest.dataset.AnnotationId;
import org.palimpsest.dataset.ObjectAnnotation;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.PixelColors;
import org.palimpsest.geometry.Region;
import org.palimpsest.ui.canvas.tool.ToolScene;
import org.palimpsest.ui.canvas.tool.ToolSettings;
import org.palimpsest.ui.support.Workspace;

/// The image on the screen as tools see it.
///
/// @param settings as they are at the moment of the gesture
record BenchScene(
        AnnotatedImage image, Workspace workspace, CanvasDisplay display, ToolSettings settings)
        implements ToolScene {
    /// Within so many screen units of the pointer something counts as hit.
    private static final double REACH = 8;

    static double reach(CanvasDisplay display) {
        return REACH / display.camera().viewport().scale();
    }

    @Override
    public Set<AnnotationId> selection() {
        return workspace.selection();
    }

    @Override
    public double reach() {
        return reach(display);
    }

    @Override
    public List<ObjectAnnotation> objectsIn(Box area) {
        return display.shapes().topmostFirst(area).stream().filter(display::isShown).toList();
    }

    @Override
    public List<ObjectAnnotation> objects(Set<AnnotationId> ids) {
        return display.shapes().find(ids).stream().map(ShapeIndex.Shape::object).toList();
    }

    @Override
    public boolean isLocked(ObjectAnnotation object) {
        return display.lockedProperty().get().contains(object.id());
    }

    @Override
    public boolean isHidden(ObjectAnnotation object) {
        return !display.isShown(object);
    }

    @Override
    public Optional<PixelColors> colors() {
        return TileColors.of(display.picture().pictureProperty().get());
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

package org.palimpsest.ui.canvas;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.palimpsest.dataset.ImageId;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Size;

/// Which part of the picture the canvas shows, and how a person changes that. Lengths are screen units.
///
/// Confined to the interface's thread.
public final class Camera {
    private static final double FIT_MARGIN = 24;
    private static final double ZOOM_STEP = 1.25;
    private static final int MOST_VIEWS = 1000;

    private record View(Viewport viewport, boolean fitted) {}

    private final ReadOnlyObjectWrapper<Viewport> viewport =
            new ReadOnlyObjectWrapper<>(Viewport.IDENTITY);
    private final BooleanProperty keepView = new SimpleBooleanProperty();
    private final Map<ImageId, View> views = new LinkedHashMap<>();
    private Optional<ImageId> image = Optional.empty();
    private Optional<Size> picture = Optional.empty();
    private double width = 1;
    private double height = 1;
    private boolean fitted = true;

    /// Another picture is shown: the whole of it. Where views are kept, as it was shown the last time, or as the one
    /// before where that was as large.
    void show(ImageId id, Size size) {
        if (image.isPresent()) {
            views.remove(image.get());
            views.put(image.get(), new View(viewport.get(), fitted));
            if (views.size() > MOST_VIEWS) {
                views.remove(views.keySet().iterator().next());
            }
        }
        boolean sameSize = picture.equals(Optional.of(size));
        image = Optional.of(id);
        picture = Optional.of(size);
        var known = views.get(id);
        boolean fits = known == null ? !sameSize || fitted : known.fitted();
        if (!keepView.get() || fits) {
            fit();
        } else {
            move(known == null ? viewport.get() : known.viewport());
        }
    }

    /// The place for the picture has this size now.
    public void resize(double newWidth, double newHeight) {
        double wasWidth = width;
        double wasHeight = height;
        width = newWidth;
        height = newHeight;
        if (fitted) {
            fit();
        } else {
            // What was in the middle stays there.
            pan((newWidth - wasWidth) / 2, (newHeight - wasHeight) / 2);
        }
    }

    /// Shows the whole picture, and goes on doing so while the window changes its size.
    public void fit() {
        fitted = true;
        picture.ifPresent(size -> viewport.set(Viewport.fit(size, width, height, FIT_MARGIN)));
    }

    /// Shows one image pixel as one screen unit.
    public void actualSize() {
        zoomAt(width / 2, height / 2, 1 / viewport.get().scale());
    }

    public void zoomIn() {
        zoomAt(width / 2, height / 2, ZOOM_STEP);
    }

    public void zoomOut() {
        zoomAt(width / 2, height / 2, 1 / ZOOM_STEP);
    }

    /// Larger or smaller, with what lies under the pointer staying there.
    public void zoomAt(double x, double y, double factor) {
        move(viewport.get().zoomAt(x, y, factor));
    }

    public void pan(double deltaX, double deltaY) {
        move(viewport.get().pan(deltaX, deltaY));
    }

    private void move(Viewport next) {
        picture.ifPresent(size -> {
            fitted = false;
            viewport.set(next.keepInSight(size, width, height));
        });
    }

    /// Puts a point of the image in the middle.
    void centre(Point point) {
        double scale = viewport.get().scale();
        move(new Viewport(scale, width / 2 - point.x() * scale, height / 2 - point.y() * scale));
    }

    /// The part of the image plane that is seen.
    Box visible() {
        return viewport.get().visible(width, height);
    }

    /// Whether an image is shown as it was the last time, instead of as a whole.
    public BooleanProperty keepViewProperty() {
        return keepView;
    }

    public Viewport viewport() {
        return viewport.get();
    }

    public ReadOnlyObjectProperty<Viewport> viewportProperty() {
        return viewport.getReadOnlyProperty();
    }
}

package org.palimpsest.ui.support;

import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Size;

/// Which pixel of the image the mouse is on: the canvas tells, the status bar shows.
///
/// Confined to the interface's thread.
public final class Pointer {
    private final ReadOnlyObjectWrapper<Optional<Point>> pixel =
            new ReadOnlyObjectWrapper<>(Optional.empty());

    /// The mouse is at this place, given in image pixels; outside of the image it is on no pixel.
    public void moveTo(Point point, Size image) {
        double x = Math.floor(point.x());
        double y = Math.floor(point.y());
        boolean inside = x >= 0 && y >= 0 && x < image.width() && y < image.height();
        pixel.set(inside ? Optional.of(new Point(x, y)) : Optional.empty());
    }

    public void leave() {
        pixel.set(Optional.empty());
    }

    public ReadOnlyObjectProperty<Optional<Point>> pixelProperty() {
        return pixel.getReadOnlyProperty();
    }
}

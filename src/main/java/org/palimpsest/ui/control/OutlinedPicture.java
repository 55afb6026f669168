package org.palimpsest.ui.control;

import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.NumberBinding;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.scene.image.ImageView;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;
import org.palimpsest.geometry.Box;
import org.palimpsest.ui.support.FxImages;
import org.palimpsest.ui.support.SmallPicture;

/// A small copy of an image, as wide as there is room, with boxes over it.
///
/// Confined to the JavaFX thread.
public final class OutlinedPicture extends StackPane {
    private static final double DASH = 5;
    private static final double LINE = 2;

    private final ImageView image = new ImageView();
    private final Pane boxes = new Pane();
    private final DoubleProperty widthToFit = new SimpleDoubleProperty(1);

    /// One box.
    ///
    /// @param box in pixels of the image
    /// @param rgb 0xRRGGBB
    public record Outline(Box box, int rgb, boolean dashed) {}

    public OutlinedPicture() {
        boxes.setMouseTransparent(true);
        image.setPreserveRatio(true);
        image.fitWidthProperty().bind(Bindings.max(1, widthToFit));
        getChildren().addAll(image, boxes);
        setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    }

    /// How wide the picture is.
    public DoubleProperty widthToFitProperty() {
        return widthToFit;
    }

    /// Shows another picture, or none.
    public void show(Optional<SmallPicture> picture) {
        image.setImage(
                picture.map(small ->
                                FxImages.ofPremultiplied(
                                        small.width(), small.height(), small.argb()))
                        .orElse(null));
    }

    /// Draws these boxes and no others.
    ///
    /// @param width of the image that the boxes are in, in pixels
    public void outline(int width, List<Outline> outlines) {
        var scale = image.fitWidthProperty().divide((double) width);
        boxes.getChildren().setAll(outlines.stream().map(one -> shape(one, scale)).toList());
    }

    private static Rectangle shape(Outline outline, NumberBinding scale) {
        var box = outline.box();
        var shape = new Rectangle();
        shape.xProperty().bind(scale.multiply(box.xMin()));
        shape.yProperty().bind(scale.multiply(box.yMin()));
        shape.widthProperty().bind(scale.multiply(box.width()));
        shape.heightProperty().bind(scale.multiply(box.height()));
        shape.setFill(Color.TRANSPARENT);
        int rgb = outline.rgb();
        shape.setStroke(Color.rgb(rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF));
        shape.setStrokeWidth(LINE);
        if (outline.dashed()) {
            shape.getStrokeDashArray().setAll(DASH, DASH);
        }
        return shape;
    }
}

package org.palimpsest.ui.canvas;

import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Point;
import org.palimpsest.geometry.Size;

/// Which part of the image is seen and how large: `screen = image · scale + offset`.
///
/// @param scale screen units per image pixel
/// @param offsetX where the image's left edge is on the screen
/// @param offsetY where the image's upper edge is on the screen
public record Viewport(double scale, double offsetX, double offsetY) {
    public static final Viewport IDENTITY = new Viewport(1, 0, 0);

    static final double LARGEST_SCALE = 64;
    private static final double LARGEST_FIT = 8;
    private static final double SMALLEST_SCALE = 1.0 / 256;

    public Viewport {
        if (!(scale > 0) || !Double.isFinite(offsetX + offsetY)) {
            throw new IllegalArgumentException(
                    "No such view: scale " + scale + " at " + offsetX + "," + offsetY);
        }
    }

    /// The whole image in the middle of the screen with a margin around it. A small picture is enlarged, but not
    /// beyond eight times, where its pixels are all one would see.
    public static Viewport fit(Size image, double width, double height, double margin) {
        double across = Math.max(1, width - 2 * margin) / image.width();
        double down = Math.max(1, height - 2 * margin) / image.height();
        double scale = clamp(Math.min(LARGEST_FIT, Math.min(across, down)));
        return centred(image, width, height, scale);
    }

    /// The image at a scale, its middle in the middle of the screen.
    public static Viewport centred(Size image, double width, double height, double scale) {
        return new Viewport(
                scale,
                Math.rint((width - image.width() * scale) / 2),
                Math.rint((height - image.height() * scale) / 2));
    }

    /// Larger or smaller by a factor, with the image's point under the pointer staying there.
    public Viewport zoomAt(double screenX, double screenY, double factor) {
        double next = clamp(scale * factor);
        double ratio = next / scale;
        return new Viewport(
                next, screenX - (screenX - offsetX) * ratio, screenY - (screenY - offsetY) * ratio);
    }

    /// Moved by so many screen units.
    public Viewport pan(double deltaX, double deltaY) {
        return new Viewport(scale, offsetX + deltaX, offsetY + deltaY);
    }

    /// Moved as little as needed so that at least a corner of the image stays on the screen.
    public Viewport keepInSight(Size image, double width, double height) {
        double keep = Math.min(48, Math.min(width, height) / 4);
        return new Viewport(
                scale,
                Math.clamp(offsetX, Math.min(0, keep - image.width() * scale), width - keep),
                Math.clamp(offsetY, Math.min(0, keep - image.height() * scale), height - keep));
    }

    public Point toImage(double screenX, double screenY) {
        return new Point((screenX - offsetX) / scale, (screenY - offsetY) / scale);
    }

    public double toScreenX(double imageX) {
        return imageX * scale + offsetX;
    }

    public double toScreenY(double imageY) {
        return imageY * scale + offsetY;
    }

    /// The part of the image plane that a screen of this size shows.
    public Box visible(double width, double height) {
        var upperLeft = toImage(0, 0);
        var lowerRight = toImage(width, height);
        return new Box(upperLeft.x(), upperLeft.y(), lowerRight.x(), lowerRight.y());
    }

    private static double clamp(double scale) {
        return Math.clamp(scale, SMALLEST_SCALE, LARGEST_SCALE);
    }
}

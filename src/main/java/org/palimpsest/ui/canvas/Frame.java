package org.palimpsest.ui.canvas;

import org.palimpsest.geometry.Box;

/// What one frame shows, in whole pixels of the screen: lines and pictures that are drawn by it are sharp.
///
/// @param scale screen pixels for each image pixel
/// @param left where in the enlarged image the frame's left edge lies
/// @param top where its upper edge lies
/// @param width of the frame
/// @param height of the frame
/// @param unit screen pixels for each unit of length of the toolkit
/// @param smooth whether pictures may be smoothed while they are enlarged or reduced, which takes time in software
record Frame(double scale, int left, int top, int width, int height, double unit, boolean smooth) {

    static Frame of(Viewport view, double width, double height, double unit, boolean smooth) {
        return new Frame(
                view.scale() * unit,
                (int) -Math.rint(view.offsetX() * unit),
                (int) -Math.rint(view.offsetY() * unit),
                (int) Math.ceil(width * unit),
                (int) Math.ceil(height * unit),
                unit,
                smooth);
    }

    int right() {
        return left + width;
    }

    int bottom() {
        return top + height;
    }

    /// The part of the image plane that is seen.
    Box visible() {
        return new Box(left / scale, top / scale, right() / scale, bottom() / scale);
    }

    /// Where a place of the image is, in units of length from the frame's left edge.
    double x(double image) {
        return (image * scale - left) / unit;
    }

    /// Where a place of the image is, in units of length from the frame's upper edge.
    double y(double image) {
        return (image * scale - top) / unit;
    }

    /// Units of length for each image pixel.
    double zoom() {
        return scale / unit;
    }
}

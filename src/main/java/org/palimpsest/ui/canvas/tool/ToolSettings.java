package org.palimpsest.ui.canvas.tool;

/// What a person sets for all gestures.
///
/// @param brushRadius of brush and eraser, in image pixels
/// @param tolerance how far colours may differ for the magic wand, 0 to 255
/// @param snapping whether what is drawn and moved sticks to edges nearby
public record ToolSettings(double brushRadius, int tolerance, boolean snapping) {
    public static final ToolSettings DEFAULT = new ToolSettings(10, 24, true);

    private static final double SMALLEST = 0.5;
    private static final double LARGEST = 512;
    private static final double STEP = 1.25;

    public ToolSettings {
        if (!(brushRadius >= SMALLEST && brushRadius <= LARGEST)
                || tolerance < 0
                || tolerance > 255) {
            throw new IllegalArgumentException(
                    "No such settings: brush " + brushRadius + ", tolerance " + tolerance);
        }
    }

    /// The brush a step larger: a quarter, but half a pixel at least, in halves of a pixel.
    public ToolSettings larger() {
        return withRadius(Math.max(brushRadius + 0.5, brushRadius * STEP));
    }

    public ToolSettings smaller() {
        return withRadius(Math.min(brushRadius - 0.5, brushRadius / STEP));
    }

    private ToolSettings withRadius(double radius) {
        double halves = Math.rint(radius * 2) / 2;
        return new ToolSettings(Math.clamp(halves, SMALLEST, LARGEST), tolerance, snapping);
    }

    public ToolSettings withTolerance(int changed) {
        return new ToolSettings(brushRadius, Math.clamp(changed, 0, 255), snapping);
    }

    public ToolSettings withSnapping(boolean changed) {
        return new ToolSettings(brushRadius, tolerance, changed);
    }
}

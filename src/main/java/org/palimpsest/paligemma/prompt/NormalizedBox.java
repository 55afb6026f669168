package org.palimpsest.paligemma.prompt;

/// A box as PaliGemma writes it: four location bins from 0 to 1023, in the order of its tokens.
///
/// Bin `b` stands at `b / 1023` of the image's height or width. The scale is big_vision's
/// (evaluators/proj/paligemma/transfers/segmentation.py, 0127fb6: `round(box * 1023)` when writing,
/// `/ 1023` when reading); several demonstrations divide by 1024 instead, which moves the far edge
/// of a 4000 pixel image by 4 pixels.
public record NormalizedBox(int yMin, int xMin, int yMax, int xMax) {
    /// The number of location bins, and so of `<loc…>` tokens.
    public static final int BINS = 1024;

    /// The bin at the far edge of the image.
    public static final int SCALE = BINS - 1;

    /// @throws IllegalArgumentException if a bin is outside 0 to 1023 or the box is empty
    public NormalizedBox {
        requireRange("y", yMin, yMax);
        requireRange("x", xMin, xMax);
    }

    private static void requireRange(String axis, int min, int max) {
        if (min < 0 || max > SCALE || min >= max) {
            throw new IllegalArgumentException(
                    "Not a range of location bins in " + axis + ": " + min + " to " + max);
        }
    }

    /// The box of these fractions of the image's height and width, each 0 to 1 and clipped to that.
    ///
    /// A side thinner than half a bin would vanish; it is made one bin wide, because readers count
    /// an empty box as an invalid answer.
    ///
    /// @throws IllegalArgumentException if a fraction is not a number or the corners are out of
    ///     order
    public static NormalizedBox ofFractions(double yMin, double xMin, double yMax, double xMax) {
        if (!(yMin <= yMax && xMin <= xMax)) {
            throw new IllegalArgumentException(
                    "Box corners out of order: " + yMin + "," + xMin + " " + yMax + "," + xMax);
        }
        int top = Math.min(bin(yMin), SCALE - 1);
        int left = Math.min(bin(xMin), SCALE - 1);
        return new NormalizedBox(
                top, left, Math.max(bin(yMax), top + 1), Math.max(bin(xMax), left + 1));
    }

    /// The bin of a fraction: round(1023 · fraction), half to even, clipped to 0 to 1023.
    public static int bin(double fraction) {
        if (Double.isNaN(fraction)) {
            throw new IllegalArgumentException("Not a number");
        }
        return (int) Math.rint(Math.clamp(fraction, 0.0, 1.0) * SCALE);
    }

    /// The fraction that a bin stands for.
    public static double fraction(int bin) {
        return bin / (double) SCALE;
    }

    public double yMinFraction() {
        return fraction(yMin);
    }

    public double xMinFraction() {
        return fraction(xMin);
    }

    public double yMaxFraction() {
        return fraction(yMax);
    }

    public double xMaxFraction() {
        return fraction(xMax);
    }
}

package org.palimpsest.training.data;

/// How pictures are varied while training; boxes stay true.
///
/// @param flip whether half of the pictures are mirrored left to right, where the answer has boxes only
/// @param crop the largest share of width and height that is cut away, where the answer has boxes only; 0 for none
/// @param color the largest change of brightness, contrast and saturation, such as 0.2; 0 for none
public record AugmentationOptions(boolean flip, double crop, double color) {
    public static final AugmentationOptions NONE = new AugmentationOptions(false, 0, 0);

    public AugmentationOptions {
        if (!(crop >= 0 && crop < 1) || !(color >= 0 && color < 1)) {
            throw new IllegalArgumentException("Crop " + crop + ", colour " + color);
        }
    }

    public boolean isNone() {
        return !flip && crop == 0 && color == 0;
    }
}

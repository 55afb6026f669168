package org.palimpsest.paligemma.generation;

/// What the decoder sees of an image: one row per image token, as the projector gives them (not divided by √hidden).
///
/// @param values `[tokens, width]`; do not modify
public record ImageFeatures(float[] values, int tokens, int width) {
    public ImageFeatures {
        if (values.length != tokens * width) {
            throw new IllegalArgumentException(
                    values.length + " values for " + tokens + " tokens of " + width);
        }
    }
}

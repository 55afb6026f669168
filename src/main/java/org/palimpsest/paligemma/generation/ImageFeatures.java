package org.palimpsest.paligemma.generation;

/// What the decoder sees of an image: one row per image token, as the vision encoder gives them.
///
/// The encoder of a published ONNX folder divides them by √hidden, because its decoder multiplies whatever it is given.
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

package org.palimpsest.paligemma.config;

/// Sizes of the SigLIP vision encoder.
///
/// @param imageSize width and height of the model's image in pixels
/// @param patchSize width and height of one patch in pixels
public record VisionConfig(
        int imageSize,
        int patchSize,
        int hiddenDim,
        int intermediateDim,
        int numLayers,
        int numHeads,
        double layerNormEpsilon) {
    public VisionConfig {
        if (imageSize < 1 || patchSize < 1 || imageSize % patchSize != 0) {
            throw new IllegalArgumentException(
                    "An image of " + imageSize + " does not divide into patches of " + patchSize);
        }
        if (hiddenDim < 1 || numHeads < 1 || hiddenDim % numHeads != 0) {
            throw new IllegalArgumentException(
                    "A width of " + hiddenDim + " does not divide into " + numHeads + " heads");
        }
        if (intermediateDim < 1 || numLayers < 1 || !(layerNormEpsilon > 0)) {
            throw new IllegalArgumentException(
                    "Sizes must be positive: "
                            + intermediateDim
                            + ", "
                            + numLayers
                            + ", "
                            + layerNormEpsilon);
        }
    }

    /// Patches along one side.
    public int patchesPerSide() {
        return imageSize / patchSize;
    }

    /// Image tokens in front of the prompt: one per patch.
    public int numImageTokens() {
        return patchesPerSide() * patchesPerSide();
    }

    public int headDim() {
        return hiddenDim / numHeads;
    }
}

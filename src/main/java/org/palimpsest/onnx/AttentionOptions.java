package org.palimpsest.onnx;

/// How attention weighs its scores.
///
/// @param scale multiplied onto Q·Kᵀ
/// @param softCap scores are kept within ± this by tanh; 0 for no cap
public record AttentionOptions(double scale, double softCap) {
    public AttentionOptions {
        if (!(scale > 0) || !(softCap >= 0)) {
            throw new IllegalArgumentException("scale " + scale + ", soft cap " + softCap);
        }
    }

    Attributes attributes() {
        var attributes = Attributes.NONE.with("scale", scale);
        return softCap > 0 ? attributes.with("softcap", softCap) : attributes;
    }
}

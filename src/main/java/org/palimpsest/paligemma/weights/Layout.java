package org.palimpsest.paligemma.weights;

/// How the values of a parameter lie in its file, so that a graph can use the bytes without copying them.
public enum Layout {
    /// One value per channel.
    VECTOR,
    /// `[rows, columns]`, one row per token or position.
    TABLE,
    /// `[out, in]`: y = x · Wᵀ (PyTorch's linear layer).
    OUT_IN,
    /// `[in, out]`: y = x · W (Keras' dense layer).
    IN_OUT,
    /// `[heads, in, headDim]`: y of one head = x · W of that head (Keras' query, key and value projections).
    HEADS_IN_OUT,
    /// Patch kernel `[out, 3, patch, patch]` (PyTorch's convolution).
    PATCH_OIHW,
    /// Patch kernel `[patch, patch, 3, out]` (Keras' convolution).
    PATCH_HWIO
}

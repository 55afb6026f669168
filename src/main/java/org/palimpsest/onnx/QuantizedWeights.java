package org.palimpsest.onnx;

import org.jspecify.annotations.Nullable;

/// Weights [out, in] in blocks along `in`, each block with its own scale (com.microsoft MatMulNBits).
///
/// @param packed uint8 [out, blocks, blockSize · bits / 8], low bits first
/// @param scales [out, blocks] or flat
/// @param zeroPoints uint8, packed likewise along the blocks; null for the middle of the range
/// @param accuracyLevel 4 multiplies in 8-bit integers, 0 in the type of x
public record QuantizedWeights(
        Value packed,
        Value scales,
        @Nullable Value zeroPoints,
        long in,
        long out,
        Blocks blocks,
        int accuracyLevel) {

    /// @param bits 4 or 8
    public record Blocks(int bits, int size) {
        public Blocks {
            if (bits != 4 && bits != 8 || size < 16 || Integer.bitCount(size) != 1) {
                throw new IllegalArgumentException("Blocks of " + size + " with " + bits + " bits");
            }
        }
    }

    /// Blocks in a row of the matrix.
    long blocksInRow() {
        return Math.ceilDiv(in, (long) blocks.size());
    }

    Attributes attributes() {
        return Attributes.NONE
                .with("K", in)
                .with("N", out)
                .with("bits", blocks.bits())
                .with("block_size", blocks.size())
                .with("accuracy_level", accuracyLevel);
    }
}

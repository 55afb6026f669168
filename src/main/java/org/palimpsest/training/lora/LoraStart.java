package org.palimpsest.training.lora;

import java.util.SplittableRandom;
import org.palimpsest.training.data.Seeds;

/// Start values of terms of low rank: A is random, B is zero, so that the model begins as it was.
///
/// As PEFT draws them (src/peft/tuners/lora/layer.py, reset_lora_parameters, 0.21): A by `kaiming_uniform_(a=√5)`, which is
/// uniform within ± 1/√in.
public final class LoraStart {
    private static final long FNV_OFFSET = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;

    private LoraStart() {}

    /// A, `[rank, in]`.
    ///
    /// @param name of the matrix; the values follow from it and the seed, whichever other matrices have terms
    public static float[] a(String name, int rank, int in, long seed) {
        SplittableRandom random = Seeds.random(seed, hash(name));
        double bound = 1 / Math.sqrt(in);
        var values = new float[Math.multiplyExact(rank, in)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (bound * (2 * random.nextDouble() - 1));
        }
        return values;
    }

    /// FNV-1a over characters: 64 bits, so that no two matrices of a model get the same values.
    private static long hash(String name) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }
}

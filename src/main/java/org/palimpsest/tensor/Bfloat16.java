package org.palimpsest.tensor;

/// The upper half of a float32: what many checkpoints keep their weights in.
public final class Bfloat16 {
    private Bfloat16() {}

    /// The bits of the nearest bfloat16, of two equally near ones the even one.
    public static short of(float value) {
        int bits = Float.floatToIntBits(value);
        if (Float.isNaN(value)) {
            return (short) (bits >>> 16);
        }
        int rounding = 0x7FFF + (bits >>> 16 & 1);
        return (short) (bits + rounding >>> 16);
    }

    public static float toFloat(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }
}

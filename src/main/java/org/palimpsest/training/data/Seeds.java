package org.palimpsest.training.data;

import java.util.SplittableRandom;

/// Random numbers that follow from a seed and from what they are for, whatever was drawn before.
public final class Seeds {
    private Seeds() {}

    /// A generator for one purpose.
    ///
    /// @param parts what tells the purpose from others, such as epoch and example
    public static SplittableRandom random(long seed, long... parts) {
        return new SplittableRandom(mix(seed, parts));
    }

    /// A seed for one purpose.
    public static long mix(long seed, long... parts) {
        long mixed = scramble(seed);
        for (long part : parts) {
            mixed = scramble(mixed + part * 0x9E3779B97F4A7C15L + 1);
        }
        return mixed;
    }

    /// The finaliser of MurmurHash3 with Stafford's constants 13, as java.util.SplittableRandom has it.
    private static long scramble(long x) {
        long z = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}

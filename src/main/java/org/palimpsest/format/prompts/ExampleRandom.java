package org.palimpsest.format.prompts;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.palimpsest.dataset.AnnotatedImage;

/// Random number sources that hang on what they are for and on nothing else.
final class ExampleRandom {
    // Fowler, Noll and Vo's hash FNV-1a with 64 bits (isthe.com/chongo/tech/comp/fnv).
    private static final long FNV_START = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final long start;

    /// @param seed the person's
    ExampleRandom(long seed, AnnotatedImage image) {
        // The identity of an image is made anew at every import, its contents are not.
        String contents = image.image().facts().contentHash();
        String name = String.valueOf(image.image().file().getFileName());
        this.start = hash(mix(FNV_START, seed), contents.isEmpty() ? name : contents);
    }

    /// The source of one example.
    ///
    /// @param copy counted from 0; a weight makes several
    RandomGenerator of(String template, String example, int copy) {
        return new SplittableRandom(mix(hash(hash(start, template), example), copy));
    }

    private static long hash(long hash, String text) {
        long result = hash;
        for (int i = 0; i < text.length(); i++) {
            result = (result ^ text.charAt(i)) * FNV_PRIME;
        }
        return mix(result, text.length());
    }

    private static long mix(long hash, long value) {
        return (hash ^ value ^ (value >>> 32)) * FNV_PRIME;
    }
}

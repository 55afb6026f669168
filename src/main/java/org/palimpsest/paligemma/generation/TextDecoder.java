package org.palimpsest.paligemma.generation;

/// Turns tokens into text; the end-of-sequence token gives no text.
@FunctionalInterface
public interface TextDecoder {
    String decode(int[] tokenIds);
}

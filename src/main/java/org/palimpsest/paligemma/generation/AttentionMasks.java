package org.palimpsest.paligemma.generation;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.palimpsest.paligemma.config.SlidingWindowStyle;
import org.palimpsest.paligemma.config.TextConfig;
import org.palimpsest.runtime.NativeTensor;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Shape;

/// Which positions of the cache a query may see, as numbers that are added to the attention scores.
///
/// Prompts stand at the start of the cache, each with a length of its own; what lies behind is never seen. A prompt sees
/// itself whole, a generated token what is before it; in sliding-window layers as the checkpoint's library has it
/// ([SlidingWindowStyle]).
final class AttentionMasks {
    /// Finite, because softmax kernels want that, and far enough below any score that its weight is exactly 0.
    private static final float HIDDEN = -1e30f;

    private static final float HIDDEN_IN_HALF = -60_000f;

    private final TextConfig config;
    private final ElementType elementType;

    AttentionMasks(TextConfig config, ElementType elementType) {
        this.config = config;
        this.elementType = elementType;
    }

    /// Whether the layers with a sliding window need a mask of their own at this capacity.
    boolean windowMatters(int capacity) {
        return config.slidingWindow().isPresent() && config.slidingWindow().getAsInt() < capacity;
    }

    /// `[batch, 1, queries, capacity]` for the prompts.
    NativeTensor ofPrompts(int[] lengths, int queries, int capacity, boolean local) {
        NativeTensor mask = hidden(lengths.length, queries, capacity);
        for (int prompt = 0; prompt < lengths.length; prompt++) {
            int length = lengths[prompt];
            for (int query = 0; query < queries; query++) {
                int from = 0;
                int to = length;
                if (local
                        && query < length
                        && config.slidingWindowStyle() == SlidingWindowStyle.BOTH_SIDES) {
                    int window = config.slidingWindow().orElseThrow();
                    from = Math.max(0, query - window + 1);
                    to = Math.min(length, query + window);
                }
                show(mask, (long) prompt * queries + query, capacity, from, to);
            }
        }
        return mask;
    }

    /// `[batch, 1, 1, capacity]` for one new token of each prompt, at these positions.
    NativeTensor ofTokens(int[] positions, int capacity, boolean local) {
        NativeTensor mask = hidden(positions.length, 1, capacity);
        for (int prompt = 0; prompt < positions.length; prompt++) {
            int position = positions[prompt];
            int from = local ? Math.max(0, position - config.slidingWindow().orElseThrow() + 1) : 0;
            show(mask, prompt, capacity, from, position + 1);
        }
        return mask;
    }

    private NativeTensor hidden(int batch, int queries, int capacity) {
        NativeTensor mask =
                NativeTensor.allocate(elementType, Shape.of(batch, 1, queries, capacity));
        MemorySegment memory = mask.tensor().memory();
        long elements = mask.shape().elementCount();
        switch (elementType) {
            case FLOAT32 -> {
                for (long i = 0; i < elements; i++) {
                    memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, HIDDEN);
                }
            }
            case FLOAT16 -> fill(memory, elements, Float.floatToFloat16(HIDDEN_IN_HALF));
            case BFLOAT16 ->
                    fill(memory, elements, (short) (Float.floatToRawIntBits(HIDDEN) >>> 16));
            default -> throw new IllegalArgumentException("Mask of " + elementType);
        }
        return mask;
    }

    private static void fill(MemorySegment memory, long elements, short value) {
        for (long i = 0; i < elements; i++) {
            memory.setAtIndex(ValueLayout.JAVA_SHORT, i, value);
        }
    }

    private void show(NativeTensor mask, long row, int capacity, int from, int to) {
        long size = elementType.byteSize();
        mask.tensor()
                .memory()
                .asSlice((row * capacity + from) * size, (to - from) * size)
                .fill((byte) 0);
    }
}

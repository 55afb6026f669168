package org.palimpsest.paligemma.weights;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.tensor.Bfloat16;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Shape;
import org.palimpsest.tensor.Tensor;

/// A weight as Hugging Face stores it after [WeightChanges], rounded to the checkpoint's element type.
final class ChangedWeight {
    private static final int CHUNK = 1 << 16;
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private ChangedWeight() {}

    /// @param stored as the checkpoint has it
    /// @param shape the one that Hugging Face gives it, without added rows
    static Tensor of(Weight weight, Tensor stored, Shape shape, WeightChanges changes, Arena arena)
            throws IOException, ProblemException {
        ElementType type = stored.elementType();
        var result = Tensor.allocate(arena, type, shape);
        var end = new long[1];
        Transposition.write(
                stored,
                weight.layout(),
                piece -> {
                    MemorySegment.copy(piece, 0, result.memory(), end[0], piece.byteSize());
                    end[0] += piece.byteSize();
                });
        long count = shape.elementCount();
        for (long first = 0; first < count; first += CHUNK) {
            int size = (int) Math.min(CHUNK, count - first);
            float[] before = result.toFloats(first, size);
            var values = new double[size];
            for (int i = 0; i < size; i++) {
                values[i] = before[i];
            }
            changes.apply(weight.parameter(), first, values);
            for (int i = 0; i < size; i++) {
                set(result.memory(), first + i, (float) values[i], type, weight);
            }
        }
        return result;
    }

    private static void set(
            MemorySegment memory, long index, float value, ElementType type, Weight weight)
            throws ProblemException {
        float stored =
                switch (type) {
                    case FLOAT32 -> {
                        memory.set(FLOAT, index * 4, value);
                        yield value;
                    }
                    case FLOAT16 -> {
                        short bits = Float.floatToFloat16(value);
                        memory.set(SHORT, index * 2, bits);
                        yield Float.float16ToFloat(bits);
                    }
                    case BFLOAT16 -> {
                        short bits = Bfloat16.of(value);
                        memory.set(SHORT, index * 2, bits);
                        yield Bfloat16.toFloat(bits);
                    }
                    default -> throw new IllegalArgumentException("No weight's type: " + type);
                };
        if (!Float.isFinite(stored)) {
            throw new ProblemException(
                    "A trained weight does not fit into the checkpoint's element type",
                    weight.parameter() + ": " + value + " as " + type,
                    "Train with a lower learning rate");
        }
    }
}

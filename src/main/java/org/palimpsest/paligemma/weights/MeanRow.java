package org.palimpsest.paligemma.weights;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.palimpsest.tensor.Bfloat16;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Shape;
import org.palimpsest.tensor.Tensor;

/// The mean of a table's rows, in the table's element type.
final class MeanRow {
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private MeanRow() {}

    static Tensor of(Tensor table, Arena arena) {
        long rows = table.shape().size(0);
        int columns = Math.toIntExact(table.shape().size(1));
        long rowBytes = (long) columns * table.elementType().byteSize();
        var sums = new double[columns];
        for (long row = 0; row < rows; row++) {
            var slice = table.memory().asSlice(row * rowBytes, rowBytes);
            float[] values = new Tensor(table.elementType(), Shape.of(columns), slice).toFloats();
            for (int column = 0; column < columns; column++) {
                sums[column] += values[column];
            }
        }
        var mean = Tensor.allocate(arena, table.elementType(), Shape.of(columns));
        for (int column = 0; column < columns; column++) {
            set(mean.memory(), column, (float) (sums[column] / rows), table.elementType());
        }
        return mean;
    }

    private static void set(MemorySegment row, int column, float value, ElementType type) {
        switch (type) {
            case FLOAT32 -> row.set(FLOAT, column * 4L, value);
            case FLOAT16 -> row.set(SHORT, column * 2L, Float.floatToFloat16(value));
            case BFLOAT16 -> row.set(SHORT, column * 2L, Bfloat16.of(value));
            default -> throw new IllegalArgumentException("Not a weight's type: " + type);
        }
    }
}

package org.palimpsest.benchmark;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.palimpsest.onnx.GraphBuilder;
import org.palimpsest.onnx.OperatorForm;
import org.palimpsest.onnx.Value;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.CancelToken;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.ModelSession;
import org.palimpsest.runtime.ModelSource;
import org.palimpsest.runtime.NativeTensor;
import org.palimpsest.runtime.OnnxRuntime;
import org.palimpsest.runtime.SessionSettings;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Shape;
import org.palimpsest.tensor.Tensor;

/// Measures how fast ONNX Runtime multiplies large matrices here: the peak that a model can at best come near.
final class MatrixPeak {
    private static final int ROWS = 512;
    private static final int INNER = 2048;
    private static final int COLUMNS = 4096;
    private static final int PASSES = 7;
    private static final double OPERATIONS = 2.0 * ROWS * INNER * COLUMNS;

    private MatrixPeak() {}

    /// Floating point operations a second of a float32 product, the best of several.
    static double float32(OnnxRuntime runtime, Device device) throws ProblemException {
        var graph = new GraphBuilder("peak", OperatorForm.FUSED);
        try (Arena arena = Arena.ofConfined()) {
            Value rows = graph.input("rows", ElementType.FLOAT32, ROWS, INNER);
            Value columns = graph.weight("columns", random(arena, ElementType.FLOAT32));
            graph.output("product", graph.matMul(rows, columns));
            return measure(graph, runtime, device, ElementType.FLOAT32);
        }
    }

    /// Operations a second of a product of 8-bit integers.
    static double int8(OnnxRuntime runtime, Device device) throws ProblemException {
        var graph = new GraphBuilder("peak", OperatorForm.FUSED);
        try (Arena arena = Arena.ofConfined()) {
            Value rows = graph.input("rows", ElementType.UINT8, ROWS, INNER);
            Value columns = graph.weight("columns", random(arena, ElementType.INT8));
            graph.output("product", graph.matMulInteger(rows, columns, null, null));
            return measure(graph, runtime, device, ElementType.UINT8);
        }
    }

    private static double measure(
            GraphBuilder graph, OnnxRuntime runtime, Device device, ElementType rowType)
            throws ProblemException {
        var source = new ModelSource.InMemory("peak", graph.toModel().toBytes(), Optional.empty());
        try (ModelSession session = runtime.open(source, SessionSettings.on(device));
                NativeTensor rows = NativeTensor.allocate(rowType, Shape.of(ROWS, INNER))) {
            fill(rows.tensor().memory(), rowType);
            double best = 0;
            for (int pass = 0; pass < PASSES; pass++) {
                long start = System.nanoTime();
                session.run(Map.of("rows", rows), Set.of("product"), new CancelToken()).close();
                best = Math.max(best, OPERATIONS / ((System.nanoTime() - start) / 1e9));
            }
            return best;
        }
    }

    private static Tensor random(Arena arena, ElementType type) {
        Tensor tensor = Tensor.allocate(arena, type, Shape.of(INNER, COLUMNS));
        fill(tensor.memory(), type);
        return tensor;
    }

    private static void fill(MemorySegment memory, ElementType type) {
        var random = new SplittableRandom(1);
        if (type == ElementType.FLOAT32) {
            for (long i = 0; i < memory.byteSize() / Float.BYTES; i++) {
                memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) random.nextDouble() - 0.5f);
            }
        } else {
            for (long i = 0; i < memory.byteSize() / Long.BYTES; i++) {
                memory.setAtIndex(ValueLayout.JAVA_LONG, i, random.nextLong());
            }
        }
    }
}

package org.palimpsest.autodiff;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.palimpsest.onnx.OnnxModel;
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

/// A model in ONNX Runtime that takes and gives tensors as arrays of doubles, in float32 or float64.
final class Runs implements AutoCloseable {
    private static final OnnxRuntime RUNTIME = start();
    private static final ValueLayout.OfDouble DOUBLE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final ModelSession session;
    private final ElementType type;

    /// A tensor by its numbers.
    record Numbers(long[] shape, double[] values) {
        Numbers withAdded(int index, double step) {
            var changed = values.clone();
            changed[index] += step;
            return new Numbers(shape, changed);
        }
    }

    Runs(OnnxModel model, ElementType type, boolean isOptimized) {
        this.type = type;
        try {
            session =
                    RUNTIME.open(
                            new ModelSource.InMemory("test", model.toBytes(), Optional.empty()),
                            SessionSettings.on(new Device.Cpu(1))
                                    .withGraphOptimization(isOptimized));
        } catch (ProblemException e) {
            throw new AssertionError(e.problem().toString(), e);
        }
    }

    private static OnnxRuntime start() {
        try {
            return OnnxRuntime.start();
        } catch (ProblemException e) {
            throw new IllegalStateException(e);
        }
    }

    /// @param wanted the shapes of the outputs by their names
    Map<String, double[]> run(Map<String, Numbers> inputs, Map<String, long[]> wanted) {
        var given = new LinkedHashMap<String, NativeTensor>();
        var pinned = new LinkedHashMap<String, NativeTensor>();
        var all = new ArrayList<NativeTensor>();
        try {
            inputs.forEach((name, numbers) -> given.put(name, tensor(numbers, all)));
            wanted.forEach((name, shape) -> {
                var tensor = NativeTensor.allocate(type, Shape.of(shape));
                all.add(tensor);
                pinned.put(name, tensor);
            });
            session.run(given, Set.of(), pinned, new CancelToken()).close();
            var results = new LinkedHashMap<String, double[]>();
            pinned.forEach((name, tensor) -> results.put(name, values(tensor)));
            return results;
        } catch (ProblemException e) {
            throw new AssertionError(e.problem().toString(), e);
        } finally {
            all.forEach(NativeTensor::close);
        }
    }

    private NativeTensor tensor(Numbers numbers, List<NativeTensor> all) {
        var tensor = NativeTensor.allocate(type, Shape.of(numbers.shape()));
        all.add(tensor);
        var memory = tensor.tensor().memory();
        for (int i = 0; i < numbers.values().length; i++) {
            if (type == ElementType.FLOAT64) {
                memory.setAtIndex(DOUBLE, i, numbers.values()[i]);
            } else {
                memory.setAtIndex(FLOAT, i, (float) numbers.values()[i]);
            }
        }
        return tensor;
    }

    private static double[] values(NativeTensor tensor) {
        var memory = tensor.tensor().memory();
        var values = new double[(int) tensor.shape().elementCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] =
                    tensor.elementType() == ElementType.FLOAT64
                            ? memory.getAtIndex(DOUBLE, i)
                            : memory.getAtIndex(FLOAT, i);
        }
        return values;
    }

    @Override
    public void close() {
        session.close();
    }
}

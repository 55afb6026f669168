package org.palimpsest.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.palimpsest.onnx.Dimension.Fixed;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.CancelToken;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.ModelSource;
import org.palimpsest.runtime.NativeTensor;
import org.palimpsest.runtime.OnnxRuntime;
import org.palimpsest.runtime.SessionSettings;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Shape;

/// Runs built graphs in ONNX Runtime and checks that the inferred shapes are those that come out.
final class Evaluation {
    private static final OnnxRuntime RUNTIME = start();

    private Evaluation() {}

    private static OnnxRuntime start() {
        try {
            return OnnxRuntime.start();
        } catch (ProblemException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The values of a graph without inputs, as floats; several outputs one after another.
    static float[] run(Function<GraphBuilder, List<Value>> graph) {
        return run(new GraphBuilder("test", OperatorForm.FUSED), graph);
    }

    static float[] run(GraphBuilder g, Function<GraphBuilder, List<Value>> graph) {
        var values = graph.apply(g);
        for (int i = 0; i < values.size(); i++) {
            g.output("y" + i, g.cast(values.get(i), ElementType.FLOAT32));
        }
        return run(g.toModel(), Map.of(), values);
    }

    /// @param expected the values whose shapes the outputs y0, y1, … must have
    static float[] run(OnnxModel model, Map<String, NativeTensor> inputs, List<Value> expected) {
        var names = new ArrayList<String>();
        for (int i = 0; i < expected.size(); i++) {
            names.add("y" + i);
        }
        var all = new ArrayList<Float>();
        try (var session =
                        RUNTIME.open(
                                new ModelSource.InMemory("test", model.toBytes(), Optional.empty()),
                                SessionSettings.on(new Device.Cpu(1))
                                        .withGraphOptimization(false));
                var result = session.run(inputs, Set.copyOf(names), new CancelToken())) {
            for (int i = 0; i < names.size(); i++) {
                var output = result.get(names.get(i));
                requireShape(expected.get(i), output.shape());
                for (float value : output.toFloats()) {
                    all.add(value);
                }
            }
        } catch (ProblemException e) {
            throw new AssertionError(e.getMessage(), e);
        }
        var values = new float[all.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = all.get(i);
        }
        return values;
    }

    private static void requireShape(Value inferred, Shape actual) {
        assertThat(inferred.rank()).as(inferred.toString()).isEqualTo(actual.rank());
        for (int i = 0; i < inferred.rank(); i++) {
            if (inferred.dimension(i) instanceof Fixed(long size)) {
                assertThat(size).as(inferred + " axis " + i).isEqualTo(actual.size(i));
            }
        }
    }

    static OnnxRuntime runtime() {
        return RUNTIME;
    }

    /// Normally distributed numbers, the same for the same seed.
    static float[] random(long seed, int count) {
        var random = new Random(seed);
        var values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    static Value random(GraphBuilder g, String name, long seed, long... shape) {
        var whole = Shape.of(shape);
        return g.floats(name, whole, random(seed, (int) whole.elementCount()));
    }
}

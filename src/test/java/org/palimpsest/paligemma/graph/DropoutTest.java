package org.palimpsest.paligemma.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.palimpsest.onnx.GraphBuilder;
import org.palimpsest.onnx.OperatorForm;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.CancelToken;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.ModelSource;
import org.palimpsest.runtime.NativeTensor;
import org.palimpsest.runtime.OnnxRuntime;
import org.palimpsest.runtime.SessionSettings;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Shape;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DropoutTest {
    private static final int BATCH = 3;
    private static final int SEQUENCE = 50;
    private static final int WIDTH = 64;

    private OnnxRuntime runtime;

    @BeforeAll
    void start() throws ProblemException {
        runtime = OnnxRuntime.start();
    }

    @AfterAll
    void stop() {
        runtime.close();
    }

    /// Ones after dropping, of the first and the second use in one graph, one after the other.
    private float[][] drop(double rate, long seed) throws ProblemException {
        var graph = new GraphBuilder("test", OperatorForm.FUSED);
        var seedInput = graph.input("seed", ElementType.INT64);
        var positions = graph.input("positions", ElementType.INT64, "batch", "sequence");
        var x = graph.input("x", ElementType.FLOAT32, "batch", "sequence", WIDTH);
        var dropout = new Dropout(graph, seedInput, positions);
        graph.output("first", dropout.apply(x, rate));
        graph.output("second", dropout.apply(x, rate));
        var places = new long[BATCH * SEQUENCE];
        Arrays.setAll(places, i -> i % SEQUENCE);
        var ones = new float[BATCH * SEQUENCE * WIDTH];
        Arrays.fill(ones, 1);
        try (var session =
                        runtime.open(
                                new ModelSource.InMemory(
                                        "dropout", graph.toModel().toBytes(), Optional.empty()),
                                SessionSettings.on(new Device.Cpu(1)));
                var seedTensor = NativeTensor.ofLongs(Shape.SCALAR, seed);
                var placeTensor = NativeTensor.ofLongs(Shape.of(BATCH, SEQUENCE), places);
                var xTensor = NativeTensor.ofFloats(Shape.of(BATCH, SEQUENCE, WIDTH), ones);
                var result =
                        session.run(
                                Map.of("seed", seedTensor, "positions", placeTensor, "x", xTensor),
                                Set.of("first", "second"),
                                new CancelToken())) {
            return new float[][] {result.get("first").toFloats(), result.get("second").toFloats()};
        }
    }

    private static double share(float[] values, float of) {
        int count = 0;
        for (float value : values) {
            count += value == of ? 1 : 0;
        }
        return (double) count / values.length;
    }

    @Test
    void theShareThatWasAskedForIsZeroedAndTheRestEnlarged() throws Exception {
        for (double rate : new double[] {0.1, 0.25, 0.5}) {
            for (float[] dropped : drop(rate, 12345)) {
                assertThat(share(dropped, 0)).isCloseTo(rate, within(0.02));
                assertThat(share(dropped, (float) (1 / (1 - rate))))
                        .isEqualTo(1 - share(dropped, 0), within(1e-9));
            }
        }
    }

    @Test
    void whatIsZeroedFollowsFromSeedUseAndPlace() throws Exception {
        var once = drop(0.5, 7);
        assertThat(drop(0.5, 7)).isDeepEqualTo(once);
        // Two independent halves agree in half of the places.
        assertThat(agreement(once[0], once[1])).isCloseTo(0.5, within(0.03));
        assertThat(agreement(once[0], drop(0.5, 8)[0])).isCloseTo(0.5, within(0.03));
        assertThat(agreement(once[0], shifted(once[0], WIDTH))).isCloseTo(0.5, within(0.03));
        assertThat(agreement(once[0], shifted(once[0], 1))).isCloseTo(0.5, within(0.03));
        assertThat(agreement(once[0], shifted(once[0], WIDTH * SEQUENCE)))
                .isCloseTo(0.5, within(0.03));
    }

    private static double agreement(float[] a, float[] b) {
        int same = 0;
        for (int i = 0; i < a.length; i++) {
            same += a[i] == b[i] ? 1 : 0;
        }
        return (double) same / a.length;
    }

    private static float[] shifted(float[] values, int by) {
        var shifted = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            shifted[i] = values[(i + by) % values.length];
        }
        return shifted;
    }
}

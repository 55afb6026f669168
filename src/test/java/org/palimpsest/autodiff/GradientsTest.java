package org.palimpsest.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.palimpsest.tensor.ElementType.FLOAT32;
import static org.palimpsest.tensor.ElementType.FLOAT64;
import static org.palimpsest.tensor.ElementType.INT64;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.autodiff.Runs.Numbers;
import org.palimpsest.onnx.Attributes;
import org.palimpsest.onnx.GraphBuilder;
import org.palimpsest.onnx.Node;
import org.palimpsest.onnx.OperatorForm;
import org.palimpsest.onnx.Section;
import org.palimpsest.onnx.Value;
import org.palimpsest.tensor.Shape;

class GradientsTest {
    private final GraphBuilder g = new GraphBuilder("test", OperatorForm.PRIMITIVE);

    private static Value total(GraphBuilder g, Value x) {
        return g.apply("ReduceSum", Attributes.NONE.with("keepdims", 0), x);
    }

    private double[] run(Value output, Map<String, Numbers> inputs, long... shape) {
        g.output("wanted", output);
        try (var runs = new Runs(g.toModel(), FLOAT64, true)) {
            return runs.run(inputs, Map.of("wanted", shape)).get("wanted");
        }
    }

    private static Map<String, Numbers> x(double... values) {
        return Map.of("x", new Numbers(new long[] {values.length}, values));
    }

    private List<String> written(int from) {
        return g.nodes().stream().skip(from).map(node -> node.operator().name()).toList();
    }

    @Test
    void waysThatPartAndMeetAreAdded() {
        var x = g.input("x", FLOAT64, 2);
        var square = g.mul(x, x);
        var loss = total(g, g.mul(square, g.add(square, x))); // x⁴ + x³
        var gradient = Gradients.of(g, loss, null, List.of(x), List.of()).get(x);
        assertThat(run(gradient, x(1, 2), 2)).containsExactly(4 + 3, 32 + 12);
    }

    @Test
    void theSeedMultipliesAllGradients() {
        var x = g.input("x", FLOAT64, 2);
        var loss = total(g, g.mul(x, x));
        var seed = g.scalar(FLOAT64, 0.25);
        var gradient = Gradients.of(g, loss, seed, List.of(x), List.of()).get(x);
        assertThat(run(gradient, x(1, 2), 2)).containsExactly(0.5, 1);
    }

    @Test
    void aValueInTheMiddleCanBeATarget() {
        var x = g.input("x", FLOAT64, 2);
        var middle = g.mul(x, x);
        var loss = total(g, g.mul(middle, g.mul(middle, x)));
        var gradients = Gradients.of(g, loss, null, List.of(x, middle), List.of());
        g.output("x'", gradients.get(x));
        assertThat(run(gradients.get(middle), x(1, 2), 2)).containsExactly(2, 16);
        assertThat(gradients.keySet()).containsExactlyInAnyOrder(x, middle);
    }

    @Test
    void theLossIsItsOwnTarget() {
        var x = g.input("x", FLOAT64, 2);
        var loss = total(g, x);
        var gradient = Gradients.of(g, loss, null, List.of(loss), List.of()).get(loss);
        assertThat(run(gradient, x(1, 2))).containsExactly(1);
    }

    @Test
    void anUnusedOutputCountsNothing() {
        var x = g.input("x", FLOAT64, 3);
        var loss = total(g, g.mul(g.split(x, 0, 1, 2).get(1), 3));
        var gradient = Gradients.of(g, loss, null, List.of(x), List.of()).get(x);
        assertThat(run(gradient, x(1, 2, 3), 3)).containsExactly(0, 3, 3);
    }

    @Test
    void aTiedTableGetsTheSumOfBothUses() {
        var table = g.input("x", FLOAT64, 2, 2);
        var row = g.gather(table, g.longs(1), 0); // [1, 2]
        var loss = total(g, g.matMulTransposed(row, table)); // Σ rows · row 1
        var gradient = Gradients.of(g, loss, null, List.of(table), List.of()).get(table);
        var inputs = Map.of("x", new Numbers(new long[] {2, 2}, new double[] {1, 2, 3, 4}));
        assertThat(run(gradient, inputs, 2, 2)).containsExactly(3, 4, 3 + 4, 4 + 6);
    }

    @Test
    void onlyNodesBetweenTargetAndLossAreWritten() {
        var x = g.input("x", FLOAT64, 2, 3);
        var frozen = g.input("frozen", FLOAT64, 3, 3);
        var trained = g.input("trained", FLOAT64, 3, 1);
        var hidden = g.tanh(g.matMul(x, frozen));
        var loss = total(g, g.matMul(hidden, trained));
        int before = g.nodes().size();
        Gradients.of(g, loss, null, List.of(trained), List.of());
        assertThat(written(before))
                .containsExactly("Less", "Cast", "Add", "Expand", "Transpose", "MatMul");
    }

    @Test
    void aWeightThatManyMatricesMeetGetsOneProduct() {
        var form = new GraphBuilder("test", OperatorForm.DIFFERENTIABLE);
        var x = form.input("x", FLOAT32, "batch", "tokens", 3);
        var weights = form.input("w", FLOAT32, 5, 3);
        var loss = total(form, form.matMulTransposed(x, weights));
        var gradient = Gradients.of(form, loss, null, List.of(weights), List.of()).get(weights);
        var node = form.nodes().getLast();
        assertThat(node.outputs()).containsExactly(gradient);
        assertThat(node.operator().name()).isEqualTo("FusedMatMul");
        assertThat(node.inputs()).allMatch(factor -> factor.rank() == 2);
        assertThat(form.nodes()).extracting(n -> n.operator().name()).doesNotContain("Transpose");
    }

    @Test
    void aTargetThatTheLossDoesNotUseIsNamed() {
        var x = g.input("x", FLOAT64, 2);
        var loss = total(g, g.mul(g.floor(x), 2));
        assertThatThrownBy(() -> Gradients.of(g, loss, null, List.of(x), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not depend on x: FLOAT64 [2]");
        assertThat(written(0)).doesNotContain("Add");
    }

    @Test
    void anOperatorWithoutARuleIsNamedWithTheReason() {
        var x = g.input("x", FLOAT64, 1, 2, 2, 2);
        var bigger = g.resize(x, 4, 4, "linear", false);
        var loss = total(g, bigger);
        assertThatThrownBy(() -> Gradients.of(g, loss, null, List.of(x), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("No gradient of Resize: used before the first")
                .hasMessageContaining("Resize Resize[x:");
    }

    @Test
    void anAxisThatMayOrMayNotBeBroadcastIsAnError() {
        var x = g.input("x", FLOAT64, "n");
        var y = g.input("y", FLOAT64, "m");
        var loss = total(g, g.mul(x, y));
        assertThatThrownBy(() -> Gradients.of(g, loss, null, List.of(x), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("whether n is broadcast to m")
                .hasMessageContaining("Mul Mul[x");
    }

    @Test
    void aLossOfSeveralNumbersIsRefused() {
        var x = g.input("x", FLOAT64, 2);
        assertThatThrownBy(() -> Gradients.of(g, x, null, List.of(x), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no scalar");
    }

    @Test
    void manyEqualRowsAreAddedOnAllThreads() {
        var table = g.input("x", FLOAT64, 4, 8);
        var places = new long[20_000];
        for (int i = 0; i < places.length; i++) {
            places[i] = i % 3;
        }
        var loss = total(g, g.gather(table, g.longs("at", Shape.of(20_000), places), 0));
        var gradient = Gradients.of(g, loss, null, List.of(table), List.of()).get(table);
        var inputs = Map.of("x", new Numbers(new long[] {4, 8}, new double[32]));
        var counts = run(gradient, inputs, 4, 8);
        for (int i = 0; i < 32; i++) {
            assertThat(counts[i]).isEqualTo(i < 16 ? 6667 : i < 24 ? 6666 : 0);
        }
    }

    /// A chain of blocks, with and without sections.
    private record Chain(GraphBuilder g, Map<Value, Value> gradients, Value loss) {
        static Chain write(OperatorForm form, Object tokens, boolean withSections) {
            var g = new GraphBuilder("chain", form);
            var x = g.input("x", FLOAT32, 2, tokens, 6);
            var scale = g.input("scale", FLOAT32, 6);
            var weights = new ArrayList<Value>();
            var sections = new ArrayList<Section>();
            for (int i = 0; i < 3; i++) {
                var up = g.input("up" + i, FLOAT32, 8, 6);
                var down = g.input("down" + i, FLOAT32, 6, 8);
                weights.addAll(List.of(up, down));
                int first = g.nodes().size();
                var next = block(g, x, scale, up, down);
                sections.add(new Section(x, next, first, g.nodes().size()));
                x = next;
            }
            weights.add(scale);
            var loss = total(g, g.mul(x, x));
            var gradients =
                    Gradients.of(g, loss, null, weights, withSections ? sections : List.of());
            return new Chain(g, gradients, loss);
        }

        private static Value block(GraphBuilder g, Value x, Value scale, Value up, Value down) {
            var attended = g.softmax(g.matMul(x, g.transposeLast(x)), -1);
            var mixed = g.add(x, g.matMul(attended, x));
            var normed = g.rmsNormalization(mixed, scale, 1e-6);
            return g.add(mixed, g.matMulTransposed(g.gelu(g.matMulTransposed(normed, up)), down));
        }

        Map<String, double[]> run() {
            var random = new Random(3);
            var inputs = new LinkedHashMap<String, Numbers>();
            inputs.put("x", numbers(random, 2, 3, 6));
            inputs.put("scale", numbers(random, 6));
            for (int i = 0; i < 3; i++) {
                inputs.put("up" + i, numbers(random, 8, 6));
                inputs.put("down" + i, numbers(random, 6, 8));
            }
            var wanted = new LinkedHashMap<String, long[]>();
            gradients.forEach((target, gradient) -> {
                g.output("d_" + target.name(), gradient);
                wanted.put("d_" + target.name(), inputs.get(target.name()).shape());
            });
            try (var runs = new Runs(g.toModel(), FLOAT32, true)) {
                return runs.run(inputs, wanted);
            }
        }

        private static Numbers numbers(Random random, long... shape) {
            var values = new double[(int) Shape.of(shape).elementCount()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian() / 3;
            }
            return new Numbers(shape, values);
        }

        long count(String operator) {
            return g.nodes().stream().filter(n -> n.operator().name().equals(operator)).count();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PRIMITIVE", "DIFFERENTIABLE"})
    void sectionsChangeNoGradient(OperatorForm form) {
        for (Object tokens : new Object[] {3, "tokens"}) {
            var plain = Chain.write(form, tokens, false);
            var again = Chain.write(form, tokens, true);
            assertThat(again.count("Softmax")).isEqualTo(2 * plain.count("Softmax"));
            var expected = plain.run();
            var actual = again.run();
            assertThat(actual.keySet()).isEqualTo(expected.keySet());
            actual.forEach((name, gradient) ->
                    assertThat(gradient)
                            .as(name)
                            .containsExactly(
                                    expected.get(name), org.assertj.core.data.Offset.offset(1e-6)));
        }
    }

    @Test
    void theBackwardPassReadsNoInnerValueOfASection() {
        var chain = Chain.write(OperatorForm.DIFFERENTIABLE, "tokens", true);
        var nodes = chain.g().nodes();
        int end = nodes.indexOf(producer(nodes, chain.loss())) + 1;
        var firstSoftmax =
                nodes.stream()
                        .filter(n -> n.operator().name().equals("Softmax"))
                        .findFirst()
                        .orElseThrow();
        assertThat(nodes.subList(end, nodes.size()))
                .noneMatch(n -> n.inputs().contains(firstSoftmax.outputs().getFirst()));
    }

    private static Node producer(List<Node> nodes, Value value) {
        return nodes.stream().filter(n -> n.outputs().contains(value)).findFirst().orElseThrow();
    }

    /// ONNX Runtime begins with the end of the graph that was written last: that must be the weight used last.
    @Test
    void theGradientNeededFirstIsWrittenLast() {
        var chain = Chain.write(OperatorForm.DIFFERENTIABLE, "tokens", true);
        assertThat(chain.gradients().keySet())
                .extracting(Value::name)
                .containsExactly("scale", "up0", "down0", "up1", "down1", "up2", "down2");
        assertThat(chain.g().nodes().getLast().outputs())
                .containsExactly(chain.gradients().values().stream().toList().getLast());
    }

    @Test
    void integersCarryNoGradient() {
        var x = g.input("x", FLOAT64, 2);
        var whole = g.cast(x, INT64);
        var loss = total(g, g.add(g.cast(whole, FLOAT64), x));
        var gradient = Gradients.of(g, loss, null, List.of(x), List.of()).get(x);
        assertThat(run(gradient, x(1.5, 2), 2)).containsExactly(1, 1);
    }
}

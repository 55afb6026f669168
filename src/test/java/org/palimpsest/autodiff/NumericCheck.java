package org.palimpsest.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.palimpsest.autodiff.Runs.Numbers;
import org.palimpsest.onnx.GraphBuilder;
import org.palimpsest.onnx.OperatorForm;
import org.palimpsest.onnx.Value;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Shape;

/// Compares gradients with central differences, input by input and element by element.
///
/// The loss is the inner product of all outputs with random numbers, so that each element of the gradients counts.
final class NumericCheck {
    /// What the function under test writes into a graph for its inputs.
    @FunctionalInterface
    interface Body {
        List<Value> write(GraphBuilder g, List<Value> inputs);
    }

    /// @param shape the sizes with which it is run
    /// @param declared the sizes as the graph declares them, numbers or names
    /// @param positive whether all numbers are above 0.5
    record Input(long[] shape, Object[] declared, boolean positive) {}

    /// @param body the function whose gradient is written
    /// @param type the type in which it is run
    /// @param reference the same function in float64, by operators that ONNX Runtime has in float64
    record Case(String operator, List<Input> inputs, Body body, ElementType type, Body reference) {}

    private static final double STEP = 1e-5;

    private NumericCheck() {}

    static GraphBuilder builder(ElementType type) {
        return new GraphBuilder(
                "test",
                type == ElementType.FLOAT64 ? OperatorForm.PRIMITIVE : OperatorForm.DIFFERENTIABLE);
    }

    static void check(Case given) {
        var numbers = numbers(given.inputs());
        var analytic = analytic(given, numbers);
        var numeric = numeric(given, numbers);
        double tolerance = given.type() == ElementType.FLOAT64 ? 1e-7 : 2e-5;
        for (int i = 0; i < given.inputs().size(); i++) {
            var expected = numeric.get(i);
            double largest = 1;
            for (double x : expected) {
                largest = Math.max(largest, Math.abs(x));
            }
            assertThat(analytic.get("d" + i))
                    .as("gradient by input " + i)
                    .containsExactly(
                            expected, org.assertj.core.data.Offset.offset(tolerance * largest));
        }
    }

    static Map<String, Numbers> numbers(List<Input> inputs) {
        var random = new Random(7);
        var result = new LinkedHashMap<String, Numbers>();
        for (int i = 0; i < inputs.size(); i++) {
            var input = inputs.get(i);
            var values = new double[(int) Shape.of(input.shape()).elementCount()];
            for (int j = 0; j < values.length; j++) {
                double value = (float) random.nextGaussian();
                values[j] = input.positive() ? Math.abs(value) + 0.5 : value;
            }
            result.put("x" + i, new Numbers(input.shape(), values));
        }
        return result;
    }

    static List<Value> declare(GraphBuilder g, Case given, ElementType type) {
        var values = new ArrayList<Value>();
        for (int i = 0; i < given.inputs().size(); i++) {
            values.add(g.input("x" + i, type, given.inputs().get(i).declared()));
        }
        return values;
    }

    private static Map<String, double[]> analytic(Case given, Map<String, Numbers> numbers) {
        var g = builder(given.type());
        var inputs = declare(g, given, given.type());
        var loss = loss(g, given.body().write(g, inputs), given.type());
        assertThat(g.nodes().stream().map(node -> node.operator().key()))
                .contains(given.operator());
        var gradients = Gradients.of(g, loss, null, inputs, List.of());
        var wanted = new LinkedHashMap<String, long[]>();
        for (int i = 0; i < inputs.size(); i++) {
            g.output("d" + i, gradients.get(inputs.get(i)));
            wanted.put("d" + i, given.inputs().get(i).shape());
        }
        try (var runs = new Runs(g.toModel(), given.type(), false)) {
            return runs.run(numbers, wanted);
        }
    }

    private static List<double[]> numeric(Case given, Map<String, Numbers> numbers) {
        var g = builder(ElementType.FLOAT64);
        var inputs = declare(g, given, ElementType.FLOAT64);
        g.output("loss", loss(g, given.reference().write(g, inputs), ElementType.FLOAT64));
        var all = new ArrayList<double[]>();
        try (var runs = new Runs(g.toModel(), ElementType.FLOAT64, false)) {
            numbers.forEach((name, at) -> {
                var slopes = new double[at.values().length];
                for (int i = 0; i < slopes.length; i++) {
                    double above = loss(runs, numbers, name, at.withAdded(i, STEP));
                    double below = loss(runs, numbers, name, at.withAdded(i, -STEP));
                    slopes[i] = (above - below) / (2 * STEP);
                }
                all.add(slopes);
            });
        }
        return all;
    }

    private static double loss(
            Runs runs, Map<String, Numbers> numbers, String name, Numbers changed) {
        var inputs = new LinkedHashMap<>(numbers);
        inputs.put(name, changed);
        return runs.run(inputs, Map.of("loss", new long[0])).get("loss")[0];
    }

    /// Σ y ⊙ r over all outputs, with r of period 7 so that its shape need not be known.
    private static Value loss(GraphBuilder g, List<Value> outputs, ElementType type) {
        Value loss = null;
        for (int i = 0; i < outputs.size(); i++) {
            var y = outputs.get(i);
            var flat = g.reshape(g.cast(y, type), -1);
            var count = g.squeeze(g.shape(flat), 0);
            var places =
                    g.range(g.scalar(ElementType.INT64, 0), count, g.scalar(ElementType.INT64, 1));
            var weights = g.cast(g.mod(g.mul(places, 5 + i), g.scalar(ElementType.INT64, 7)), type);
            var sum = g.reduceSum(g.mul(flat, g.mul(g.sub(weights, 2.5), 0.3)), false, 0);
            loss = loss == null ? sum : g.add(loss, sum);
        }
        return loss;
    }

    static List<Value> one(Value value) {
        return Collections.singletonList(value);
    }
}

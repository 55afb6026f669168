package org.palimpsest.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Shape;

class OperatorTableTest {
    static Set<String> operators() {
        return OperatorCases.ALL.keySet();
    }

    @ParameterizedTest
    @MethodSource("operators")
    void onnxRuntimeComputesWhatTheOperatorPromises(String operator) {
        var given = OperatorCases.ALL.get(operator);
        var actual = Evaluation.run(given.graph());
        assertThat(actual).hasSameSizeAs(given.expected());
        for (int i = 0; i < actual.length; i++) {
            float tolerance = 1e-5f * Math.max(1, Math.abs(given.expected()[i]));
            assertThat(actual[i])
                    .as("element " + i)
                    .isCloseTo(given.expected()[i], within(tolerance));
        }
    }

    private static org.assertj.core.data.Offset<Float> within(float tolerance) {
        return org.assertj.core.data.Offset.offset(tolerance);
    }

    @Test
    void everyOperatorHasACase() {
        assertThat(OperatorTable.all().stream().map(Operator::key).collect(Collectors.toSet()))
                .isEqualTo(OperatorCases.ALL.keySet());
    }

    @Test
    void everyCaseUsesItsOperator() {
        OperatorCases.ALL.forEach((operator, given) -> {
            var g = new GraphBuilder("test", OperatorForm.FUSED);
            given.graph().apply(g);
            assertThat(g.nodes().stream().map(node -> node.operator().key())).contains(operator);
        });
    }

    @Test
    void wrongCallsAreRefusedWithWhatWasExpected() {
        var g = new GraphBuilder("test", OperatorForm.FUSED);
        var x = g.input("x", ElementType.FLOAT32, "batch", 3);
        var i = g.input("i", ElementType.INT64, "batch", 3);
        refused(() -> g.add(x, i), "must be FLOAT32");
        refused(() -> g.apply("Add", Attributes.NONE, x), "Input 1 of N N -> N is missing");
        refused(() -> g.apply("Neg", Attributes.NONE, x, x), "one too many");
        refused(() -> g.sqrt(i), "takes");
        refused(() -> g.add(x, g.floats("w", Shape.of(4), 1, 2, 3, 4)), "do not fit together");
        refused(() -> g.matMul(x, g.floats("v", Shape.of(4, 1), 1, 2, 3, 4)), "do not fit");
        refused(() -> g.apply("Concat", Attributes.NONE, x, x), "needs the attribute axis");
        refused(() -> g.apply("Neg", Attributes.NONE.with("axis", 1), x), "has no attribute axis");
        refused(
                () -> g.apply("Softmax", Attributes.NONE.with("axis", "last"), x),
                "is a IntAttribute");
        refused(() -> g.softmax(x, 2), "axis 2 of rank 2");
        refused(() -> g.reduceSum(x, true, -3), "axis -3 of rank 2");
        refused(() -> g.transpose(x, 0, 0), "no order of the axes");
        refused(() -> g.reshape(g.floats("u", Shape.of(4), 1, 2, 3, 4), 3, 1), "4 elements");
        refused(() -> g.apply("Nonsense", Attributes.NONE, x), "No operator Nonsense");
        refused(
                () -> g.neg(new Value("x", ElementType.FLOAT32, Dimension.fixed(3))),
                "not a value");
        refused(
                () -> new GraphBuilder("old", 18, OperatorForm.FUSED).gelu(x),
                "younger than opset 18");
        refused(() -> g.input("x", ElementType.FLOAT32), "second value named x");
        refused(
                () ->
                        g.external(
                                "e", ElementType.FLOAT32, Shape.of(3), new ExternalData("f", 0, 8)),
                "does not fill");
    }

    private static void refused(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String why) {
        assertThatThrownBy(call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }
}

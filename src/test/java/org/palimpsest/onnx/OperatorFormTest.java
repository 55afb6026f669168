package org.palimpsest.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.palimpsest.onnx.Evaluation.random;
import static org.palimpsest.tensor.ElementType.FLOAT32;
import static org.palimpsest.tensor.ElementType.UINT8;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.tensor.Shape;

class OperatorFormTest {
    /// What gradients will be known for, and what carries no gradient.
    private static final Set<String> PRIMITIVES =
            Set.of(
                    "Add",
                    "Sub",
                    "Mul",
                    "Div",
                    "Sqrt",
                    "Tanh",
                    "MatMul",
                    "Softmax",
                    "ReduceMean",
                    "Transpose",
                    "Reshape",
                    "Concat",
                    "Split",
                    "Slice",
                    "Unsqueeze",
                    "Where",
                    "Range",
                    "LessOrEqual",
                    "Squeeze",
                    "Less",
                    "Cast",
                    "Mod",
                    "Shape");

    private static void agree(Function<GraphBuilder, Value> graph) {
        agreeAll(g -> List.of(graph.apply(g)));
    }

    private static void agreeAll(Function<GraphBuilder, List<Value>> graph) {
        var primitive = new GraphBuilder("primitive", OperatorForm.PRIMITIVE);
        var expected = Evaluation.run(graph);
        var actual = Evaluation.run(primitive, graph);
        assertThat(
                        primitive.nodes().stream()
                                .map(n -> n.operator().key())
                                .collect(Collectors.toSet()))
                .isSubsetOf(PRIMITIVES);
        agree(actual, expected);
        agree(
                Evaluation.run(
                        new GraphBuilder("differentiable", OperatorForm.DIFFERENTIABLE), graph),
                expected);
    }

    private static void agree(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i])
                    .isCloseTo(
                            expected[i],
                            org.assertj.core.data.Offset.offset(
                                    1e-5f * Math.max(1, Math.abs(expected[i]))));
        }
    }

    @Test
    void geluAgrees() {
        agree(g -> g.gelu(random(g, "x", 1, 2, 5, 7)));
    }

    @Test
    void normalisationsAgree() {
        agree(g -> g.rmsNormalization(random(g, "x", 1, 2, 5, 8), random(g, "w", 2, 8), 1e-6));
        agree(g ->
                g.layerNormalization(
                        random(g, "x", 1, 2, 5, 8),
                        random(g, "w", 2, 8),
                        random(g, "b", 3, 8),
                        1e-6));
        agree(g ->
                g.layerNormalization(random(g, "x", 1, 2, 5, 8), random(g, "w", 2, 8), null, 1e-6));
    }

    @Test
    void transposedProductsAgree() {
        agree(g -> g.matMulTransposed(random(g, "x", 1, 2, 5, 8), random(g, "w", 2, 3, 8)));
    }

    @Test
    void rotaryEmbeddingsAgree() {
        agree(g ->
                g.rotaryEmbedding(
                        random(g, "x", 1, 2, 3, 4, 8),
                        random(g, "cos", 2, 2, 4, 4),
                        random(g, "sin", 3, 2, 4, 4)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "additive", "boolean"})
    void attentionAgreesWithAndWithoutGroupsMaskAndCap(String kind) {
        for (int keyHeads : new int[] {1, 2, 4}) {
            for (double cap : new double[] {0, 1.5}) {
                agree(g ->
                        attention(
                                g,
                                random(g, "q", 1, 2, 4, 3, 8),
                                random(g, "k", 2, 2, keyHeads, 5, 8),
                                random(g, "v", 3, 2, keyHeads, 5, 8),
                                mask(g, kind),
                                new AttentionOptions(0.7, cap)));
            }
        }
    }

    @Test
    void causalAttentionAgreesWithAndWithoutACache() {
        for (double cap : new double[] {0, 1.5}) {
            agreeAll(g -> causal(g, 2, 3, 0, cap));
            agreeAll(g -> causal(g, 2, 1, 4, cap));
            agreeAll(g -> causal(g, 1, 3, 4, cap));
        }
    }

    private static List<Value> causal(
            GraphBuilder g, int batch, int tokens, int past, double softCap) {
        return g.causalAttention(
                random(g, "q", 1, batch, tokens, 32),
                random(g, "k", 2, batch, tokens, 16),
                random(g, "v", 3, batch, tokens, 16),
                past == 0
                        ? List.of()
                        : List.of(
                                random(g, "pk", 4, batch, 2, past, 8),
                                random(g, "pv", 5, batch, 2, past, 8)),
                new CausalAttention(4, 2, new AttentionOptions(0.7, softCap)));
    }

    /// ONNX Runtime's own kernel in the fused form, for groups too.
    private static Value attention(
            GraphBuilder g, Value q, Value k, Value v, Value mask, AttentionOptions options) {
        return g.fused()
                ? g.apply("Attention", options.attributes(), q, k, v, mask)
                : g.attention(q, k, v, mask, options);
    }

    @Test
    void groupsOfQueryHeadsAreWrittenOutInBothForms() {
        var g = new GraphBuilder("test", OperatorForm.FUSED);
        var options = new AttentionOptions(1, 0);
        var k = random(g, "k", 2, 1, 2, 5, 8);
        g.attention(random(g, "q", 1, 1, 2, 3, 8), k, k, null, options);
        assertThat(g.nodes())
                .extracting(node -> node.operator().key())
                .containsExactly("Attention");
        g.attention(random(g, "q4", 1, 1, 4, 3, 8), k, k, null, options);
        assertThat(g.nodes())
                .filteredOn(node -> node.operator().key().equals("Attention"))
                .hasSize(1);
    }

    private static Value mask(GraphBuilder g, String kind) {
        var attend = g.less(random(g, "m", 4, 2, 1, 3, 5), g.scalar(FLOAT32, 0.8));
        return switch (kind) {
            case "boolean" -> attend;
            case "additive" -> g.where(attend, g.scalar(FLOAT32, 0), g.scalar(FLOAT32, -1e9));
            default -> null;
        };
    }

    @Test
    void theCapComesBeforeTheMaskAndHidesGarbage() {
        var q = random(1, 2 * 3 * 4);
        var k = random(2, 5 * 4);
        var v = random(3, 5 * 4);
        var mask = new float[15];
        for (int t = 0; t < 3; t++) {
            mask[t * 5 + 3] = Float.NEGATIVE_INFINITY;
            mask[t * 5 + 4] = Float.NEGATIVE_INFINITY;
        }
        var expected = PlainJava.attention(q, k, v, mask, new int[] {2, 1, 3, 5, 4}, 0.7, 2);
        for (var form : OperatorForm.values()) {
            for (float garbage : new float[] {0, 1e6f}) {
                var spoiled = v.clone();
                java.util.Arrays.fill(spoiled, 12, 20, garbage);
                var actual =
                        Evaluation.run(
                                new GraphBuilder("test", form),
                                g ->
                                        List.of(
                                                attention(
                                                        g,
                                                        g.floats("q", Shape.of(1, 2, 3, 4), q),
                                                        g.floats("k", Shape.of(1, 1, 5, 4), k),
                                                        g.floats(
                                                                "v", Shape.of(1, 1, 5, 4), spoiled),
                                                        g.floats("m", Shape.of(1, 1, 3, 5), mask),
                                                        new AttentionOptions(0.7, 2))));
                assertThat(actual)
                        .containsExactly(expected, org.assertj.core.data.Offset.offset(1e-5f));
            }
        }
    }

    @Test
    void weightsOfFewBitsAgreeWithTheirFullForm() {
        for (int bits : new int[] {4, 8}) {
            for (boolean zeroPoints : new boolean[] {false, true}) {
                agree(g ->
                        g.matMulNBits(
                                random(g, "x", 1, 3, 40),
                                new QuantizedWeights(
                                        bytes(g, "w", 5 * 2L * 32 * bits / 8, 5, 2, 32 * bits / 8),
                                        random(g, "s", 2, 10),
                                        zeroPoints
                                                ? bytes(g, "z", 5L * bits / 4, 5L * bits / 4)
                                                : null,
                                        40,
                                        5,
                                        new QuantizedWeights.Blocks(bits, 32),
                                        0)));
            }
        }
    }

    private static Value bytes(GraphBuilder g, String name, long count, long... shape) {
        var values = new float[(int) count];
        var random = new java.util.Random(9);
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(256);
        }
        return g.cast(g.floats(name, Shape.of(shape), values), UINT8);
    }

    @Test
    void eightBitProductsAreNearTheFloatProduct() {
        var x = random(1, 3 * 16);
        var w = new float[16 * 4];
        for (int i = 0; i < w.length; i++) {
            w[i] = i % 13 - 6;
        }
        var expected = PlainJava.matMul(x, w, 3, 16, 4);
        var actual =
                Evaluation.run(g ->
                        List.of(
                                g.matMulDynamicallyQuantized(
                                        g.floats("x", Shape.of(3, 16), x),
                                        g.cast(
                                                g.floats("w", Shape.of(16, 4), w),
                                                org.palimpsest.tensor.ElementType.INT8),
                                        g.scalar(FLOAT32, 1),
                                        null)));
        assertThat(actual).containsExactly(expected, org.assertj.core.data.Offset.offset(0.8f));
    }
}

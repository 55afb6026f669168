package org.palimpsest.onnx;

import static org.palimpsest.tensor.ElementType.BOOL;
import static org.palimpsest.tensor.ElementType.FLOAT32;
import static org.palimpsest.tensor.ElementType.INT32;
import static org.palimpsest.tensor.ElementType.INT64;
import static org.palimpsest.tensor.ElementType.INT8;
import static org.palimpsest.tensor.ElementType.UINT8;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Shape;

/// At least one small graph for each row of the operator table, with the values that it must give.
final class OperatorCases {
    static final Map<String, Case> ALL = new LinkedHashMap<>();

    private OperatorCases() {}

    /// A graph and its values; several outputs one after another.
    record Case(Function<GraphBuilder, List<Value>> graph, float[] expected) {}

    private static final float[] A = Evaluation.random(1, 64);
    private static final float[] B = Evaluation.random(2, 64);

    static {
        elementwise();
        logic();
        reductions();
        layout();
        indexing();
        products();
        fused();
    }

    private static void one(
            String operator, Function<GraphBuilder, Value> graph, double... expected) {
        many(operator, g -> List.of(graph.apply(g)), expected);
    }

    private static void many(
            String operator, Function<GraphBuilder, List<Value>> graph, double... expected) {
        var floats = new float[expected.length];
        for (int i = 0; i < expected.length; i++) {
            floats[i] = (float) expected[i];
        }
        ALL.put(operator, new Case(graph, floats));
    }

    private static void one(
            String operator, Function<GraphBuilder, Value> graph, float[] expected) {
        ALL.put(operator, new Case(g -> List.of(graph.apply(g)), expected));
    }

    private static Value v(GraphBuilder g, double... elements) {
        return m(g, Shape.of(elements.length), elements);
    }

    private static Value m(GraphBuilder g, Shape shape, double... elements) {
        var floats = new float[elements.length];
        for (int i = 0; i < elements.length; i++) {
            floats[i] = (float) elements[i];
        }
        return g.floats("data" + g.graph().initializers().size(), shape, floats);
    }

    private static Value part(GraphBuilder g, float[] of, long... shape) {
        var whole = Shape.of(shape);
        return g.floats(
                "part" + g.graph().initializers().size(),
                whole,
                java.util.Arrays.copyOf(of, (int) whole.elementCount()));
    }

    private static Value bools(GraphBuilder g, double... elements) {
        return g.cast(v(g, elements), BOOL);
    }

    private static Value as(GraphBuilder g, ElementType type, Shape shape, double... elements) {
        return g.cast(m(g, shape, elements), type);
    }

    private static void elementwise() {
        one("Abs", g -> g.abs(v(g, -2, 3)), 2, 3);
        one("Add", g -> g.add(m(g, Shape.of(2, 1), 1, 2), v(g, 10, 20)), 11, 21, 12, 22);
        one("Sub", g -> g.sub(v(g, 5, 7), 2), 3, 5);
        one("Mul", g -> g.mul(v(g, 5, 7), v(g, 2, 3)), 10, 21);
        one("Div", g -> g.div(v(g, 5, 7), v(g, 2, -4)), 2.5, -1.75);
        one("Mod", g -> g.mod(g.longs(7, 9), g.longs(4, 3)), 3, 0);
        one("Neg", g -> g.neg(v(g, 5, -7)), -5, 7);
        one("Reciprocal", g -> g.reciprocal(v(g, 4, -0.5)), 0.25, -2);
        one("Sqrt", g -> g.sqrt(v(g, 4, 2)), 2, Math.sqrt(2));
        one("Pow", g -> g.pow(v(g, 2, 3), 3), 8, 27);
        one("Exp", g -> g.exp(v(g, 0, 1.5)), 1, Math.exp(1.5));
        one("Log", g -> g.log(v(g, 1, 5)), 0, Math.log(5));
        one("Erf", g -> g.erf(v(g, 0, 1)), 0, 0.8427007929497149);
        one("Tanh", g -> g.tanh(v(g, 0.3, -2)), Math.tanh(0.3), Math.tanh(-2));
        one("Sigmoid", g -> g.sigmoid(v(g, 0, 2)), 0.5, 1 / (1 + Math.exp(-2)));
        one("Relu", g -> g.relu(v(g, -1, 2)), 0, 2);
        one("Cos", g -> g.cos(v(g, 0.5, 4)), Math.cos(0.5), Math.cos(4));
        one("Sin", g -> g.sin(v(g, 0.5, 4)), Math.sin(0.5), Math.sin(4));
        one("Floor", g -> g.floor(v(g, 1.7, -1.2)), 1, -2);
        one("Round", g -> g.round(v(g, 0.5, 1.5, -1.6)), 0, 2, -2);
        one("Min", g -> g.min(v(g, 1, 5), v(g, 3, 2)), 1, 2);
        one("Max", g -> g.max(v(g, 1, 5), v(g, 3, 2)), 3, 5);
        one(
                "Clip",
                g -> g.clip(v(g, -3, 0.5, 9), g.scalar(FLOAT32, -1), g.scalar(FLOAT32, 1)),
                -1,
                0.5,
                1);
        one("Cast", g -> g.cast(v(g, 1.7, -1.7), INT64), 1, -1);
        one("Identity", g -> g.identity(v(g, 3, 4)), 3, 4);
    }

    private static void logic() {
        one("Equal", g -> g.equal(v(g, 1, 2), v(g, 1, 3)), 1, 0);
        one("Less", g -> g.less(v(g, 1, 2, 3), v(g, 2, 2, 2)), 1, 0, 0);
        one("LessOrEqual", g -> g.lessOrEqual(v(g, 1, 2, 3), v(g, 2, 2, 2)), 1, 1, 0);
        one("Greater", g -> g.greater(v(g, 1, 2, 3), v(g, 2, 2, 2)), 0, 0, 1);
        one("GreaterOrEqual", g -> g.greaterOrEqual(v(g, 1, 2, 3), v(g, 2, 2, 2)), 0, 1, 1);
        one("And", g -> g.and(bools(g, 0, 1, 1), bools(g, 1, 1, 0)), 0, 1, 0);
        one("Or", g -> g.or(bools(g, 0, 1, 0), bools(g, 1, 1, 0)), 1, 1, 0);
        one("Not", g -> g.not(bools(g, 0, 1)), 1, 0);
        one("Where", g -> g.where(bools(g, 1, 0), v(g, 1, 2), v(g, 8, 9)), 1, 9);
    }

    private static void reductions() {
        Shape s = Shape.of(2, 3);
        one("ReduceMean", g -> g.reduceMean(m(g, s, 1, 2, 3, 4, 5, 9), true, -1), 2, 6);
        one("ReduceSum", g -> g.reduceSum(m(g, s, 1, 2, 3, 4, 5, 9), false, 0), 5, 7, 12);
        one("ReduceMax", g -> g.reduceMax(m(g, s, 1, 2, 3, 4, 5, 9), false, 0, 1), 9);
        one("ReduceMin", g -> g.reduceMin(m(g, s, 1, 2, 3, 4, 5, 9), true, 0), 1, 2, 3);
        one("ArgMax", g -> g.argMax(m(g, s, 1, 2, 3, 4, 9, 5), 1, false), 2, 1);
        one("ArgMin", g -> g.argMin(m(g, s, 1, 2, 3, 4, 0, 5), 0, true), 0, 1, 0);
        one("Softmax", g -> g.softmax(part(g, A, 4, 5), -1), PlainJava.softmax(first(A, 20), 5));
        one("LogSoftmax", g -> g.logSoftmax(v(g, 0, Math.log(3)), 0), Math.log(.25), Math.log(.75));
        one("CumSum", g -> g.cumulativeSum(v(g, 1, 2, 4), 0), 1, 3, 7);
        many("TopK", g -> g.topK(v(g, 3, 9, 5, 7), 2, 0), 9, 7, 1, 3);
    }

    private static void layout() {
        Shape s = Shape.of(2, 3);
        one("Reshape", g -> g.reshape(m(g, s, 1, 2, 3, 4, 5, 6), -1, 2), 1, 2, 3, 4, 5, 6);
        one("Transpose", g -> g.transpose(m(g, s, 1, 2, 3, 4, 5, 6), 1, 0), 1, 4, 2, 5, 3, 6);
        one(
                "Concat",
                g -> g.concat(1, m(g, s, 1, 2, 3, 4, 5, 6), m(g, Shape.of(2, 1), 7, 8)),
                1,
                2,
                3,
                7,
                4,
                5,
                6,
                8);
        many("Split", g -> g.split(m(g, s, 1, 2, 3, 4, 5, 6), -1, 1, 2), 1, 4, 2, 3, 5, 6);
        one("Slice", g -> g.slice(m(g, s, 1, 2, 3, 4, 5, 6), 1, -2, Long.MAX_VALUE), 2, 3, 5, 6);
        one("Expand", g -> g.expand(m(g, Shape.of(2, 1), 1, 2), g.longs(2, 2)), 1, 1, 2, 2);
        one("Shape", g -> g.shape(part(g, A, 2, 3, 5)), 2, 3, 5);
        one("Unsqueeze", g -> g.unsqueeze(v(g, 1, 2), 0, -1), 1, 2);
        one("Squeeze", g -> g.squeeze(m(g, Shape.of(1, 2, 1), 1, 2), 0), 1, 2);
        one(
                "Range",
                g -> g.range(g.scalar(INT64, 2), g.scalar(INT64, 9), g.scalar(INT64, 3)),
                2,
                5,
                8);
        one("ConstantOfShape", g -> g.filled(g.longs(2, 1), FLOAT32, 2.5), 2.5, 2.5);
        one(
                "Constant",
                g -> g.apply("Constant", Attributes.NONE.withElement("value", INT32, 7)),
                7);
        one("Tile", g -> g.tile(m(g, Shape.of(1, 2), 1, 2), g.longs(2, 2)), 1, 2, 1, 2, 1, 2, 1, 2);
        one("Pad", g -> g.pad(v(g, 1, 2), g.longs(1, 2), g.scalar(FLOAT32, 9)), 9, 1, 2, 9, 9);
        one("Trilu", g -> g.trilu(m(g, Shape.of(2, 2), 1, 2, 3, 4), false, 0), 1, 0, 3, 4);
        // Output pixels 0 and 1 lie at -0.25 and 0.25 of the input: 1 and 0.75·1 + 0.25·5.
        one(
                "Resize",
                g -> g.resize(m(g, Shape.of(1, 1, 1, 2), 1, 5), 1, 4, "linear", false),
                1,
                2,
                4,
                5);
    }

    private static void indexing() {
        Shape s = Shape.of(2, 3);
        one("Gather", g -> g.gather(m(g, s, 1, 2, 3, 4, 5, 6), g.longs(2, 0), 1), 3, 1, 6, 4);
        one(
                "GatherND",
                g ->
                        g.gatherNd(
                                m(g, s, 1, 2, 3, 4, 5, 6),
                                g.longs("at", Shape.of(2, 2), 0, 2, 1, 1),
                                0),
                3,
                5);
        one(
                "GatherElements",
                g ->
                        g.gatherElements(
                                m(g, s, 1, 2, 3, 4, 5, 6), g.longs("at", Shape.of(2, 1), 2, 0), 1),
                3,
                4);
        one(
                "ScatterND",
                g ->
                        g.scatterNd(
                                v(g, 1, 2, 3),
                                g.longs("at", Shape.of(2, 1), 2, 0),
                                v(g, 8, 9),
                                "none"),
                9,
                2,
                8);
        one(
                "ScatterElements",
                g -> g.scatterElements(v(g, 1, 2, 3), g.longs(2, 2), v(g, 8, 9), 0, "add"),
                1,
                2,
                20);
        one(
                "TensorScatter",
                g ->
                        g.tensorScatter(
                                m(g, Shape.of(2, 3, 1), 1, 2, 3, 4, 5, 6),
                                m(g, Shape.of(2, 1, 1), 8, 9),
                                g.longs(1, 2),
                                1),
                1,
                8,
                3,
                4,
                5,
                9);
    }

    private static void products() {
        one(
                "MatMul",
                g -> g.matMul(part(g, A, 3, 4), part(g, B, 4, 5)),
                PlainJava.matMul(A, B, 3, 4, 5));
        one(
                "Gemm",
                g ->
                        g.gemm(
                                part(g, A, 3, 4),
                                part(g, B, 5, 4),
                                g.floats("c", Shape.of(5), new float[5]),
                                false,
                                true),
                PlainJava.matMul(A, PlainJava.transpose(first(B, 20), 5, 4), 3, 4, 5));
        one(
                "com.microsoft:FusedMatMul",
                g ->
                        g.apply(
                                "com.microsoft:FusedMatMul",
                                Attributes.NONE.with("transB", 1).with("alpha", 1.0),
                                part(g, A, 3, 4),
                                part(g, B, 5, 4)),
                PlainJava.matMul(A, PlainJava.transpose(first(B, 20), 5, 4), 3, 4, 5));
        one(
                "MatMulInteger",
                g ->
                        g.matMulInteger(
                                as(g, UINT8, Shape.of(1, 2), 200, 100),
                                as(g, INT8, Shape.of(2, 1), -3, 5),
                                g.scalar(UINT8, 50),
                                null),
                150 * -3 + 50 * 5);
        many(
                "DynamicQuantizeLinear",
                g -> g.dynamicQuantizeLinear(v(g, 0, 1, 255)),
                0,
                1,
                255,
                1,
                0);
        one(
                "Conv",
                g -> g.conv(part(g, A, 1, 2, 4, 4), part(g, B, 2, 2, 3, 3), null, 2, 1),
                PlainJava.conv(A, B, 2, 2, 4, 3, 2, 1));
        one(
                "ConvTranspose",
                g -> g.convTranspose(part(g, A, 1, 2, 3, 3), part(g, B, 2, 1, 4, 4), null, 2, 1),
                PlainJava.convTranspose(A, B, 2, 1, 3, 4, 2, 1));
    }

    private static void fused() {
        one("Gelu", g -> g.gelu(part(g, A, 9)), PlainJava.geluTanh(first(A, 9)));
        one(
                "LayerNormalization",
                g -> g.layerNormalization(part(g, A, 3, 4), part(g, B, 4), part(g, A, 4), 1e-6),
                PlainJava.normalise(first(A, 12), first(B, 4), first(A, 4), 1e-6, true));
        var rms = PlainJava.normalise(first(A, 12), first(B, 4), new float[4], 1e-6, false);
        one(
                "RMSNormalization",
                g -> g.rmsNormalization(part(g, A, 3, 4), part(g, B, 4), 1e-6),
                rms);
        one(
                "SimplifiedLayerNormalization",
                g ->
                        g.apply(
                                "SimplifiedLayerNormalization",
                                Attributes.NONE.with("epsilon", 1e-6),
                                part(g, A, 3, 4),
                                part(g, B, 4)),
                rms);
        one(
                "RotaryEmbedding",
                g ->
                        g.rotaryEmbedding(
                                part(g, A, 1, 2, 3, 4), part(g, B, 1, 3, 2), part(g, A, 1, 3, 2)),
                PlainJava.rotate(first(A, 24), B, A, 3, 2));
        one(
                "Attention",
                g ->
                        g.apply(
                                "Attention",
                                new AttentionOptions(0.5, 2).attributes(),
                                part(g, A, 1, 4, 2, 4),
                                part(g, B, 1, 2, 3, 4),
                                part(g, A, 1, 2, 3, 4)),
                PlainJava.attention(A, B, A, new float[6], new int[] {4, 2, 2, 3, 4}, 0.5, 2));
        one(
                "com.microsoft:MultiHeadAttention",
                g ->
                        g.multiHeadAttention(
                                g.floats("zeros", Shape.of(1, 1, 8), new float[8]),
                                part(g, A, 1, 2, 8),
                                part(g, B, 1, 2, 8),
                                2),
                meanOfTwoRows(B, 8));
        one(
                "com.microsoft:GroupQueryAttention",
                g ->
                        g.apply(
                                "com.microsoft:GroupQueryAttention",
                                Attributes.NONE
                                        .with("num_heads", 2)
                                        .with("kv_num_heads", 1)
                                        .with("scale", 0.5),
                                part(g, A, 1, 1, 16),
                                part(g, B, 1, 1, 8),
                                part(g, A, 1, 1, 8),
                                null,
                                null,
                                as(g, INT32, Shape.of(1), 0),
                                g.scalar(INT32, 1)),
                PlainJava.attention(A, B, A, new float[1], new int[] {2, 1, 1, 1, 8}, 0.5, 0));
        one("com.microsoft:MatMulNBits", OperatorCases::fourBits, fourBitsExpected());
    }

    /// Two outputs, one block of 16 numbers each: -8 … 7 and 7 … -8, times 0.5 and 2.
    private static Value fourBits(GraphBuilder g) {
        var packed = new double[16];
        for (int i = 0; i < 8; i++) {
            packed[i] = 2 * i + 16 * (2 * i + 1);
            packed[8 + i] = 15 - 2 * i + 16 * (14 - 2 * i);
        }
        return g.matMulNBits(
                part(g, A, 1, 16),
                new QuantizedWeights(
                        as(g, UINT8, Shape.of(2, 1, 8), packed),
                        v(g, 0.5, 2),
                        null,
                        16,
                        2,
                        new QuantizedWeights.Blocks(4, 16),
                        0));
    }

    private static float[] fourBitsExpected() {
        double up = 0;
        double down = 0;
        for (int i = 0; i < 16; i++) {
            up += A[i] * (i - 8) * 0.5;
            down += A[i] * (7 - i) * 2;
        }
        return new float[] {(float) up, (float) down};
    }

    private static float[] first(float[] values, int count) {
        return java.util.Arrays.copyOf(values, count);
    }

    /// What attention gives a query of zeros: all rows count alike.
    private static float[] meanOfTwoRows(float[] values, int width) {
        var mean = new float[width];
        for (int i = 0; i < width; i++) {
            mean[i] = (values[i] + values[width + i]) / 2;
        }
        return mean;
    }
}

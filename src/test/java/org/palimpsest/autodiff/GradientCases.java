package org.palimpsest.autodiff;

import static org.palimpsest.tensor.ElementType.FLOAT32;
import static org.palimpsest.tensor.ElementType.FLOAT64;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.palimpsest.autodiff.NumericCheck.Body;
import org.palimpsest.autodiff.NumericCheck.Case;
import org.palimpsest.autodiff.NumericCheck.Input;
import org.palimpsest.onnx.Attributes;
import org.palimpsest.onnx.GraphBuilder;
import org.palimpsest.onnx.Value;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Shape;

/// At least one function for each row of the gradient table that has a vector-Jacobian product.
final class GradientCases {
    static final List<Case> ALL = new ArrayList<>();

    private GradientCases() {}

    static {
        elementwise();
        broadcasts();
        reductions();
        LayoutGradientCases.addAll();
        products();
        fused();
    }

    interface Two extends BiFunction<GraphBuilder, List<Value>, Value> {}

    static Input in(long... shape) {
        return new Input(shape, boxed(shape), false);
    }

    static Input positive(long... shape) {
        return new Input(shape, boxed(shape), true);
    }

    /// With a size that the graph does not know, called "n".
    static Input open(int axis, long... shape) {
        var declared = boxed(shape);
        declared[axis] = "n";
        return new Input(shape, declared, false);
    }

    static Object[] boxed(long... shape) {
        var declared = new Object[shape.length];
        for (int i = 0; i < shape.length; i++) {
            declared[i] = shape[i];
        }
        return declared;
    }

    static void many(String operator, List<Input> inputs, Body body) {
        ALL.add(new Case(operator, inputs, body, FLOAT64, body));
    }

    static void one(String operator, List<Input> inputs, Two body) {
        many(operator, inputs, (g, x) -> List.of(body.apply(g, x)));
    }

    /// For operators without float64 on the processor.
    static void single(String operator, List<Input> inputs, Two body, Two reference) {
        ALL.add(
                new Case(
                        operator,
                        inputs,
                        (g, x) -> List.of(body.apply(g, x)),
                        FLOAT32,
                        (g, x) -> List.of(reference.apply(g, x))));
    }

    private static void elementwise() {
        var x = List.of(in(2, 3));
        var above = List.of(positive(2, 3));
        one("Abs", x, (g, v) -> g.abs(v.get(0)));
        one("Neg", x, (g, v) -> g.neg(v.get(0)));
        one("Identity", x, (g, v) -> g.identity(v.get(0)));
        one("Reciprocal", above, (g, v) -> g.reciprocal(v.get(0)));
        one("Sqrt", above, (g, v) -> g.sqrt(v.get(0)));
        one("Pow", x, (g, v) -> g.pow(v.get(0), 3));
        one("Exp", x, (g, v) -> g.exp(v.get(0)));
        one("Log", above, (g, v) -> g.log(v.get(0)));
        single("Erf", x, (g, v) -> g.erf(v.get(0)), (g, v) -> erf(g, v.get(0)));
        one("Tanh", x, (g, v) -> g.tanh(v.get(0)));
        one("Sigmoid", x, (g, v) -> g.sigmoid(v.get(0)));
        one("Relu", x, (g, v) -> g.relu(v.get(0)));
        single("Cos", x, (g, v) -> g.cos(v.get(0)), (g, v) -> g.sin(g.add(v.get(0), Math.PI / 2)));
        single("Sin", x, (g, v) -> g.sin(v.get(0)), (g, v) -> g.sin(v.get(0)));
        one(
                "Clip",
                x,
                (g, v) ->
                        g.clip(
                                v.get(0),
                                g.scalar(v.get(0).type(), -0.5),
                                g.scalar(v.get(0).type(), 0.7)));
        one("Clip", x, (g, v) -> g.clip(v.get(0), g.scalar(v.get(0).type(), 0.1), null));
        single(
                "Cast",
                x,
                (g, v) -> g.mul(g.cast(v.get(0), FLOAT64), g.cast(v.get(0), FLOAT64)),
                (g, v) -> g.mul(v.get(0), v.get(0)));
        single(
                "Gelu",
                x,
                (g, v) -> g.apply("Gelu", Attributes.NONE, v.get(0)),
                (g, v) ->
                        g.mul(
                                g.mul(v.get(0), 0.5),
                                g.add(erf(g, g.mul(v.get(0), Math.sqrt(0.5))), 1)));
        single(
                "Gelu",
                x,
                (g, v) -> g.apply("Gelu", Attributes.NONE.with("approximate", "tanh"), v.get(0)),
                (g, v) -> g.gelu(v.get(0)));
    }

    /// The error function in float64: 2/√π · Σ (−1)ⁿ x²ⁿ⁺¹ / (n! (2n + 1)).
    private static Value erf(GraphBuilder g, Value x) {
        var square = g.mul(x, x);
        var power = x;
        var sum = x;
        for (int i = 1; i < 40; i++) {
            power = g.div(g.mul(power, square), -i);
            sum = g.add(sum, g.div(power, 2 * i + 1));
        }
        return g.mul(sum, 2 / Math.sqrt(Math.PI));
    }

    private static void broadcasts() {
        for (var shapes :
                List.of(
                        List.of(positive(2, 3), positive(2, 3)),
                        List.of(positive(3), positive(2, 1)),
                        List.of(positive(2, 3, 2), positive(3, 1)),
                        List.of(positive(), positive(2, 2)),
                        List.of(positive(1, 1), positive(3)))) {
            one("Add", shapes, (g, v) -> g.add(v.get(0), v.get(1)));
            one("Sub", shapes, (g, v) -> g.sub(v.get(0), v.get(1)));
            one("Mul", shapes, (g, v) -> g.mul(v.get(0), v.get(1)));
            one("Div", shapes, (g, v) -> g.div(v.get(0), v.get(1)));
            one("Pow", shapes, (g, v) -> g.apply("Pow", Attributes.NONE, v.get(0), v.get(1)));
            one("Min", shapes, (g, v) -> g.min(v.get(0), v.get(1)));
            one("Max", shapes, (g, v) -> g.max(v.get(0), v.get(1)));
            one(
                    "Where",
                    shapes,
                    (g, v) ->
                            g.where(
                                    g.cast(g.longs("c", Shape.of(1), 1), ElementType.BOOL),
                                    v.get(0),
                                    g.mul(v.get(1), 2)));
        }
        one(
                "Where",
                List.of(in(2, 3), in(3)),
                (g, v) ->
                        g.where(
                                g.cast(g.longs("c", Shape.of(2, 1), 1, 0), ElementType.BOOL),
                                v.get(0),
                                v.get(1)));
        one(
                "Where",
                List.of(in(1), in(2, 3)),
                (g, v) ->
                        g.where(
                                g.cast(g.longs("c", Shape.of(3), 0, 1, 0), ElementType.BOOL),
                                v.get(0),
                                v.get(1)));
        one("Mul", List.of(open(0, 4, 3), in(3)), (g, v) -> g.mul(v.get(0), v.get(1)));
        one("Mul", List.of(open(0, 4, 1), in(2, 1, 3)), (g, v) -> g.mul(v.get(0), v.get(1)));
        one("Mul", List.of(open(1, 2, 4), open(0, 4)), (g, v) -> g.mul(v.get(0), v.get(1)));
    }

    private static void reductions() {
        for (var input : List.of(in(2, 3, 2), open(1, 2, 3, 2), open(0, 2, 3, 2))) {
            var x = List.of(input);
            for (boolean keep : new boolean[] {true, false}) {
                for (var axes : List.of(new long[] {1}, new long[] {-1, 0}, new long[] {0, 1, 2})) {
                    one("ReduceSum", x, (g, v) -> g.reduceSum(v.get(0), keep, axes));
                    one("ReduceMean", x, (g, v) -> g.reduceMean(v.get(0), keep, axes));
                    one("ReduceMax", x, (g, v) -> g.reduceMax(v.get(0), keep, axes));
                    one("ReduceMin", x, (g, v) -> g.reduceMin(v.get(0), keep, axes));
                }
                var attributes = Attributes.NONE.with("keepdims", keep);
                one("ReduceMean", x, (g, v) -> g.apply("ReduceMean", attributes, v.get(0)));
                one("ReduceMax", x, (g, v) -> g.apply("ReduceMax", attributes, v.get(0)));
                one(
                        "ReduceSum",
                        x,
                        (g, v) ->
                                g.apply(
                                        "ReduceSum",
                                        attributes.with("noop_with_empty_axes", true),
                                        v.get(0)));
            }
        }
        one("Softmax", List.of(in(3, 4)), (g, v) -> g.softmax(v.get(0), -1));
        one("Softmax", List.of(in(3, 4, 2)), (g, v) -> g.softmax(v.get(0), 1));
        one("LogSoftmax", List.of(in(3, 4)), (g, v) -> g.logSoftmax(v.get(0), -1));
        one("LogSoftmax", List.of(in(3, 4)), (g, v) -> g.logSoftmax(v.get(0), 0));
        many("TopK", List.of(in(2, 5)), (g, v) -> List.of(g.topK(v.get(0), 2, -1).getFirst()));
        for (var attributes :
                List.of(
                        Attributes.NONE,
                        Attributes.NONE.with("exclusive", 1),
                        Attributes.NONE.with("reverse", 1).with("exclusive", 1))) {
            one(
                    "CumSum",
                    List.of(in(2, 4)),
                    (g, v) ->
                            g.apply(
                                    "CumSum",
                                    attributes,
                                    v.get(0),
                                    g.scalar(ElementType.INT64, -1)));
        }
    }

    private static void products() {
        for (var shapes :
                List.of(
                        List.of(in(2, 3), in(3, 4)),
                        List.of(in(2, 2, 3), in(3, 4)),
                        List.of(in(2, 3), in(2, 3, 2)),
                        List.of(in(2, 1, 2, 3), in(3, 3, 2)),
                        List.of(open(0, 2, 2, 3), in(3, 2)),
                        List.of(open(0, 2, 2, 3), open(0, 2, 3, 2)))) {
            one("MatMul", shapes, (g, v) -> g.matMul(v.get(0), v.get(1)));
            single(
                    "MatMul",
                    shapes,
                    (g, v) -> g.matMul(v.get(0), v.get(1)),
                    (g, v) -> g.matMul(v.get(0), v.get(1)));
            for (boolean transposeA : new boolean[] {false, true}) {
                for (boolean transposeB : new boolean[] {false, true}) {
                    fusedMatMul(shapes, transposeA, transposeB);
                }
            }
        }
        for (boolean transposeA : new boolean[] {false, true}) {
            for (boolean transposeB : new boolean[] {false, true}) {
                for (var c : List.of(in(2, 4), in(4), in(2, 1))) {
                    gemm(c, transposeA, transposeB);
                }
            }
        }
        one(
                "Gemm",
                List.of(in(2, 3), in(3, 2)),
                (g, v) -> g.gemm(v.get(0), v.get(1), null, false, false));
    }

    /// The shapes are those of the factors as they are multiplied.
    private static void fusedMatMul(List<Input> shapes, boolean transposeA, boolean transposeB) {
        single(
                "com.microsoft:FusedMatMul",
                List.of(
                        transposeA ? swapped(shapes.get(0)) : shapes.get(0),
                        transposeB ? swapped(shapes.get(1)) : shapes.get(1)),
                (g, v) ->
                        g.apply(
                                "com.microsoft:FusedMatMul",
                                Attributes.NONE
                                        .with("transA", transposeA)
                                        .with("transB", transposeB)
                                        .with("alpha", 0.5),
                                v.get(0),
                                v.get(1)),
                (g, v) ->
                        g.mul(
                                g.matMul(
                                        transposeA ? g.transposeLast(v.get(0)) : v.get(0),
                                        transposeB ? g.transposeLast(v.get(1)) : v.get(1)),
                                0.5));
    }

    private static Input swapped(Input input) {
        var shape = input.shape().clone();
        var declared = input.declared().clone();
        int last = shape.length - 1;
        shape[last] = input.shape()[last - 1];
        shape[last - 1] = input.shape()[last];
        declared[last] = input.declared()[last - 1];
        declared[last - 1] = input.declared()[last];
        return new Input(shape, declared, input.positive());
    }

    private static void gemm(Input c, boolean transposeA, boolean transposeB) {
        one(
                "Gemm",
                List.of(transposeA ? in(3, 2) : in(2, 3), transposeB ? in(4, 3) : in(3, 4), c),
                (g, v) ->
                        g.apply(
                                "Gemm",
                                Attributes.NONE
                                        .with("transA", transposeA)
                                        .with("transB", transposeB)
                                        .with("alpha", 0.5)
                                        .with("beta", 2.0),
                                v.get(0),
                                v.get(1),
                                v.get(2)));
    }

    private static void fused() {
        for (var input : List.of(in(2, 3, 4), open(0, 2, 3, 4))) {
            normalizations(input);
        }
        rotary();
    }

    private static void normalizations(Input input) {
        var attributes = Attributes.NONE.with("epsilon", 1e-3);
        for (var operator : List.of("RMSNormalization", "SimplifiedLayerNormalization")) {
            single(
                    operator,
                    List.of(input, in(4)),
                    (g, v) -> g.apply(operator, attributes, v.get(0), v.get(1)),
                    (g, v) -> g.rmsNormalization(v.get(0), v.get(1), 1e-3f));
        }
        single(
                "LayerNormalization",
                List.of(input, in(4), in(4)),
                (g, v) -> g.apply("LayerNormalization", attributes, v.get(0), v.get(1), v.get(2)),
                (g, v) -> g.layerNormalization(v.get(0), v.get(1), v.get(2), 1e-3f));
        single(
                "LayerNormalization",
                List.of(input, in(3, 4)),
                (g, v) ->
                        g.apply(
                                "LayerNormalization",
                                attributes.with("axis", 1),
                                v.get(0),
                                v.get(1)),
                GradientCases::layerNormalizationOfTwoAxes);
    }

    private static Value layerNormalizationOfTwoAxes(GraphBuilder g, List<Value> v) {
        var centred = g.sub(v.get(0), g.reduceMean(v.get(0), true, 1, 2));
        var variance = g.reduceMean(g.mul(centred, centred), true, 1, 2);
        return g.mul(g.div(centred, g.sqrt(g.add(variance, 1e-3f))), v.get(1));
    }

    private static void rotary() {
        single(
                "RotaryEmbedding",
                List.of(in(1, 2, 3, 4)),
                (g, v) ->
                        g.apply(
                                "RotaryEmbedding",
                                Attributes.NONE,
                                v.get(0),
                                g.cast(angles(g, true), v.get(0).type()),
                                g.cast(angles(g, false), v.get(0).type())),
                (g, v) ->
                        g.rotaryEmbedding(
                                v.get(0),
                                g.cast(angles(g, true), v.get(0).type()),
                                g.cast(angles(g, false), v.get(0).type())));
    }

    private static Value angles(GraphBuilder g, boolean isCosine) {
        var values = new float[6];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (isCosine ? Math.cos(i) : Math.sin(i));
        }
        return g.floats(isCosine ? "cos" : "sin", Shape.of(1, 3, 2), values);
    }
}

package org.palimpsest.autodiff;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.palimpsest.autodiff.GradientRule.InputGradient;
import org.palimpsest.autodiff.GradientRule.NoGradient;
import org.palimpsest.autodiff.GradientRule.NotDifferentiable;
import org.palimpsest.autodiff.GradientRule.Vjp;

/// The gradient of every operator of [org.palimpsest.onnx.OperatorTable], one row each, in the order of the alphabet
/// (the definitions: onnx/docs/Operators.md at opset 24; read beside ONNX Runtime's
/// orttraining/orttraining/core/graph/gradient_builder.cc).
///
/// A row has a function for each input that a gradient flows to: `dx` for one that is not broadcast, `broadcast` for
/// those that are, whose gradients are summed back to their shapes. `n.dy()` is the gradient by the first output
/// `n.y()`.
final class GradientTable {
    private static final String WRITTEN_OUT =
            "written out in matrix products where gradients are wanted";
    private static final String QUANTISED = "weights of few bits are not trained";

    private static final Map<String, GradientRule> ROWS = new LinkedHashMap<>();

    private GradientTable() {}

    static {
        // spotless:off
        dx("Abs",                            ArithmeticGradients::abs);
        broadcast("Add",                     (g, n) -> n.dy(), (g, n) -> n.dy());
        none("And", "ArgMax", "ArgMin");
        no("Attention",                      WRITTEN_OUT);
        dx("Cast",                           (g, n) -> g.cast(n.dy(), n.in(0).type()));
        dx("Clip",                           (g, n) -> g.where(g.equal(n.in(0), n.y()), n.dy(), n.number(0)));
        each("Concat",                       LayoutGradients::concat);
        none("Constant", "ConstantOfShape");
        no("Conv",                           "used with fixed weights only");
        no("ConvTranspose",                  "used with fixed weights only");
        dx("Cos",                            (g, n) -> g.neg(g.mul(n.dy(), g.sin(n.in(0)))));
        dx("CumSum",                         LayoutGradients::cumulativeSum);
        broadcast("Div",                     (g, n) -> g.div(n.dy(), n.in(1)), ArithmeticGradients::divisor);
        no("DynamicQuantizeLinear",          QUANTISED);
        none("Equal");
        dx("Erf",                            ArithmeticGradients::erf);
        dx("Exp",                            (g, n) -> g.mul(n.dy(), n.y()));
        dx("Expand",                         (g, n) -> n.unbroadcast(n.dy()));
        none("Floor");
        dx("Gather",                         IndexGradients::gather);
        dx("GatherElements",                 IndexGradients::gatherElements);
        dx("GatherND",                       IndexGradients::gatherNd);
        dx("Gelu",                           ArithmeticGradients::gelu);
        dx("Gemm",                           ProductGradients::left, ProductGradients::right, ProductGradients::addend);
        none("Greater", "GreaterOrEqual");
        dx("Identity",                       (g, n) -> n.dy());
        dx("LayerNormalization",             NormalizationGradients::layerInput, NormalizationGradients::layerScale, (g, n) -> n.unbroadcast(n.dy()));
        none("Less", "LessOrEqual");
        dx("Log",                            (g, n) -> g.div(n.dy(), n.in(0)));
        dx("LogSoftmax",                     ReductionGradients::logSoftmax);
        dx("MatMul",                         ProductGradients::left, ProductGradients::right);
        no("MatMulInteger",                  QUANTISED);
        broadcast("Max",                     (g, n) -> ArithmeticGradients.chosen(g, n, true), (g, n) -> ArithmeticGradients.chosen(g, n, true));
        broadcast("Min",                     (g, n) -> ArithmeticGradients.chosen(g, n, false), (g, n) -> ArithmeticGradients.chosen(g, n, false));
        no("Mod",                            "used with whole numbers only");
        broadcast("Mul",                     (g, n) -> g.mul(n.dy(), n.in(1)), (g, n) -> g.mul(n.dy(), n.in(0)));
        dx("Neg",                            (g, n) -> g.neg(n.dy()));
        none("Not", "Or");
        dx("Pad",                            LayoutGradients::pad);
        broadcast("Pow",                     ArithmeticGradients::powerBase, ArithmeticGradients::powerExponent);
        dx("RMSNormalization",               NormalizationGradients::rmsInput, NormalizationGradients::rmsScale);
        none("Range");
        dx("Reciprocal",                     (g, n) -> g.neg(g.mul(n.dy(), g.mul(n.y(), n.y()))));
        dx("ReduceMax",                      ReductionGradients::extreme);
        dx("ReduceMean",                     ReductionGradients::mean);
        dx("ReduceMin",                      ReductionGradients::extreme);
        dx("ReduceSum",                      ReductionGradients::sum);
        dx("Relu",                           (g, n) -> g.where(g.greater(n.y(), n.number(0)), n.dy(), n.number(0)));
        dx("Reshape",                        LayoutGradients::reshape);
        no("Resize",                         "used before the first trained weight only");
        dx("RotaryEmbedding",                NormalizationGradients::rotary);
        none("Round");
        dx("ScatterElements",                IndexGradients::scatteredElements, IndexGradients::noIndex, IndexGradients::elementUpdates);
        dx("ScatterND",                      IndexGradients::scatteredRows, IndexGradients::noIndex, IndexGradients::rowUpdates);
        none("Shape");
        dx("Sigmoid",                        ArithmeticGradients::sigmoid);
        dx("Sin",                            (g, n) -> g.mul(n.dy(), g.cos(n.in(0))));
        dx("Slice",                          LayoutGradients::slice);
        dx("Softmax",                        ReductionGradients::softmax);
        dx("Split",                          LayoutGradients::split);
        dx("Sqrt",                           (g, n) -> g.div(g.mul(n.dy(), 0.5), n.y()));
        dx("Squeeze",                        LayoutGradients::squeeze);
        broadcast("Sub",                     (g, n) -> n.dy(), (g, n) -> g.neg(n.dy()));
        dx("Tanh",                           ArithmeticGradients::tanh);
        no("TensorScatter",                  "writes a cache, which training has none of");
        dx("Tile",                           LayoutGradients::tile);
        dx("TopK",                           IndexGradients::topK);
        dx("Transpose",                      LayoutGradients::transpose);
        dx("Trilu",                          LayoutGradients::trilu);
        dx("Unsqueeze",                      LayoutGradients::unsqueeze);
        broadcast("Where",                   IndexGradients::noIndex, (g, n) -> g.where(n.in(0), n.dy(), n.number(0)), (g, n) -> g.where(n.in(0), n.number(0), n.dy()));
        dx("SimplifiedLayerNormalization",   NormalizationGradients::rmsInput, NormalizationGradients::rmsScale);

        dx("com.microsoft:FusedMatMul",      ProductGradients::left, ProductGradients::right);
        no("com.microsoft:GroupQueryAttention", WRITTEN_OUT);
        no("com.microsoft:MatMulNBits",      QUANTISED);
        no("com.microsoft:MultiHeadAttention", WRITTEN_OUT);
        // spotless:on
    }

    private static void dx(String operator, InputGradient... inputs) {
        put(operator, new Vjp(List.of(inputs), false));
    }

    private static void each(String operator, InputGradient input) {
        put(operator, new Vjp(List.of(input), true));
    }

    private static void broadcast(String operator, InputGradient... inputs) {
        var summed =
                Arrays.stream(inputs)
                        .<InputGradient>map(input -> (g, n) -> n.unbroadcast(input.write(g, n)))
                        .toList();
        put(operator, new Vjp(summed, false));
    }

    private static void none(String... operators) {
        for (var operator : operators) {
            put(operator, new NoGradient());
        }
    }

    private static void no(String operator, String reason) {
        put(operator, new NotDifferentiable(reason));
    }

    private static void put(String operator, GradientRule rule) {
        if (ROWS.put(operator, rule) != null) {
            throw new IllegalStateException("Two rows for " + operator);
        }
    }

    static Map<String, GradientRule> all() {
        return Collections.unmodifiableMap(ROWS);
    }

    /// The row of an operator's key, such as `MatMul`.
    static GradientRule get(String operator) {
        var rule = ROWS.get(operator);
        if (rule == null) {
            throw new IllegalStateException("No gradient rule for " + operator);
        }
        return rule;
    }
}

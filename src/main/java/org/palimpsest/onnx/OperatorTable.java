package org.palimpsest.onnx;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.palimpsest.onnx.Operator.AttributeRule;
import org.palimpsest.onnx.Operator.ShapeRule;
import org.palimpsest.onnx.proto.Attribute.FloatAttribute;
import org.palimpsest.onnx.proto.Attribute.IntAttribute;
import org.palimpsest.onnx.proto.Attribute.IntsAttribute;
import org.palimpsest.onnx.proto.Attribute.StringAttribute;
import org.palimpsest.onnx.proto.Attribute.TensorAttribute;

/// Every operator that the builder writes, one row each, in the order of the alphabet
/// (onnx/docs/Operators.md at opset 24; onnxruntime/docs/ContribOperators.md at 1.28).
///
/// The types are those of the specification, narrowed to what we use; see [Signature] for the notation.
public final class OperatorTable {
    private static final Map<String, Operator> ROWS = new LinkedHashMap<>();

    private OperatorTable() {}

    static {
        // spotless:off
        row("Abs",                            13, "N -> N",                    ShapeRules::same);
        row("Add",                            14, "N N -> N",                  ShapeRules::broadcast);
        row("And",                             7, "bool bool -> bool",         ShapeRules::broadcast);
        row("ArgMax",                         13, "N -> i64",                  ShapeRules::argReduce,         integer("axis"), integer("keepdims"), integer("select_last_index"));
        row("ArgMin",                         13, "N -> i64",                  ShapeRules::argReduce,         integer("axis"), integer("keepdims"), integer("select_last_index"));
        row("Attention",                      24, "F F F2 M? F? F2? i64? -> F F F2 F", AttentionRules::attention,     integer("is_causal"), integer("kv_num_heads"), integer("q_num_heads"), integer("qk_matmul_output_mode"), real("scale"), real("softcap"), integer("softmax_precision"));
        row("Cast",                           13, "A -> @to",                  ShapeRules::same,              must(integer("to")));
        row("Clip",                           13, "N N? N? -> N",              ShapeRules::same);
        row("Concat",                         13, "A A* -> A",                 LayoutRules::concat,           must(integer("axis")));
        row("Constant",                       13, "-> @value",                 LayoutRules::constant,         must(tensor("value")));
        row("ConstantOfShape",                 9, "i64 -> @value",             LayoutRules::constantOfShape,  tensor("value"));
        row("Conv",                           11, "F F F? -> F",               ShapeRules::conv,              integers("dilations"), integer("group"), integers("kernel_shape"), integers("pads"), integers("strides"));
        row("ConvTranspose",                  11, "F F F? -> F",               ShapeRules::convTranspose,     integers("dilations"), integer("group"), integers("kernel_shape"), integers("pads"), integers("strides"));
        row("Cos",                             7, "F -> F",                    ShapeRules::same);
        row("CumSum",                         14, "N I -> N",                  ShapeRules::same,              integer("exclusive"), integer("reverse"));
        row("Div",                            14, "N N -> N",                  ShapeRules::broadcast);
        row("DynamicQuantizeLinear",          11, "f32 -> u8 f32 u8",          ShapeRules::dynamicQuantizeLinear);
        row("Equal",                          13, "A A -> bool",               ShapeRules::broadcast);
        row("Erf",                            13, "F -> F",                    ShapeRules::same);
        row("Exp",                            13, "F -> F",                    ShapeRules::same);
        row("Expand",                         13, "A i64 -> A",                LayoutRules::expand);
        row("Floor",                          13, "F -> F",                    ShapeRules::same);
        row("Gather",                         13, "A I -> A",                  IndexRules::gather,           integer("axis"));
        row("GatherElements",                 13, "A I -> A",                  IndexRules::gatherElements,   integer("axis"));
        row("GatherND",                       13, "A i64 -> A",                IndexRules::gatherNd,         integer("batch_dims"));
        row("Gelu",                           20, "F -> F",                    ShapeRules::same,              text("approximate"));
        row("Gemm",                           13, "F F F? -> F",               ShapeRules::gemm,              real("alpha"), real("beta"), integer("transA"), integer("transB"));
        row("Greater",                        13, "N N -> bool",               ShapeRules::broadcast);
        row("GreaterOrEqual",                 16, "N N -> bool",               ShapeRules::broadcast);
        row("Identity",                       14, "A -> A",                    ShapeRules::same);
        row("LayerNormalization",             17, "F F F? -> F F F",           ShapeRules::normalisation,     integer("axis"), real("epsilon"), integer("stash_type"));
        row("Less",                           13, "N N -> bool",               ShapeRules::broadcast);
        row("LessOrEqual",                    16, "N N -> bool",               ShapeRules::broadcast);
        row("Log",                            13, "F -> F",                    ShapeRules::same);
        row("LogSoftmax",                     13, "F -> F",                    ShapeRules::alongAxis,         integer("axis"));
        row("MatMul",                         13, "N N -> N",                  ShapeRules::matMul);
        row("MatMulInteger",                  10, "Q Q2 Q? Q2? -> i32",        ShapeRules::matMul);
        row("Max",                            13, "N N* -> N",                 ShapeRules::broadcast);
        row("Min",                            13, "N N* -> N",                 ShapeRules::broadcast);
        row("Mod",                            13, "N N -> N",                  ShapeRules::broadcast,         integer("fmod"));
        row("Mul",                            14, "N N -> N",                  ShapeRules::broadcast);
        row("Neg",                            13, "N -> N",                    ShapeRules::same);
        row("Not",                             1, "bool -> bool",              ShapeRules::same);
        row("Or",                              7, "bool bool -> bool",         ShapeRules::broadcast);
        row("Pad",                            18, "A i64 A? I? -> A",          LayoutRules::pad,              text("mode"));
        row("Pow",                            15, "N N2 -> N",                 ShapeRules::broadcast);
        row("RMSNormalization",               23, "F F2 -> F2",                ShapeRules::normalisation,     integer("axis"), real("epsilon"), integer("stash_type"));
        row("Range",                          11, "N N N -> N",                LayoutRules::range);
        row("Reciprocal",                     13, "F -> F",                    ShapeRules::same);
        row("ReduceMax",                      18, "N i64? -> N",               ShapeRules::reduce,            integer("keepdims"), integer("noop_with_empty_axes"));
        row("ReduceMean",                     18, "N i64? -> N",               ShapeRules::reduce,            integer("keepdims"), integer("noop_with_empty_axes"));
        row("ReduceMin",                      18, "N i64? -> N",               ShapeRules::reduce,            integer("keepdims"), integer("noop_with_empty_axes"));
        row("ReduceSum",                      13, "N i64? -> N",               ShapeRules::reduce,            integer("keepdims"), integer("noop_with_empty_axes"));
        row("Relu",                           14, "N -> N",                    ShapeRules::same);
        row("Reshape",                        14, "A i64 -> A",                LayoutRules::reshape,          integer("allowzero"));
        row("Resize",                         19, "N F? f32? i64? -> N",       LayoutRules::resize,           integer("antialias"), integers("axes"), text("coordinate_transformation_mode"), real("cubic_coeff_a"), integer("exclude_outside"), real("extrapolation_value"), text("keep_aspect_ratio_policy"), text("mode"), text("nearest_mode"));
        row("RotaryEmbedding",                23, "F F F i64? -> F",           ShapeRules::same,              integer("interleaved"), integer("num_heads"), integer("rotary_embedding_dim"));
        row("Round",                          11, "F -> F",                    ShapeRules::same);
        row("ScatterElements",                18, "A I A -> A",                IndexRules::scatterElements,  integer("axis"), text("reduction"));
        row("ScatterND",                      18, "A i64 A -> A",              IndexRules::scatterNd,        text("reduction"));
        row("Shape",                          15, "A -> i64",                  LayoutRules::shapeOf,          integer("end"), integer("start"));
        row("Sigmoid",                        13, "F -> F",                    ShapeRules::same);
        row("Sin",                             7, "F -> F",                    ShapeRules::same);
        row("Slice",                          13, "A I I I? I? -> A",          LayoutRules::slice);
        row("Softmax",                        13, "F -> F",                    ShapeRules::alongAxis,         integer("axis"));
        row("Split",                          18, "A i64? -> A*",              LayoutRules::split,            integer("axis"), integer("num_outputs"));
        row("Sqrt",                           13, "F -> F",                    ShapeRules::same);
        row("Squeeze",                        13, "A i64? -> A",               LayoutRules::squeeze);
        row("Sub",                            14, "N N -> N",                  ShapeRules::broadcast);
        row("Tanh",                           13, "F -> F",                    ShapeRules::same);
        row("TensorScatter",                  24, "A A i64? -> A",             IndexRules::tensorScatter,    integer("axis"), text("mode"));
        row("Tile",                           13, "A i64 -> A",                LayoutRules::tile);
        row("TopK",                           11, "N i64 -> N i64",            LayoutRules::topK,             integer("axis"), integer("largest"), integer("sorted"));
        row("Transpose",                      13, "A -> A",                    LayoutRules::transpose,        integers("perm"));
        row("Trilu",                          14, "A i64? -> A",               ShapeRules::same,              integer("upper"));
        row("Unsqueeze",                      13, "A i64 -> A",                LayoutRules::unsqueeze);
        row("Where",                          16, "bool A A -> A",             ShapeRules::broadcast);
        row("SimplifiedLayerNormalization",    1, "F F2 -> F2",                ShapeRules::normalisation,     integer("axis"), real("epsilon"), integer("stash_type"));

        row("com.microsoft:FusedMatMul",               1, "F F -> F",          ShapeRules::fusedMatMul,       real("alpha"), integer("transA"), integer("transB"), integer("transBatchA"), integer("transBatchB"));
        row("com.microsoft:GroupQueryAttention",       1, "F F? F? F? F? i32 i32 F2? F2? i64? F? -> F F F", AttentionRules::groupQueryAttention, integer("do_rotary"), must(integer("kv_num_heads")), integer("local_window_size"), must(integer("num_heads")), integer("rotary_interleaved"), real("scale"), integer("smooth_softmax"), real("softcap"));
        row("com.microsoft:MatMulNBits",               1, "F u8 F u8? i32? F? -> F", ShapeRules::matMulNBits,       must(integer("K")), must(integer("N")), integer("accuracy_level"), must(integer("bits")), must(integer("block_size")));
        row("com.microsoft:MultiHeadAttention",        1, "F F F F? i32? F? -> F", ShapeRules::same,          must(integer("num_heads")), real("scale"));
        // spotless:on
    }

    private static void row(
            String key, int since, String signature, ShapeRule rule, AttributeRule... attributes) {
        int colon = key.indexOf(':');
        var operator =
                new Operator(
                        key.substring(colon + 1),
                        colon < 0 ? "" : key.substring(0, colon),
                        since,
                        Signature.parse(signature),
                        List.copyOf(Arrays.asList(attributes)),
                        rule);
        if (ROWS.put(key, operator) != null) {
            throw new IllegalStateException("Two rows for " + key);
        }
    }

    private static AttributeRule integer(String name) {
        return new AttributeRule(name, IntAttribute.class, false);
    }

    private static AttributeRule integers(String name) {
        return new AttributeRule(name, IntsAttribute.class, false);
    }

    private static AttributeRule real(String name) {
        return new AttributeRule(name, FloatAttribute.class, false);
    }

    private static AttributeRule text(String name) {
        return new AttributeRule(name, StringAttribute.class, false);
    }

    private static AttributeRule tensor(String name) {
        return new AttributeRule(name, TensorAttribute.class, false);
    }

    private static AttributeRule must(AttributeRule rule) {
        return new AttributeRule(rule.name(), rule.kind(), true);
    }

    public static Collection<Operator> all() {
        return Collections.unmodifiableCollection(ROWS.values());
    }

    public static Optional<Operator> find(String domain, String name) {
        return Optional.ofNullable(ROWS.get(domain.isEmpty() ? name : domain + ":" + name));
    }

    /// The row of a key such as `MatMul` or `com.microsoft:FusedMatMul`.
    ///
    /// @throws IllegalArgumentException if there is none
    static Operator get(String key) {
        var operator = ROWS.get(key);
        if (operator == null) {
            throw new IllegalArgumentException("No operator " + key + " in the table");
        }
        return operator;
    }
}

package org.palimpsest.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.palimpsest.tensor.ElementType.FLOAT32;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.palimpsest.onnx.proto.Attribute.GraphAttribute;
import org.palimpsest.onnx.proto.Attribute.IntAttribute;
import org.palimpsest.onnx.proto.AttributeProto;
import org.palimpsest.onnx.proto.Bytes;
import org.palimpsest.onnx.proto.GraphProto;
import org.palimpsest.onnx.proto.NodeProto;
import org.palimpsest.runtime.NativeTensor;
import org.palimpsest.tensor.Shape;

class GraphEditorTest {
    private static GraphBuilder head() {
        var g = new GraphBuilder("head", OperatorForm.FUSED);
        var x = g.input("hidden", FLOAT32, "batch", "tokens", 2);
        var w = g.floats("w", Shape.of(2, 3), 1, 0, 2, 0, 1, 3);
        g.output("y0", g.matMul(g.neg(x), w));
        return g;
    }

    @Test
    void theLastRowIsTakenBeforeTheHead() throws Exception {
        var editor = OnnxModel.read(head().toModel().toBytes()).edit();
        var product = editor.producer("y0").orElseThrow();
        var from = editor.addLongs("last/start", Shape.of(1), -1);
        var to = editor.addLongs("last/end", Shape.of(1), Long.MAX_VALUE);
        var axis = editor.addLongs("last/axis", Shape.of(1), 1);
        editor.replace(
                product,
                GraphEditor.node(
                        "Slice",
                        "last/Slice",
                        List.of(product.inputs().getFirst(), from, to, axis),
                        List.of("last"),
                        Attributes.NONE),
                product.withInputs(List.of("last", product.inputs().get(1))));
        var last = new Value("y0", FLOAT32, Dimension.listOf("batch", 1, 3));
        editor.redeclareOutput(last);
        var model = editor.toModel();
        assertThat(model.outputs().getFirst().shape()).contains(last.shape());
        try (var x = NativeTensor.ofFloats(Shape.of(1, 2, 2), 9, 9, 1, 2)) {
            assertThat(Evaluation.run(model, Map.of("hidden", x), List.of(last)))
                    .containsExactly(-1, -2, -8);
        }
    }

    @Test
    void nodesAreSetBeforeAnOutput() throws Exception {
        var editor = head().toModel().edit();
        var inner = editor.freeOutput("y0");
        editor.append(
                GraphEditor.node("Neg", "flip", List.of(inner), List.of("y0"), Attributes.NONE));
        try (var x = NativeTensor.ofFloats(Shape.of(1, 1, 2), 1, 2)) {
            assertThat(
                            Evaluation.run(
                                    editor.toModel(),
                                    Map.of("hidden", x),
                                    List.of(new Value("y0", FLOAT32, Dimension.fixed(1, 1, 3)))))
                    .containsExactly(1, 2, 8);
        }
    }

    @Test
    void anAttributeIsSetOnEveryNodeOfAnOperatorInNestedGraphsToo() {
        var inner =
                GraphEditor.node(
                        "com.microsoft:MatMulNBits",
                        "inner",
                        List.of("a", "b", "s"),
                        List.of("c"),
                        Attributes.NONE
                                .with("K", 32)
                                .with("N", 8)
                                .with("bits", 4)
                                .with("block_size", 32));
        var branch =
                new GraphProto(
                        "then",
                        List.of(inner),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Bytes.EMPTY);
        var outer =
                new NodeProto(
                        "if",
                        "",
                        "If",
                        List.of("condition"),
                        List.of("y"),
                        List.of(new AttributeProto("then_branch", new GraphAttribute(branch))),
                        Bytes.EMPTY);
        var editor = head().toModel().edit();
        editor.append(outer, inner);
        assertThat(
                        editor.setAttribute(
                                "com.microsoft:MatMulNBits", "accuracy_level", new IntAttribute(4)))
                .isEqualTo(2);
        var changed = editor.nodes().get(editor.nodes().size() - 2);
        assertThat(changed.attribute("then_branch"))
                .hasValueSatisfying(value ->
                        assertThat(
                                        ((GraphAttribute) value)
                                                .value()
                                                .nodes()
                                                .getFirst()
                                                .attribute("accuracy_level"))
                                .contains(new IntAttribute(4)));
        editor.rename("hidden", "renamed");
        editor.replaceUses("a", "renamed");
        assertThat(editor.consumers("renamed")).hasSize(2);
    }

    @Test
    void whatNoOutputNeedsIsRemoved() {
        var g = head();
        g.exp(g.floats("dead", Shape.of(1), 1));
        var editor = g.toModel().edit();
        assertThat(editor.removeUnused()).isEqualTo(1);
        assertThat(editor.weight("dead")).isEmpty();
        assertThat(editor.weight("w")).isPresent();
        assertThat(editor.toModel().operatorCounts()).isEqualTo(Map.of("Neg", 1L, "MatMul", 1L));
    }

    @Test
    void aNameThatIsTakenIsRefused() {
        var editor = head().toModel().edit();
        assertThatThrownBy(() -> editor.rename("w", "hidden"))
                .hasMessageContaining("second value named hidden");
        assertThat(editor.unusedName("w")).isEqualTo("w_2");
    }

    @Test
    void inputsOutputsAndDomainsAreAdded() {
        var editor = head().toModel().edit();
        editor.addInput(new Value("position", FLOAT32, Dimension.listOf("batch")));
        editor.addOutput(new Value("extra", FLOAT32, Dimension.fixed(2)));
        editor.requireDomain("com.microsoft", 1);
        editor.requireDomain("", 7);
        var model = editor.toModel();
        assertThat(model.inputs()).hasSize(2);
        assertThat(model.outputs()).hasSize(2);
        assertThat(model.opset("com.microsoft")).contains(1L);
        assertThat(model.opset("")).contains(24L);
        editor.removeInput("position");
        editor.removeOutput("extra");
        assertThat(editor.toModel().outputs()).hasSize(1);
    }
}

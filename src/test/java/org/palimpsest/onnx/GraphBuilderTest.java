package org.palimpsest.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.palimpsest.tensor.ElementType.FLOAT32;
import static org.palimpsest.tensor.ElementType.INT64;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.runtime.CancelToken;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.ModelSource;
import org.palimpsest.runtime.NativeTensor;
import org.palimpsest.runtime.OnnxRuntime;
import org.palimpsest.runtime.SessionSettings;
import org.palimpsest.tensor.Shape;

class GraphBuilderTest {
    @TempDir Path folder;

    private static GraphBuilder builder() {
        return new GraphBuilder("test", OperatorForm.FUSED);
    }

    /// A block with scopes, constants, several outputs and every kind of name.
    private static GraphBuilder block() {
        var g = builder();
        var x = g.input("x", FLOAT32, "batch", "tokens", 8);
        try (var _ = g.scope("layer.0")) {
            try (var _ = g.scope("mlp")) {
                var w = Evaluation.random(g, "w", 1, 4, 8);
                var up = g.gelu(g.matMulTransposed(x, w));
                var halves = g.split(up, -1, 2, 2);
                g.output("product", g.mul(g.mul(halves.get(0), halves.get(1)), 2));
                g.output("up", up);
            }
        }
        g.output("again", g.mul(x, 2));
        return g;
    }

    @Test
    void theSameCallsGiveTheSameBytes() {
        assertThat(block().toModel().toBytes()).isEqualTo(block().toModel().toBytes());
    }

    @Test
    void namesSayWhereAValueWasMade() {
        assertThat(block().nodes().stream().map(Node::name))
                .containsExactly(
                        "layer.0/mlp/FusedMatMul",
                        "layer.0/mlp/Gelu",
                        "layer.0/mlp/Split",
                        "layer.0/mlp/Mul",
                        "layer.0/mlp/Mul_2",
                        "Mul");
    }

    @Test
    void theModelDeclaresItsInputsOutputsAndDomains() throws Exception {
        var model = OnnxModel.read(block().toModel().toBytes());
        assertThat(model.inputs())
                .containsExactly(
                        new ModelInput(
                                "x",
                                Optional.of(FLOAT32),
                                Optional.of(Dimension.listOf("batch", "tokens", 8))));
        assertThat(model.outputs().stream().map(ModelInput::name))
                .containsExactly("product", "up", "again");
        assertThat(model.opset("")).contains(24L);
        assertThat(model.opset("com.microsoft")).contains(1L);
        assertThat(model.operatorCounts())
                .isEqualTo(
                        Map.of(
                                "com.microsoft:FusedMatMul",
                                1L,
                                "Gelu",
                                1L,
                                "Split",
                                1L,
                                "Mul",
                                3L));
        assertThat(model.weight("w").orElseThrow().shape()).isEqualTo(Shape.of(4, 8));
        assertThat(model.weight("w").orElseThrow().inlineBytes().orElseThrow().length())
                .isEqualTo(128);
    }

    @Test
    void oneConstantServesAllItsUses() {
        assertThat(block().graph().initializers().stream().map(tensor -> tensor.name()))
                .containsExactly("w", "ints[2,2]", "FLOAT32(2.0)");
    }

    @Test
    void symbolsFlowThroughShapes() {
        var g = builder();
        var x = g.input("x", FLOAT32, "batch", "tokens", 8);
        var past = g.input("past", FLOAT32, "batch", "past", 8);
        assertThat(g.reshape(x, 0, -1, 2, 4).shape())
                .isEqualTo(Dimension.listOf("batch", "tokens", 2, 4));
        assertThat(g.concat(1, past, x).shape())
                .isEqualTo(Dimension.listOf("batch", "past + tokens", 8));
        var target = g.sizes(g.sizeOf(x, 0), g.longs(3), g.sizeOf(past, 1));
        assertThat(g.filled(target, FLOAT32, 0).shape())
                .isEqualTo(Dimension.listOf("batch", 3, "past"));
        assertThat(g.slice(x, 1, -1, Long.MAX_VALUE).shape())
                .isEqualTo(Dimension.listOf("batch", 1, 8));
        assertThat(
                        g.range(
                                        g.scalar(INT64, 0),
                                        g.squeeze(g.sizeOf(x, 1), 0),
                                        g.scalar(INT64, 1))
                                .shape())
                .isEqualTo(Dimension.listOf("tokens"));
        assertThat(g.sizes(g.sizeOf(x, 2), g.longs(3)).name()).isEqualTo("ints[8,3]");
    }

    @Test
    void valuesComputedFromInputsOfAnySizeRun() throws Exception {
        var g = builder();
        var x = g.input("x", FLOAT32, "batch", "tokens", 4);
        var flat = g.reshape(x, g.sizes(g.sizeOf(x, 0), g.longs(-1)));
        var y = g.reshape(flat, g.sizes(g.sizeOf(x, 0), g.sizeOf(x, 1), g.longs(2, 2)));
        g.output("y0", y);
        var values = Evaluation.random(1, 24);
        try (var input = NativeTensor.ofFloats(Shape.of(2, 3, 4), values)) {
            assertThat(Evaluation.run(g.toModel(), Map.of("x", input), List.of(y)))
                    .containsExactly(values);
        }
    }

    @Test
    void anInputOrASecondNameCanBeAnOutput() throws Exception {
        var g = builder();
        var x = g.input("x", FLOAT32, 2);
        var y = g.neg(x);
        g.output("y0", x);
        g.output("y1", y);
        g.output("y2", y);
        try (var input = NativeTensor.ofFloats(Shape.of(2), 1, 2)) {
            assertThat(Evaluation.run(g.toModel(), Map.of("x", input), List.of(x, y, y)))
                    .containsExactly(1, 2, -1, -2, -1, -2);
        }
    }

    @Test
    void weightsInAnotherFileAreReadFromTheirPlace() throws Exception {
        var bytes = ByteBuffer.allocate(3 + 16).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(3);
        for (float value : new float[] {1, 2, 3, 4}) {
            bytes.putFloat(value);
        }
        Files.write(folder.resolve("w.bin"), bytes.array());
        var g = builder();
        var w = g.external("w", FLOAT32, Shape.of(2, 2), new ExternalData("w.bin", 3, 16));
        g.output("y", g.mul(w, 10));
        var model = g.toModel();
        assertThat(OnnxModel.read(model.toBytes()).weight("w").orElseThrow().externalData())
                .contains(new ExternalData("w.bin", 3, 16));
        try (var session =
                        Evaluation.runtime()
                                .open(
                                        new ModelSource.InMemory(
                                                "test",
                                                model.toBytes(),
                                                Optional.of(folder.toRealPath())),
                                        SessionSettings.on(new Device.Cpu(1)));
                var result = session.run(Map.of(), Set.of("y"), new CancelToken())) {
            assertThat(result.get("y").toFloats()).containsExactly(10, 20, 30, 40);
        }
    }

    @Test
    void aCacheGivenAsInputAndPinnedOutputIsWrittenInPlace() throws Exception {
        var g = builder();
        var cache = g.input("cache", FLOAT32, "batch", 1, "capacity", 2);
        var update = g.input("update", FLOAT32, "batch", 1, "tokens", 2);
        var at = g.input("at", INT64, "batch");
        g.output("present", g.tensorScatter(cache, update, at, -2));
        try (var session =
                        Evaluation.runtime()
                                .open(
                                        new ModelSource.InMemory(
                                                "test", g.toModel().toBytes(), Optional.empty()),
                                        SessionSettings.on(new Device.Cpu(1)));
                var memory = NativeTensor.allocate(FLOAT32, Shape.of(2, 1, 3, 2));
                var more = NativeTensor.ofFloats(Shape.of(2, 1, 1, 2), 1, 2, 3, 4);
                var places = NativeTensor.ofLongs(Shape.of(2), 0, 2);
                var result =
                        session.run(
                                Map.of("cache", memory, "update", more, "at", places),
                                Set.of(),
                                Map.of("present", memory),
                                new CancelToken())) {
            assertThat(memory.toFloats()).containsExactly(1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 3, 4);
        }
    }

    @Test
    void namesMustBeUniqueAndAGraphNeedsAnOutput() {
        var g = builder();
        var x = g.input("x", FLOAT32, 2);
        g.output("y", g.neg(x));
        assertThatThrownBy(() -> g.output("y", x)).hasMessageContaining("second value named y");
        assertThatThrownBy(() -> builder().toModel()).hasMessageContaining("no output");
    }

    @Test
    void tensOfThousandsOfNodesAreBuiltReadAndEdited() throws Exception {
        var g = builder();
        var x = g.input("x", FLOAT32, 2);
        for (int i = 0; i < 20_000; i++) {
            x = g.add(x, 1);
        }
        g.output("y", x);
        var editor = OnnxModel.read(g.toModel().toBytes()).edit();
        editor.rename("y", "z");
        assertThat(editor.removeUnused()).isZero();
        assertThat(editor.toModel().nodes()).hasSize(20_000);
    }

    @Test
    void onlyAWeightCanBeReplacedAndOnlyAnEmptyInputBeLeftOut() {
        var g = builder();
        var x = g.input("x", FLOAT32, 2);
        var weight = g.floats("weight", Shape.of(2), 1, 2);
        g.allowReplacing(weight);
        assertThatThrownBy(() -> g.allowReplacing(x)).hasMessageContaining("no weight");
        assertThatThrownBy(() -> g.allowReplacing(weight)).hasMessageContaining("no weight");
        assertThatThrownBy(() -> g.allowReplacing(g.add(x, weight)))
                .hasMessageContaining("no weight");
        assertThatThrownBy(() -> g.optionalInput("y", FLOAT32, Shape.of(1, 2), "rank", 2))
                .hasMessageContaining("not empty");
        assertThat(g.graph().inputs()).containsExactly(x, weight);
    }

    @Test
    void aProductWithAnInputThatIsLeftOutIsZero() throws Exception {
        var g = builder();
        var x = g.input("x", FLOAT32, 1, 2);
        var a = g.optionalInput("a", FLOAT32, Shape.of(0, 2), "rank", 2);
        var b = g.optionalInput("b", FLOAT32, Shape.of(3, 0), 3, "rank");
        g.output("y", g.matMulTransposed(g.matMulTransposed(x, a), b));
        var source = new ModelSource.InMemory("test", g.toModel().toBytes(), Optional.empty());
        try (var runtime = OnnxRuntime.start();
                var session = runtime.open(source, SessionSettings.on(new Device.Cpu(1)));
                var given = NativeTensor.ofFloats(Shape.of(1, 2), 1, 2);
                var result = session.run(Map.of("x", given), Set.of("y"), new CancelToken())) {
            assertThat(session.inputs()).hasSize(1);
            assertThat(result.get("y").toFloats()).containsExactly(0, 0, 0);
        }
    }
}

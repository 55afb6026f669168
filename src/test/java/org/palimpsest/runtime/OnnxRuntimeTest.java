package org.palimpsest.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.onnx.GraphBuilder;
import org.palimpsest.onnx.OperatorForm;
import org.palimpsest.onnx.Value;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Shape;

class OnnxRuntimeTest {
    private static final Path MODEL =
            Path.of("src/test/resources/reference/onnx-layout/onnx/embed_tokens.onnx");
    private static final SessionSettings CPU = SessionSettings.on(new Device.Cpu(1));
    private static OnnxRuntime runtime;

    @BeforeAll
    static void start() throws ProblemException {
        runtime = OnnxRuntime.start();
    }

    @Test
    void librariesAreUnpackedOnceIntoAFolderNamedAfterTheVersion() throws Exception {
        assertThat(runtime.version()).isEqualTo("1.28.0");
        assertThat(runtime.libraryFolder().toString()).contains("1.28.0");
        var before = Files.list(runtime.libraryFolder()).sorted().toList();
        OnnxRuntime.start();
        assertThat(Files.list(runtime.libraryFolder()).sorted().toList()).isEqualTo(before);
        assertThat(before).noneMatch(file -> file.toString().endsWith(".part"));
    }

    @Test
    void aPackageIsUnpackedAtomicallyIntoAFreshFolder(@TempDir Path cache) throws Exception {
        String before = System.clearProperty("onnxruntime.native.path");
        try {
            NativeLibraries libraries = NativeLibraries.prepare(cache);
            assertThat(Files.list(libraries.folder()).map(f -> f.getFileName().toString()))
                    .hasSize(2)
                    .anyMatch(name -> name.contains("onnxruntime4j_jni"))
                    .noneMatch(name -> name.contains("cuda"));
        } finally {
            if (before != null) {
                System.setProperty("onnxruntime.native.path", before);
            }
        }
    }

    @Test
    void inputsAndOutputsAreDescribed() throws Exception {
        try (ModelSession session = runtime.open(new ModelSource.InFile(MODEL), CPU)) {
            assertThat(session.inputs())
                    .containsExactly(
                            new ValueInfo("input_ids", ElementType.INT64, List.of(-1L, -1L)));
            assertThat(session.outputs())
                    .containsExactly(
                            new ValueInfo(
                                    "inputs_embeds", ElementType.FLOAT32, List.of(-1L, -1L, 48L)));
        }
    }

    @Test
    void aPinnedOutputHoldsWhatARunReturns() throws Exception {
        try (ModelSession session = runtime.open(new ModelSource.InFile(MODEL), CPU);
                var ids = NativeTensor.ofLongs(Shape.of(1, 3), 2, 5, 7);
                var pinned = NativeTensor.allocate(ElementType.FLOAT32, Shape.of(1, 3, 48))) {
            var given = Map.of("input_ids", ids);
            var wanted = Set.of("inputs_embeds");
            try (RunResult result = session.run(given, wanted, new CancelToken())) {
                session.run(given, Set.of(), Map.of("inputs_embeds", pinned), new CancelToken())
                        .close();
                assertThat(pinned.toFloats())
                        .containsExactly(result.get("inputs_embeds").toFloats());
                assertThat(pinned.toFloats()).hasSize(144).doesNotContain(Float.NaN);
            }
        }
    }

    @Test
    void aRunThatFailsSaysWhyAndLeavesTheSessionUsable() throws Exception {
        try (ModelSession session = runtime.open(new ModelSource.InFile(MODEL), CPU);
                var wrong = NativeTensor.ofLongs(Shape.of(1, 1), 99_999_999);
                var right = NativeTensor.ofLongs(Shape.of(1, 1), 3)) {
            var wanted = Set.of("inputs_embeds");
            assertThatThrownBy(() ->
                            session.run(Map.of("input_ids", wrong), wanted, new CancelToken()))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("Running embed_tokens.onnx");
            session.run(Map.of("input_ids", right), wanted, new CancelToken()).close();
        }
    }

    @Test
    void aCancelledTokenStopsARunBeforeItStarts() throws Exception {
        try (ModelSession session = runtime.open(new ModelSource.InFile(MODEL), CPU);
                var ids = NativeTensor.ofLongs(Shape.of(1, 1), 3)) {
            var token = new CancelToken();
            token.cancel();
            assertThatThrownBy(() ->
                            session.run(Map.of("input_ids", ids), Set.of("inputs_embeds"), token))
                    .isInstanceOf(CancellationException.class);
        }
    }

    @Test
    void somethingThatIsNoModelIsRefusedInWords(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("model.onnx"), "this is no model");
        assertThatThrownBy(() -> runtime.open(new ModelSource.InFile(file), CPU))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("Loading model.onnx failed");
        assertThatThrownBy(() -> runtime.open(new ModelSource.InFile(folder.resolve("none")), CPU))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("cannot be read");
        assertThatThrownBy(() ->
                        runtime.open(
                                new ModelSource.InMemory("bytes", new byte[100], Optional.empty()),
                                CPU))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void automaticChoiceSaysWhatWasTaken() throws Exception {
        DeviceSelection selection = runtime.select(DeviceChoice.AUTO);
        switch (selection.device()) {
            case Device.Cpu _ -> assertThat(selection.explanation()).contains("No GPU: ");
            case Device.Cuda _ -> assertThat(selection.explanation()).contains("cuda:0");
        }
    }

    @Test
    void aGpuAskedForByNameIsNeverReplacedSilently() {
        assertThatThrownBy(() -> runtime.select(DeviceChoice.parse("cuda:99")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("cuda:99 cannot be used");
    }

    @Test
    void devicesAreReadFromTheirNames() throws Exception {
        assertThat(DeviceChoice.parse("auto")).isEqualTo(DeviceChoice.AUTO);
        assertThat(DeviceChoice.parse(" CPU"))
                .isEqualTo(new DeviceChoice.Exactly(new Device.Cpu(0)));
        assertThat(DeviceChoice.parse("cuda:3"))
                .isEqualTo(new DeviceChoice.Exactly(new Device.Cuda(3)));
        for (String wrong : List.of("", "gpu", "cuda:", "cuda:-1", "cuda:1234567", "cpu:1")) {
            assertThatThrownBy(() -> DeviceChoice.parse(wrong))
                    .isInstanceOf(ProblemException.class);
        }
    }

    @Test
    void memoryFailuresAreRecognised() {
        assertThat(
                        RuntimeProblems.isOutOfMemory(
                                "Error code - ORT_RUNTIME_EXCEPTION - Failed to allocate memory for"
                                        + " requested buffer of size 17179869184"))
                .isTrue();
        assertThat(RuntimeProblems.isOutOfMemory("std::bad_alloc")).isTrue();
        assertThat(RuntimeProblems.isOutOfMemory("Invalid rank for input")).isFalse();
    }

    @Test
    void anEmptyTensorIsATensor() {
        try (var empty = NativeTensor.allocate(ElementType.FLOAT32, Shape.of(1, 1, 0, 24))) {
            assertThat(empty.toFloats()).isEmpty();
        }
    }

    @Test
    void moreMemoryThanThereIsIsRefusedBeforeItIsTaken() throws Exception {
        assertThat(AvailableMemory.bytes()).isPositive();
        AvailableMemory.require("A small thing", 1000);
        assertThatThrownBy(() -> AvailableMemory.require("A huge model", 1L << 60))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("A huge model needs about 1152921504.6 GB");
        assertThat(AvailableMemory.available(List.of("MemTotal: 9 kB", "MemAvailable:   12 kB")))
                .hasValue(12 * 1024);
        assertThat(AvailableMemory.available(List.of("MemAvailable: many kB"))).isEmpty();
    }

    @Test
    void cancellingStopsARunInTheMiddle() throws Exception {
        byte[] loop = longRunningModel();
        try (ModelSession session =
                        runtime.open(
                                new ModelSource.InMemory("long", loop, Optional.empty()),
                                CPU.withGraphOptimization(false));
                var input = NativeTensor.allocate(ElementType.FLOAT32, Shape.of(700, 700))) {
            var token = new CancelToken();
            var given = Map.of("x", input);
            long start = System.nanoTime();
            var stopper =
                    Thread.ofVirtual()
                            .start(() -> {
                                LockSupport.parkNanos(100_000_000);
                                token.cancel();
                            });
            assertThatThrownBy(() -> session.run(given, Set.of("y"), token))
                    .isInstanceOf(CancellationException.class);
            stopper.join();
            assertThat((System.nanoTime() - start) / 1e9).isLessThan(8);
            assertThatThrownBy(() -> session.run(given, Set.of("y"), token))
                    .isInstanceOf(CancellationException.class);
        }
    }

    /// Two thousand matrix products, one after the other: minutes of work.
    private static byte[] longRunningModel() {
        var graph = new GraphBuilder("long", OperatorForm.PRIMITIVE);
        Value x = graph.input("x", ElementType.FLOAT32, 700, 700);
        Value y = x;
        for (int i = 0; i < 2000; i++) {
            y = graph.matMul(y, x);
        }
        graph.output("y", y);
        return graph.toModel().toBytes();
    }
}

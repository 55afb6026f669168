package org.palimpsest.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.palimpsest.tensor.ElementType.FLOAT32;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.onnx.proto.Bytes;
import org.palimpsest.onnx.proto.ProtoWriter;
import org.palimpsest.onnx.proto.StringEntry;
import org.palimpsest.onnx.proto.TensorProto;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.tensor.Shape;

class OnnxModelTest {
    @TempDir Path folder;

    private static byte[] model() {
        var g = new GraphBuilder("model", OperatorForm.FUSED);
        var x = g.input("x", FLOAT32, "batch", 4);
        var w = g.floats("w", Shape.of(4, 600), Evaluation.random(1, 2400));
        var e = g.external("e", FLOAT32, Shape.of(600), new ExternalData("e.bin", 0, 2400));
        g.output("y", g.softmax(g.add(g.matMul(x, w), e), -1));
        g.output("z", g.filled(g.longs(2, 2), FLOAT32, 3));
        return g.toModel().toBytes();
    }

    @Test
    void readingAndWritingGivesTheSameBytes() throws Exception {
        var bytes = model();
        assertThat(OnnxModel.read(bytes).toBytes()).isEqualTo(bytes);
        assertThat(OnnxModel.read(bytes).edit().toModel().toBytes()).isEqualTo(bytes);
        var stream = new ByteArrayOutputStream();
        OnnxModel.read(bytes).writeTo(stream);
        assertThat(stream.toByteArray()).isEqualTo(bytes);
    }

    @Test
    void fieldsThatWeDoNotKnowSurviveARewrite() throws Exception {
        var writer = new ProtoWriter();
        writer.raw(OnnxModel.read(model()).proto().unknown());
        writer.string(3, "producer version");
        writer.varint(5, 77);
        writer.string(6, "documentation");
        writer.varint(4000, 5);
        var original = model();
        var more = new byte[original.length + (int) writer.size()];
        System.arraycopy(original, 0, more, 0, original.length);
        System.arraycopy(writer.toBytes(), 0, more, original.length, (int) writer.size());
        var editor = OnnxModel.read(more).edit();
        editor.rename("x", "pixels");
        var rewritten = OnnxModel.read(editor.toModel().toBytes());
        assertThat(rewritten.proto().unknown()).isEqualTo(Bytes.copyOf(writer.toBytes()));
        assertThat(rewritten.weight("e").orElseThrow().externalData())
                .contains(new ExternalData("e.bin", 0, 2400));
        assertThat(rewritten.inputs().getFirst().name()).isEqualTo("pixels");
    }

    @Test
    void aFileThatIsNoModelIsNamed() throws Exception {
        var file = folder.resolve("model.onnx");
        java.nio.file.Files.writeString(file, "version https://git-lfs.github.com/spec/v1\n");
        assertThatThrownBy(() -> OnnxModel.read(file))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("This is not an ONNX model")
                .hasMessageContaining("model.onnx");
        assertThatThrownBy(() -> OnnxModel.read(folder.resolve("missing.onnx")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("missing.onnx");
        assertThatThrownBy(() -> OnnxModel.read(new byte[0]))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("no graph");
    }

    @Test
    void weightsThatLieAreRefused() {
        refusesWeight(tensor(List.of(4L), Bytes.copyOf(new byte[15]), List.of()), "15 bytes");
        refusesWeight(
                tensor(List.of(-4L), Bytes.copyOf(new byte[16]), List.of()), "impossible shape");
        refusesWeight(
                tensor(List.of(1L << 40, 1L << 40), Bytes.EMPTY, List.of()), "impossible shape");
        refusesWeight(external("e.bin", "0", "15"), "15 bytes");
        refusesWeight(external("e.bin", "-1", "16"), "external data");
        refusesWeight(external("e.bin", "many", "16"), "external data");
        refusesWeight(external("", "0", "16"), "external data");
    }

    private static TensorProto external(String location, String offset, String length) {
        return tensor(
                List.of(4L),
                null,
                List.of(
                        new StringEntry("location", location),
                        new StringEntry("offset", offset),
                        new StringEntry("length", length)));
    }

    private static TensorProto tensor(List<Long> dims, Bytes raw, List<StringEntry> external) {
        return new TensorProto("w", 1, dims, raw, external, Bytes.EMPTY);
    }

    private static void refusesWeight(TensorProto tensor, String why) {
        assertThatThrownBy(
                        () -> {
                            new StoredWeight(tensor).inlineBytes();
                            new StoredWeight(tensor).externalData();
                        })
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(why);
    }

    /// Mutations: bytes changed, cut out, doubled, and lengths made huge.
    @Test
    void mutatedFilesAreReadOrRefusedNeverMore() {
        var random = new Random(7);
        var original = model();
        int refused = 0;
        for (int i = 0; i < 10_000; i++) {
            var bytes = mutate(original, random);
            try {
                var model = OnnxModel.read(bytes);
                for (var weight : model.weights()) {
                    try {
                        weight.inlineBytes();
                        weight.externalData();
                    } catch (ProblemException expected) {
                        refused++;
                    }
                }
                model.inputs();
                model.operatorCounts();
                OnnxModel.read(model.toBytes());
            } catch (ProblemException expected) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1000);
    }

    private static byte[] mutate(byte[] original, Random random) {
        // The structure is at the two ends; the middle is the weight's values.
        var bytes = original.clone();
        int times = 1 + random.nextInt(4);
        for (int i = 0; i < times; i++) {
            int near = random.nextInt(400);
            int at = random.nextBoolean() ? near : bytes.length - 1 - near;
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 ->
                        java.util.Arrays.fill(
                                bytes, at, Math.min(at + 9, bytes.length), (byte) 255);
                default -> bytes = java.util.Arrays.copyOf(bytes, Math.max(1000, at));
            }
        }
        return bytes;
    }
}

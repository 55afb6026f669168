package org.palimpsest.paligemma.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.job.Progress;

class CheckpointVerifierTest {
    private static final Path REFERENCE = Path.of("src/test/resources/reference");

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tiny-paligemma1",
                "tiny-paligemma2-bf16-sharded",
                "keras-preset/pali_gemma1_bfloat16",
                "keras-preset/pali_gemma2"
            })
    void theReferenceCheckpointsAreSound(String name) throws Exception {
        var report = CheckpointVerifier.verify(REFERENCE.resolve(name), false, Progress.NONE);
        assertThat(report.isSound()).isTrue();
        assertThat(report.tensors()).isNotEmpty().allMatch(tensor -> tensor.used());
        assertThat(report.byteSize())
                .isEqualTo(
                        report.parameterCount()
                                * report.tensors()
                                        .getFirst()
                                        .tensor()
                                        .info()
                                        .elementType()
                                        .byteSize());
    }

    @Test
    void valuesThatAreNotFiniteAreCountedPerTensor() throws Exception {
        var source = REFERENCE.resolve("tiny-paligemma1");
        Files.copy(source.resolve("config.json"), folder.resolve("config.json"));
        byte[] bytes = Files.readAllBytes(source.resolve("model.safetensors"));
        var clean = CheckpointVerifier.verify(source, true, Progress.NONE).tensors();
        var damaged = clean.get(5).tensor();
        var buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putFloat((int) damaged.offset(), Float.NaN);
        buffer.putFloat((int) damaged.offset() + 4, Float.NEGATIVE_INFINITY);
        buffer.putFloat((int) damaged.offset() + 8, Float.MAX_VALUE);
        Files.write(folder.resolve("model.safetensors"), bytes);

        var report = CheckpointVerifier.verify(folder, true, Progress.NONE);
        assertThat(report.isSound()).isFalse();
        for (int i = 0; i < clean.size(); i++) {
            var tensor = report.tensors().get(i);
            assertThat(tensor.notFinite()).isEqualTo(i == 5 ? 2 : 0);
            assertThat(tensor.sha256().equals(clean.get(i).sha256())).isEqualTo(i != 5);
        }
        int from = (int) damaged.offset();
        byte[] values = Arrays.copyOfRange(bytes, from, from + (int) damaged.length());
        assertThat(report.tensors().get(5).sha256())
                .hasValue(
                        HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256").digest(values)));
    }
}

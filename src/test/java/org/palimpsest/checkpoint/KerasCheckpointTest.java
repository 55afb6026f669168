package org.palimpsest.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.tensor.ElementType;

class KerasCheckpointTest {
    private static final Path PRESETS = Path.of("src/test/resources/reference/keras-preset");

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "pali_gemma1, pali_gemma1_bfloat16",
        "pali_gemma2, pali_gemma2_bfloat16_sharded",
    })
    void bfloat16DatasetsAreTheFloat32OnesRounded(String wide, String narrow) throws Exception {
        try (var float32 = KerasCheckpoint.open(PRESETS.resolve(wide));
                var bfloat16 = KerasCheckpoint.open(PRESETS.resolve(narrow));
                var arena = Arena.ofConfined()) {
            assertThat(bfloat16.tensors()).hasSameSizeAs(float32.tensors());
            for (var stored : float32.tensors()) {
                var other = bfloat16.find(stored.name()).orElseThrow();
                assertThat(other.info().shape()).isEqualTo(stored.info().shape());
                assertThat(other.info().elementType()).isEqualTo(ElementType.BFLOAT16);
                float[] expected = float32.map(stored, arena).toFloats();
                for (int i = 0; i < expected.length; i++) {
                    int bits = Float.floatToIntBits(expected[i]);
                    bits += 0x7FFF + (bits >>> 16 & 1);
                    expected[i] = Float.intBitsToFloat(bits & 0xFFFF0000);
                }
                assertThat(bfloat16.map(other, arena).toFloats())
                        .as(stored.name())
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void layersAfterTheFirstHaveTheirCounter() throws Exception {
        try (var checkpoint = KerasCheckpoint.open(PRESETS.resolve("pali_gemma2"))) {
            assertThat(checkpoint.tensors())
                    .extracting(StoredTensor::name)
                    .contains(
                            "layers/pali_gemma_decoder_block/pre_ffw_norm/vars/0",
                            "layers/pali_gemma_decoder_block_2/pre_ffw_norm/vars/0");
        }
    }

    @Test
    void aTruncatedFileIsOneMessageWhereverItEnds() throws Exception {
        byte[] whole = Files.readAllBytes(PRESETS.resolve("pali_gemma1/model.weights.h5"));
        var file = folder.resolve("model.weights.h5");
        for (int length : new int[] {0, 7, 96, 1_000, 200_000, whole.length - 100_000}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> KerasCheckpoint.open(folder))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("model.weights.h5");
        }
    }

    @Test
    void damagedHeadersAreProblemsOrHarmless() throws Exception {
        byte[] whole =
                Files.readAllBytes(
                        PRESETS.resolve("pali_gemma2_bfloat16_sharded/model_00000.weights.h5"));
        var random = new Random(20261123);
        var file = folder.resolve("model.weights.h5");
        int problems = 0;
        for (int round = 0; round < 500; round++) {
            byte[] damaged = whole.clone();
            int changes = 1 + random.nextInt(20);
            for (int i = 0; i < changes; i++) {
                // Half of them at the start, where the structures that everything hangs on are.
                int bound = random.nextBoolean() ? 4_096 : damaged.length;
                damaged[random.nextInt(bound)] = (byte) random.nextInt();
            }
            Files.write(file, damaged);
            try (var checkpoint = KerasCheckpoint.open(folder)) {
                for (var tensor : checkpoint.tensors()) {
                    assertThat(tensor.offset() + tensor.length())
                            .isLessThanOrEqualTo(damaged.length);
                }
            } catch (ProblemException e) {
                problems++;
            }
        }
        assertThat(problems).isBetween(50, 499);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"weight_map\":{\"/a/vars\":\"../x.h5\"}} | not a file name",
                "{\"weight_map\":{\"/a/vars\":[\"a.h5\",7]}} | not a file name",
                "{\"weight_map\":{\"/a/vars\":[\"gone.h5\"]}} | missing",
                "{\"weight_map\":{}} | missing or empty",
                "{\"weight_map\":{\"/a/vars\":\"one.h5\",\"/b/vars\":[\"two.h5\"]}} | there twice",
                "{\"weight_map\":{\"/a/vars\":\"text.h5\"}} | HDF5",
            })
    void aListOfShardsThatLiesIsOneMessage(String index, String word) throws Exception {
        var shard = PRESETS.resolve("pali_gemma2_bfloat16_sharded/model_00000.weights.h5");
        Files.copy(shard, folder.resolve("one.h5"));
        Files.copy(shard, folder.resolve("two.h5"));
        Files.writeString(folder.resolve("text.h5"), "no weights");
        Files.writeString(folder.resolve("model.weights.json"), index);
        assertThatThrownBy(() -> KerasCheckpoint.open(folder))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(word);
    }
}

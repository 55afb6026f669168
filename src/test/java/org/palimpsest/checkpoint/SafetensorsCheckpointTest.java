package org.palimpsest.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Shape;
import org.palimpsest.tensor.Tensor;
import org.palimpsest.tensor.TensorInfo;

class SafetensorsCheckpointTest {
    @TempDir Path folder;

    @Test
    void tensorsAreFoundWithTheirPlaceAndValues() throws Exception {
        var file =
                write(
                        "model.safetensors",
                        """
                        {"__metadata__":{"format":"pt"},
                         "b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]},
                         "a":{"shape":[2,1],"dtype":"BF16","data_offsets":[0,4],"more":[{}]},
                         "empty":{"dtype":"F32","shape":[0,3],"data_offsets":[12,12]}}
                        """,
                        new byte[] {
                            (byte) 0x80, 0x3F, 0, (byte) 0xC0, 0, 0, 0, 0, 0, 0, 0x40, 0x40
                        });
        try (var checkpoint = SafetensorsCheckpoint.open(folder);
                var arena = Arena.ofConfined()) {
            assertThat(checkpoint.metadata()).containsExactly(Map.entry("format", "pt"));
            assertThat(checkpoint.tensors())
                    .extracting(StoredTensor::name)
                    .containsExactly("a", "b", "empty");
            var a = checkpoint.find("a").orElseThrow();
            assertThat(a.file()).isEqualTo(file.toRealPath());
            assertThat(a.info())
                    .isEqualTo(new TensorInfo("a", ElementType.BFLOAT16, Shape.of(2, 1)));
            assertThat(a.offset()).isEqualTo(Files.size(file) - 12);
            assertThat(checkpoint.map(a, arena).toFloats()).containsExactly(1, -2);
            var b = checkpoint.find("b").orElseThrow();
            assertThat(checkpoint.map(b, arena).toFloats()).containsExactly(0, 3);
            var empty = checkpoint.find("empty").orElseThrow();
            assertThat(checkpoint.map(empty, arena).toFloats()).isEmpty();
            assertThat(checkpoint.find("c")).isEmpty();
        }
    }

    @Test
    void aTypeThatIsNotKnownIsOnlyAProblemForWhoNeedsIt() throws Exception {
        write(
                "model.safetensors",
                """
                {"q":{"dtype":"F8_E4M3","shape":[3],"data_offsets":[0,3]},
                 "b":{"dtype":"F32","shape":[],"data_offsets":[3,7]}}\
                """,
                new byte[7]);
        var checkpoint = SafetensorsCheckpoint.open(folder);
        assertThat(checkpoint.find("q")).isEmpty();
        assertThat(checkpoint.unreadableType("q")).hasValue("F8_E4M3");
        assertThat(checkpoint.find("b")).isPresent();
    }

    /// Each line is a header over twelve bytes of values, and a word of the message that it must give.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,16]}} | byte",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,12]}} | needs 16 bytes",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} | belong to no tensor",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}} | should start",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}} | should start at data byte 8",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}} | [8, 0]",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-3],\"data_offsets\":[0,12]}} | negative",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[-12,0]}} | negative",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3.0],\"data_offsets\":[0,12]}} | VALUE_NUMBER_INT expected",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,12]}} | impossible shape",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387907],\"data_offsets\":[0,12]}} | impossible shape",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,12]}} | out of range",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,9223372036854775807]}} | byte",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0]}} | data_offsets",
                "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,12]}} | lacks",
                "{\"a\":{\"dtype\":7,\"shape\":[3],\"data_offsets\":[0,12]}} | dtype",
                "{\"a\":7} | START_OBJECT expected",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]},\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[12,12]}} | Duplicate field",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]}}{} | follows",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]} | damaged",
                "[1] | START_OBJECT expected",
                "{\"__metadata__\":{\"a\":1}} | __metadata__",
            })
    void aHeaderThatLiesIsOneMessage(String header, String word) throws Exception {
        var file = write("model.safetensors", header, new byte[12]);
        assertThatThrownBy(() -> SafetensorsCheckpoint.open(folder))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(word)
                .hasMessageContaining(file.getFileName().toString());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 3, 1_000, 100_000_001, Long.MAX_VALUE, -1, Long.MIN_VALUE})
    void aHeaderLengthThatCannotBeIsOneMessage(long length) throws Exception {
        var bytes = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
        Files.write(folder.resolve("model.safetensors"), bytes.array());
        assertThatThrownBy(() -> SafetensorsCheckpoint.open(folder))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("model.safetensors");
    }

    @Test
    void aTruncatedFileIsOneMessageWhereverItEnds() throws Exception {
        byte[] whole =
                Files.readAllBytes(
                        Path.of("src/test/resources/reference/tiny-paligemma1/model.safetensors"));
        var file = folder.resolve("model.safetensors");
        for (int length : new int[] {0, 7, 8, 9, 4_000, 7_184, 7_185, whole.length - 1}) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> SafetensorsCheckpoint.open(folder))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("model.safetensors");
        }
    }

    @Test
    void aFileThatShrinksAfterwardsIsOneMessage() throws Exception {
        var file =
                write(
                        "model.safetensors",
                        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]}}",
                        new byte[12]);
        try (var checkpoint = SafetensorsCheckpoint.open(file);
                var arena = Arena.ofConfined()) {
            Files.write(file, new byte[10]);
            assertThatThrownBy(() -> checkpoint.map(checkpoint.tensors().getFirst(), arena))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("shorter");
        }
    }

    @Test
    void filesBehindSymbolicLinksAreNamedByTheirRealPath() throws Exception {
        var blobs = Files.createDirectories(folder.resolve("blobs"));
        var snapshot = Files.createDirectories(folder.resolve("snapshots/1"));
        Files.move(oneTensor("x.safetensors", "a"), blobs.resolve("1f3a"));
        Files.createSymbolicLink(
                snapshot.resolve("model.safetensors"), Path.of("../../blobs/1f3a"));
        var checkpoint = SafetensorsCheckpoint.open(snapshot);
        assertThat(checkpoint.tensors().getFirst().file())
                .isEqualTo(blobs.resolve("1f3a").toRealPath());
    }

    @Test
    void shardsAreOneCheckpoint() throws Exception {
        oneTensor("model-1.safetensors", "a");
        oneTensor("model-2.safetensors", "b");
        index("{\"weight_map\":{\"b\":\"model-2.safetensors\",\"a\":\"model-1.safetensors\"}}");
        assertThat(SafetensorsCheckpoint.open(folder).tensors())
                .extracting(StoredTensor::name)
                .containsExactlyInAnyOrder("a", "b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"weight_map\":{\"a\":\"../model-1.safetensors\"}} | not a file name",
                "{\"weight_map\":{\"a\":\"/etc/passwd\"}} | not a file name",
                "{\"weight_map\":{\"a\":\"..\"}} | not a file name",
                "{\"weight_map\":{\"a\":7}} | not a file name",
                "{\"weight_map\":{\"a\":\"model-9.safetensors\"}} | missing",
                "{\"weight_map\":{\"z\":\"model-1.safetensors\"}} | named but is not in",
                "{\"weight_map\":{}} | missing or empty",
                "{\"weight_map\":[]} | missing or empty",
                "{\"metadata\":{}} | missing or empty",
                "{\"weight_map\":{\"a\":\"model-1.safetensors\"} | not valid JSON",
                "[] | not a JSON object",
                "{\"weight_map\":{\"a\":\"model-1.safetensors\",\"c\":\"twice.safetensors\"}} | there twice",
            })
    void aListOfShardsThatLiesIsOneMessage(String index, String word) throws Exception {
        oneTensor("model-1.safetensors", "a");
        oneTensor("twice.safetensors", "a");
        index(index);
        assertThatThrownBy(() -> SafetensorsCheckpoint.open(folder))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(word);
    }

    @Test
    void aFolderWithoutWeightsIsOneMessage() {
        assertThatThrownBy(() -> SafetensorsCheckpoint.open(folder))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("model.safetensors")
                .hasMessageContaining(folder.toString());
    }

    @Test
    void whatTheWriterWritesIsReadBack() throws Exception {
        var file = folder.resolve("model.safetensors");
        try (var arena = Arena.ofConfined()) {
            var a = Tensor.ofFloats(arena, Shape.of(3), new float[] {1, 2, 3});
            var z = Tensor.ofLongs(arena, Shape.of(1, 2), 5, -6);
            var half = Tensor.allocate(arena, ElementType.FLOAT16, Shape.of(1));
            var tensors = Map.of("a \"quoted\"", a, "z", z, "half", half);
            SafetensorsWriter.write(
                    file,
                    tensors.entrySet().stream()
                            .map(entry ->
                                    new TensorInfo(
                                            entry.getKey(),
                                            entry.getValue().elementType(),
                                            entry.getValue().shape()))
                            .toList(),
                    Map.of("format", "pt"),
                    (info, sink) -> sink.write(tensors.get(info.name()).memory()));
            try (var read = SafetensorsCheckpoint.open(file)) {
                assertThat(read.tensors())
                        .extracting(StoredTensor::name)
                        .containsExactly("z", "a \"quoted\"", "half");
                assertThat(read.tensors())
                        .allMatch(tensor ->
                                tensor.offset() % tensor.info().elementType().byteSize() == 0);
                assertThat(read.map(read.find("a \"quoted\"").orElseThrow(), arena).toFloats())
                        .containsExactly(1, 2, 3);
                assertThat(read.map(read.find("z").orElseThrow(), arena).toLongs())
                        .containsExactly(5, -6);
            }
        }
        // Of the file that safetensors 0.8.0 for Python writes from the same tensors.
        assertThat(
                        HexFormat.of()
                                .formatHex(
                                        MessageDigest.getInstance("SHA-256")
                                                .digest(Files.readAllBytes(file))))
                .isEqualTo("1f1793912a8f188faa05ff52d1b3661559430a7d1a14eb4640428fcbaf7376cb");
    }

    @Test
    void aFailureWhileWritingLeavesTheOldFile() throws Exception {
        var file = oneTensor("model.safetensors", "old");
        byte[] before = Files.readAllBytes(file);
        var infos = List.of(new TensorInfo("new", ElementType.FLOAT32, Shape.of(3)));
        assertThatThrownBy(() ->
                        SafetensorsWriter.write(
                                file,
                                infos,
                                Map.of(),
                                (info, sink) -> {
                                    throw new ProblemException("Stopped", "", "");
                                }))
                .isInstanceOf(ProblemException.class);
        assertThat(file).hasBinaryContent(before);
        assertThat(Files.list(folder)).containsExactly(file);
    }

    private Path oneTensor(String fileName, String name) throws Exception {
        return write(
                fileName,
                "{\"" + name + "\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
                new byte[4]);
    }

    private void index(String json) throws Exception {
        Files.writeString(folder.resolve("model.safetensors.index.json"), json);
    }

    private Path write(String fileName, String header, byte[] values) throws Exception {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        var bytes =
                ByteBuffer.allocate(8 + text.length + values.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(text.length)
                        .put(text)
                        .put(values);
        return Files.write(folder.resolve(fileName), bytes.array());
    }
}

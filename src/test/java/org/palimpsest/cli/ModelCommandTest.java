package org.palimpsest.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelCommandTest {
    private static final Path REFERENCE = Path.of("src/test/resources/reference");
    private static final Path TINY = REFERENCE.resolve("tiny-paligemma1");
    private static final String IMAGE = REFERENCE.resolve("images/small_97x61.png").toString();

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "tiny-paligemma1, hugging_face, gemma1, float32",
        "keras-preset/pali_gemma1_bfloat16, keras, gemma1, bfloat16",
        "tiny-paligemma2, hugging_face, gemma2, float32",
        "onnx-layout, onnx, gemma1, fp32"
    })
    void infoSaysWhatAModelIs(String name, String layout, String generation, String dtype)
            throws IOException {
        var run =
                CommandRun.of(
                        "model",
                        "info",
                        REFERENCE.resolve(name).toString(),
                        "--device",
                        "cpu",
                        "--json");
        assertEquals(0, run.exitCode(), run.error());
        JsonNode info = new ObjectMapper().readTree(run.output());
        assertEquals(layout, info.get("layout").asText());
        assertEquals(generation, info.get("generation").asText());
        assertEquals(dtype, info.get("dtype").asText());
        assertEquals(56, info.get("image_size").asInt());
        assertEquals(16, info.get("image_tokens").asInt());
    }

    @Test
    void infoIsAlsoReadable() {
        var run = CommandRun.of("model", "info", TINY.toString(), "--device", "cpu");
        assertEquals(0, run.exitCode(), run.error());
        assertTrue(run.output().contains("56 x 56 pixels, 16 tokens"), run.output());
    }

    @Test
    void verifyReadsEveryValue() {
        var run = CommandRun.of("model", "verify", TINY.toString(), "--device", "cpu");
        assertEquals(0, run.exitCode(), run.error());
        assertTrue(run.output().contains("is sound"), run.output());
    }

    @Test
    void verifyNamesATensorWithValuesThatAreNoNumbers() throws IOException {
        Path broken = copyOfTiny();
        try (var file =
                FileChannel.open(broken.resolve("model.safetensors"), StandardOpenOption.WRITE)) {
            var nan = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(Float.NaN);
            file.write(nan.flip(), file.size() - 4);
        }
        var run = CommandRun.of("model", "verify", broken.toString(), "--device", "cpu");
        assertEquals(1, run.exitCode());
        assertFalse(run.output().contains("is sound"), run.output());
        assertTrue(run.error().contains("model.safetensors has 1 values"), run.error());
    }

    @Test
    void aTruncatedFileIsOneLineWithARemedy() throws IOException {
        Path broken = copyOfTiny();
        try (var file =
                FileChannel.open(broken.resolve("model.safetensors"), StandardOpenOption.WRITE)) {
            file.truncate(file.size() / 2);
        }
        for (String command : new String[] {"verify", "info"}) {
            var run = CommandRun.of("model", command, broken.toString(), "--device", "cpu");
            assertEquals(1, run.exitCode());
            var lines =
                    run.errorLines().stream()
                            .filter(line -> line.startsWith("palimpsest: "))
                            .toList();
            assertEquals(1, lines.size(), run.error());
            assertTrue(lines.getFirst().contains("model.safetensors"), run.error());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tiny-paligemma1, onnx",
        "tiny-paligemma2-bf16-sharded, huggingface",
    })
    void aConvertedModelGivesTheSameTokens(String name, String target) throws IOException {
        Path source = REFERENCE.resolve(name);
        if (name.contains("bf16")) {
            // This reference folder has no tokenizer of its own: it shares that of the unsharded
            // one.
            source = withTokenizer(source);
        }
        Path converted = folder.resolve("converted");
        var run =
                CommandRun.of(
                        "model",
                        "convert",
                        source.toString(),
                        "--to",
                        target,
                        "--out",
                        converted.toString());
        assertEquals(0, run.exitCode(), run.error());
        assertEquals(tokens(source), tokens(converted));
    }

    @Test
    void aFolderInUseIsNotWrittenOver() throws IOException {
        Files.writeString(folder.resolve("precious.txt"), "kept");
        for (String target : new String[] {"onnx", "huggingface"}) {
            var run =
                    CommandRun.of(
                            "model",
                            "convert",
                            TINY.toString(),
                            "--to",
                            target,
                            "--out",
                            folder.toString());
            assertEquals(1, run.exitCode(), target);
            assertEquals("kept", Files.readString(folder.resolve("precious.txt")));
        }
    }

    private JsonNode tokens(Path model, String... more) throws IOException {
        var arguments =
                new ArrayList<>(
                        List.of(
                                "predict",
                                IMAGE,
                                "--prompt",
                                "caption en",
                                "--model",
                                model.toString(),
                                "--device",
                                "cpu",
                                "--max-tokens",
                                "8",
                                "--json"));
        arguments.addAll(List.of(more));
        var run = CommandRun.of(arguments.toArray(String[]::new));
        assertEquals(0, run.exitCode(), run.error());
        return new ObjectMapper().readTree(run.output()).get("token_ids");
    }

    private Path copyOfTiny() throws IOException {
        return copy(TINY, folder.resolve("copy"));
    }

    private Path withTokenizer(Path source) throws IOException {
        Path copy = copy(source, folder.resolve("with-tokenizer"));
        for (String file : new String[] {"tokenizer.json", "preprocessor_config.json"}) {
            if (!Files.exists(copy.resolve(file))) {
                Files.copy(REFERENCE.resolve("tiny-paligemma2").resolve(file), copy.resolve(file));
            }
        }
        return copy;
    }

    private static Path copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName().toString()));
            }
        }
        return to;
    }

    @Test
    void aModelWithAnAdapterAnswersAsTheMergedOneInEitherLayout() throws IOException {
        String adapter = REFERENCE.resolve("training/tiny-paligemma1/lora-final").toString();
        String merged = folder.resolve("merged").toString();
        var merge =
                CommandRun.of(
                        "model",
                        "merge",
                        "--model",
                        TINY.toString(),
                        "--adapter",
                        adapter,
                        "--out",
                        merged);
        assertEquals(0, merge.exitCode(), merge.error());
        String onnx = folder.resolve("onnx").toString();
        var convert = CommandRun.of("model", "convert", merged, "--to", "onnx", "--out", onnx);
        assertEquals(0, convert.exitCode(), convert.error());
        var expected = tokens(folder.resolve("merged"));
        assertFalse(tokens(TINY).equals(expected));
        assertEquals(expected, tokens(TINY, "--adapter", adapter));
        assertEquals(expected, tokens(folder.resolve("onnx")));
    }

    @Test
    void infoNamesTheAdapter() throws IOException {
        String adapter = REFERENCE.resolve("training/tiny-paligemma1/lora-final").toString();
        var run =
                CommandRun.of(
                        "model",
                        "info",
                        TINY.toString(),
                        "--adapter",
                        adapter,
                        "--device",
                        "cpu",
                        "--json");
        assertEquals(0, run.exitCode(), run.error());
        JsonNode info = new ObjectMapper().readTree(run.output());
        assertEquals("tiny-paligemma1+lora-final", info.get("name").asText());
        assertEquals("lora-final", info.get("adapter").get("name").asText());
    }

    @Test
    void anAdapterThatIsNotThereIsOneLineWithARemedy() {
        var run =
                CommandRun.of(
                        "predict",
                        "--model",
                        TINY.toString(),
                        "--adapter",
                        folder.resolve("nothing").toString(),
                        "--device",
                        "cpu",
                        "--prompt",
                        "caption en",
                        IMAGE);
        assertEquals(1, run.exitCode());
        assertTrue(run.error().contains("adapter_config.json is missing"), run.error());
    }
}

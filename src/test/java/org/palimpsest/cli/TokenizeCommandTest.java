package org.palimpsest.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizeCommandTest {
    private static final Path REFERENCE = Path.of("src/test/resources/reference");

    @ParameterizedTest
    @ValueSource(strings = {"tokenizer.json", "tokenizer.model"})
    void goldenStringsGiveTheGoldenIds(String file) throws IOException {
        var json = new ObjectMapper();
        JsonNode golden =
                json.readTree(
                        REFERENCE.resolve("tiny-paligemma1-golden/tokenizer-golden.json").toFile());
        var input = new StringBuilder();
        var expected = new ArrayList<String>();
        for (JsonNode entry : golden.get("items")) {
            input.append(json.writeValueAsString(entry.get("text"))).append('\n');
            JsonNode ids = entry.get("ids");
            if (file.endsWith(".json") && entry.has("ids_from_tokenizer_json")) {
                ids = entry.get("ids_from_tokenizer_json");
            }
            expected.add(ids.toString());
        }
        var run =
                CommandRun.withInput(
                        input.toString(),
                        "model",
                        "tokenize",
                        "--tokenizer",
                        REFERENCE.resolve("tiny-paligemma1").resolve(file).toString());
        assertEquals(0, run.exitCode(), run.error());
        assertEquals(expected, run.outputLines());
    }

    @Test
    void aLineThatIsNoJsonStringIsNamed() {
        var run =
                CommandRun.withInput(
                        "\"detect cat\"\ndetect dog\n",
                        "model",
                        "tokenize",
                        "--tokenizer",
                        REFERENCE.resolve("tiny-paligemma1").toString());
        assertEquals(1, run.exitCode());
        assertEquals(1, run.errorLines().size(), run.error());
        assertTrue(run.error().contains("line 2"), run.error());
    }

    @Test
    void aMissingFileIsAProblem() {
        var run = CommandRun.of("model", "tokenize", "--tokenizer", "no/such/file.json");
        assertEquals(1, run.exitCode());
        assertEquals(1, run.errorLines().size(), run.error());
    }

    @Test
    void theTokenizerMustBeNamed() {
        var run = CommandRun.of("model", "tokenize");
        assertEquals(2, run.exitCode());
        assertTrue(run.error().contains("--tokenizer"), run.error());
    }
}

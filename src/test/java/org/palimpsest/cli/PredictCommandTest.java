package org.palimpsest.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.checkpoint.NpyFile;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.tensor.Tensor;

class PredictCommandTest {
    private static final Path REFERENCE = Path.of("src/test/resources/reference");
    private static final String MODEL = REFERENCE.resolve("tiny-paligemma1").toString();
    private static final Path GOLDEN = REFERENCE.resolve("tiny-paligemma1-golden");
    private static final String SMALL = REFERENCE.resolve("images/small_97x61.png").toString();
    private static final String LARGE = REFERENCE.resolve("images/large_640x427.png").toString();

    @TempDir Path folder;

    @Test
    void aJsonLineHasExactlyTheNamesThatOtherToolsRead() throws IOException {
        JsonNode line = predict("caption en", "--max-tokens", "12").getFirst();
        assertEquals(
                List.of(
                        "image",
                        "prompt",
                        "model",
                        "device",
                        "text",
                        "token_ids",
                        "token_logprobs",
                        "finish_reason",
                        "objects",
                        "malformed",
                        "timings_ms"),
                names(line));
        assertEquals(
                List.of("load", "preprocess", "vision", "prefill", "decode", "total"),
                names(line.get("timings_ms")));
        assertEquals(SMALL, line.get("image").asText());
        assertEquals("caption en", line.get("prompt").asText());
        assertEquals("tiny-paligemma1", line.get("model").asText());
        assertEquals("cpu", line.get("device").asText());
        assertEquals("length", line.get("finish_reason").asText());
        assertTrue(line.get("malformed").isNull());
    }

    @Test
    void tokensAndTextAreThoseOfTheReference() throws IOException {
        JsonNode golden =
                new ObjectMapper().readTree(GOLDEN.resolve("golden.json").toFile()).get("cases");
        JsonNode line = predict("caption en", "--max-tokens", "12").getFirst();
        assertEquals(golden.at("/A/generated_ids"), line.get("token_ids"));
        assertEquals(golden.at("/A/generated_text").asText(), line.get("text").asText());
        assertEquals(12, line.get("token_logprobs").size());
        JsonNode ended = predict("segment table tree", "--max-tokens", "12").getFirst();
        assertEquals(golden.at("/C/generated_ids"), ended.get("token_ids"));
        assertEquals("end_of_sequence", ended.get("finish_reason").asText());
    }

    @Test
    void everyImageAndPromptHasALineInTheOrderGivenAlsoInBatches() throws IOException {
        var alone = new ArrayList<String>();
        for (String batch : List.of("1", "3")) {
            var run =
                    CommandRun.of(
                            "predict",
                            SMALL,
                            LARGE,
                            "--prompt",
                            "caption en",
                            "--prompt",
                            "answer en Where is the cow standing?",
                            "--model",
                            MODEL,
                            "--json",
                            "--device",
                            "cpu",
                            "--max-tokens",
                            "6",
                            "--batch",
                            batch);
            assertEquals(0, run.exitCode(), run.error());
            var summary = new ArrayList<String>();
            for (JsonNode line : lines(run)) {
                summary.add(
                        line.get("image").asText()
                                + line.get("prompt").asText()
                                + line.get("token_ids"));
            }
            assertEquals(4, summary.size());
            if (alone.isEmpty()) {
                alone.addAll(summary);
            } else {
                assertEquals(alone, summary);
            }
        }
        assertTrue(alone.get(0).startsWith(SMALL + "caption en["), alone.get(0));
        assertTrue(alone.get(3).startsWith(LARGE + "answer en"), alone.get(3));
    }

    @Test
    void aTraceHasTheReferencesTensors() throws IOException, ProblemException {
        predict("caption en", "--max-tokens", "12", "--trace", folder.toString());
        try (Arena arena = Arena.ofConfined()) {
            assertClose("image_features", "caseA__image_features", 2e-5f, arena);
            assertClose("prefill_logits", "caseA__prefill_last_logits", 5e-5f, arena);
            assertClose("step_logits", "caseA__generated_logits", 5e-5f, arena);
            assertClose("pixel_values", "small_97x61__pixel_values", 1e-6f, arena);
            Tensor ids = NpyFile.read(folder.resolve("input_ids.npy"), arena);
            assertEquals(21, ids.shape().elementCount());
        }
    }

    private void assertClose(String ours, String golden, float bound, Arena arena)
            throws ProblemException {
        float[] actual = NpyFile.read(folder.resolve(ours + ".npy"), arena).toFloats();
        float[] expected = NpyFile.read(GOLDEN.resolve(golden + ".npy"), arena).toFloats();
        assertEquals(expected.length, actual.length, ours);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], bound, ours + " at " + i);
        }
    }

    @Test
    void severalTracesLieInNumberedFolders() throws IOException {
        predict("caption en", "--max-tokens", "2", "--prompt", "ocr", "--trace", folder.toString());
        assertTrue(Files.exists(folder.resolve("0001/pixel_values.npy")));
        assertTrue(Files.exists(folder.resolve("0002/step_logits.npy")));
    }

    @Test
    void drawingTokensWithTheSameSeedGivesTheSameAnswer() throws IOException {
        String[] options = {"--temperature", "1.5", "--seed", "4", "--max-tokens", "8"};
        JsonNode once = predict("caption en", options).getFirst();
        assertEquals(
                once.get("token_ids"), predict("caption en", options).getFirst().get("token_ids"));
        String[] otherSeed = {"--temperature", "1.5", "--seed", "5", "--max-tokens", "8"};
        assertTrue(
                !once.get("token_ids")
                        .equals(predict("caption en", otherSeed).getFirst().get("token_ids")));
    }

    @Test
    void aSeedWithoutATemperatureIsRefused() {
        var run = CommandRun.of("predict", SMALL, "--prompt", "ocr", "--seed", "3");
        assertEquals(1, run.exitCode());
        assertEquals(1, run.errorLines().size(), run.error());
        assertTrue(run.error().contains("--temperature"), run.error());
    }

    @Test
    void aMissingImageAmongOthersIsSaidAndTheOthersAreAnswered() throws IOException {
        var run =
                CommandRun.of(
                        "predict",
                        "no-such.png",
                        SMALL,
                        "--prompt",
                        "caption en",
                        "--model",
                        MODEL,
                        "--json",
                        "--device",
                        "cpu",
                        "--max-tokens",
                        "2");
        assertEquals(1, run.exitCode());
        assertEquals(1, lines(run).size());
        assertTrue(run.error().contains("no-such.png"), run.error());
    }

    @Test
    void aMissingModelIsOneLineWithARemedy() {
        var run =
                CommandRun.of(
                        "predict", SMALL, "--prompt", "ocr", "--model", folder + "/none", "--json");
        assertEquals(1, run.exitCode());
        assertEquals("", run.output());
        assertEquals(1, run.errorLines().size(), run.error());
        assertTrue(run.error().contains("config.json"), run.error());
    }

    private static List<JsonNode> predict(String prompt, String... more) throws IOException {
        var arguments =
                new ArrayList<>(
                        List.of(
                                "predict",
                                SMALL,
                                "--prompt",
                                prompt,
                                "--model",
                                MODEL,
                                "--json",
                                "--device",
                                "cpu"));
        arguments.addAll(List.of(more));
        var run = CommandRun.of(arguments.toArray(new String[0]));
        assertEquals(0, run.exitCode(), run.error());
        return lines(run);
    }

    private static List<JsonNode> lines(CommandRun run) throws IOException {
        var lines = new ArrayList<JsonNode>();
        for (String line : run.outputLines()) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }

    private static List<String> names(JsonNode node) {
        var names = new ArrayList<String>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}

package org.palimpsest.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.palimpsest.benchmark.JavaScriptProgram;

class BenchmarkCommandTest {
    private static final String MODEL = "src/test/resources/reference/tiny-paligemma1";

    @Test
    void aReportHasTimesSharesAndMemory() throws IOException {
        var run =
                CommandRun.of(
                        "benchmark",
                        "--model",
                        MODEL,
                        "--device",
                        "cpu",
                        "--threads",
                        "1",
                        "--repeat",
                        "2",
                        "--new-tokens",
                        "6",
                        "--json");
        assertEquals(0, run.exitCode(), run.error());
        JsonNode report = new ObjectMapper().readTree(run.output());
        JsonNode ours = report.at("/default/Palimpsest");
        assertTrue(ours.get("prefill_ms").asDouble() > 0, run.output());
        assertTrue(ours.get("decode_ms").asDouble() > 0, run.output());
        assertTrue(
                ours.get("total_ms").asDouble() >= ours.get("vision_ms").asDouble(), run.output());
        assertTrue(ours.get("overhead_ms").asDouble() >= 0, run.output());
        assertEquals(6, ours.get("token_ids").size());
        assertEquals(0, report.at("/same_image_again/vision_ms").asDouble());
        assertTrue(report.at("/machine/read_bytes_per_second").asDouble() > 5e8, run.output());
        assertTrue(report.at("/shares/prefill_of_float32").asDouble() > 0, run.output());
    }

    @Test
    void transformersJsNeedsAnOnnxFolder() {
        var run = CommandRun.of("benchmark", "--model", MODEL, "--device", "cpu", "--javascript");
        assertEquals(1, run.exitCode());
        assertTrue(run.error().contains("model convert --to onnx"), run.error());
    }

    @Test
    void anUnknownSyntheticModelIsRefused() {
        var run = CommandRun.of("benchmark", "--synthetic", "paligemma-28b-224");
        assertEquals(1, run.exitCode());
        assertEquals(1, run.errorLines().size(), run.error());
    }

    @Test
    void dtypesAreHandedOverInTheOrderOfTheParts() {
        assertEquals("q4", JavaScriptProgram.dtypes("q4"));
        assertEquals(
                "fp16,fp32,q4",
                JavaScriptProgram.dtypes(
                        "vision_encoder fp32, embed_tokens fp16, decoder_model_merged q4"));
    }
}

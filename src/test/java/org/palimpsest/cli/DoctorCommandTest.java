package org.palimpsest.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class DoctorCommandTest {

    @Test
    void saysWhichDeviceIsTakenAndWhy() throws IOException {
        var run = CommandRun.of("doctor", "--json");
        assertEquals(0, run.exitCode(), run.error() + run.output());
        assertEquals(1, run.outputLines().size());
        JsonNode report = new ObjectMapper().readTree(run.output());
        assertTrue(report.get("onnx_runtime").asText().matches("\\d+\\.\\d+\\.\\d+"), run.output());
        assertTrue(report.get("device").asText().matches("cpu|cuda:0"), run.output());
        assertFalse(report.get("device_explanation").asText().isBlank());
        assertTrue(report.get("memory_bytes").asLong() > 1L << 28, run.output());
        assertTrue(report.get("problems").isEmpty(), run.output());
        assertTrue(report.at("/model/load_ms").asDouble() > 0, run.output());
        assertTrue(report.at("/model/tokens_per_second").asDouble() > 0, run.output());
        for (JsonNode finding : report.get("findings")) {
            assertTrue(
                    finding.get("severity").asText().matches("note|warning"), finding.toString());
            assertFalse(finding.get("summary").asText().isBlank(), finding.toString());
        }
        assertTrue(report.at("/model/answer_ms").asDouble() > 0, run.output());
    }

    @Test
    void aModelThatCannotBeOpenedIsAProblemInTheReport() {
        var run = CommandRun.of("doctor", "--device", "cpu", "--model", "src/test");
        assertEquals(1, run.exitCode());
        assertTrue(run.output().contains("Problem "), run.output());
        assertTrue(run.output().contains("ONNX Runtime  1."), run.output());
    }

    @Test
    void aDeviceThatIsNotThereIsAProblemInTheReport() {
        var run = CommandRun.of("doctor", "--device", "cuda:97");
        assertEquals(1, run.exitCode());
        assertTrue(run.output().contains("Problem       cuda:97 cannot be used"), run.output());
    }

    @Test
    void aDeviceWithoutANameIsRefusedInOneLine() {
        var run = CommandRun.of("doctor", "--device", "tpu");
        assertEquals(1, run.exitCode());
        assertEquals(1, run.errorLines().size(), run.error());
        assertTrue(run.error().contains("auto, cpu or cuda:0"), run.error());
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void nothingIsFetchedBeforeThePersonAgrees() {
        var run = CommandRun.withInput("n\n", "doctor", "--install-cuda");
        assertEquals(130, run.exitCode());
        assertTrue(run.error().contains("2.0 GB"), run.error());
        assertTrue(run.error().contains("Nothing was fetched"), run.error());
    }
}

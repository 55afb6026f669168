package org.palimpsest.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.checkpoint.SafetensorsCheckpoint;
import org.palimpsest.paligemma.config.ConfigReader;
import org.palimpsest.paligemma.weights.PaliGemmaWeights;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.tensor.ElementType;

class SyntheticCheckpointTest {
    @TempDir Path folder;

    @Test
    void theWholeModelHasThePublishedNumberOfParameters() throws ProblemException {
        var shape = SyntheticShape.parse("paligemma-3b-224");
        var checkpoint = new SyntheticCheckpoint(shape, ElementType.FLOAT16);
        // 2,923 million parameters are what Hugging Face shows for google/paligemma-3b-pt-224.
        assertEquals(2_923, checkpoint.byteSize() / 2 / 1_000_000);
        assertEquals(1024, SyntheticShape.parse("paligemma-3b-448").numImageTokens());
    }

    @Test
    void theOrdinaryCodeFindsEveryParameterOfAModelWithFewLayers() throws ProblemException {
        var shape = SyntheticShape.parse("paligemma-3b-224").withLayers(1);
        new SyntheticCheckpoint(shape, ElementType.FLOAT16).writeWithoutValues(folder);
        try (var checkpoint = SafetensorsCheckpoint.open(folder)) {
            var weights = PaliGemmaWeights.locate(checkpoint, ConfigReader.read(folder));
            assertEquals(1, weights.config().text().numLayers());
            assertEquals(256, weights.config().numImageTokens());
        }
    }

    @Test
    void unknownNameIsAProblemThatListsTheChoices() {
        var problem =
                assertThrows(
                        ProblemException.class, () -> SyntheticShape.parse("paligemma-28b-224"));
        assertTrue(problem.problem().remedy().contains("paligemma-3b-448"), problem.toString());
    }

    @Test
    void memoryIsReadAtSomePlausibleSpeed() {
        double bytesPerSecond = MemoryBandwidth.measure(1, 1 << 26);
        assertTrue(bytesPerSecond > 5e8 && bytesPerSecond < 2e12, bytesPerSecond + " B/s");
    }
}

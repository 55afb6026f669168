package org.palimpsest.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.paligemma.config.ConfigReader;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.OnnxRuntime;
import org.palimpsest.tensor.ElementType;

class ModelCostTest {
    @TempDir Path folder;

    /// The figures are those of an independent count by hand: vision 0.220, prefill 1.065 and one token 0.0051
    /// trillion operations at 224 pixels, 0.979 and 4.26 at 448.
    @Test
    void theCostOfPaliGemma3bAgreesWithACountByHand() throws ProblemException {
        assertCost("paligemma-3b-224", 266, 0.220, 1.065, 0.0051);
        assertCost("paligemma-3b-448", 1034, 0.979, 4.26, 0.0052);
    }

    @Test
    void theMachineMultipliesAtSomePlausibleSpeed() throws ProblemException {
        try (OnnxRuntime runtime = OnnxRuntime.start()) {
            var limits = MachineLimits.measure(runtime, 1);
            assertTrue(
                    limits.floatOperationsPerSecond() > 1e9
                            && limits.floatOperationsPerSecond() < 1e14,
                    limits.toString());
            assertTrue(
                    limits.int8OperationsPerSecond() > 1e9
                            && limits.int8OperationsPerSecond() < 1e15,
                    limits.toString());
        }
    }

    private void assertCost(
            String name, int promptTokens, double vision, double prefill, double decode)
            throws ProblemException {
        Path model = folder.resolve(name);
        new SyntheticCheckpoint(SyntheticShape.parse(name), ElementType.FLOAT16)
                .writeWithoutValues(model);
        var cost = ModelCost.of(ConfigReader.read(model), promptTokens);
        assertEquals(vision, cost.visionOperations() / 1e12, 0.01 * vision);
        assertEquals(prefill, cost.prefillOperations() / 1e12, 0.015 * prefill);
        assertEquals(decode, cost.decodeOperations() / 1e12, 0.02 * decode);
        assertEquals(2.509e9, cost.decodeParameters(), 0.001e9);
    }
}

package org.palimpsest.benchmark.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.benchmark.fit.FitCost.Case;
import org.palimpsest.job.Progress;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.OnnxRuntime;

class FitCostTest {
    private static final Path MODEL = Path.of("src/test/resources/reference/tiny-paligemma1");

    @Test
    void oneSizeChangesAtATime() {
        assertThat(
                        FitCost.oneAtATime(
                                List.of(TrainedChoice.RANK_8, TrainedChoice.ALL),
                                List.of(32, 64),
                                List.of(1)))
                .containsExactly(
                        new Case(TrainedChoice.RANK_8, 64, 1, false),
                        new Case(TrainedChoice.ALL, 64, 1, false),
                        new Case(TrainedChoice.RANK_8, 32, 1, false),
                        new Case(TrainedChoice.RANK_8, 64, 1, true),
                        new Case(TrainedChoice.ALL, 64, 1, true),
                        new Case(TrainedChoice.RANK_8, 32, 1, true));
    }

    @Test
    void aStepOfEveryChoiceIsMeasured(@TempDir Path temporary) throws ProblemException {
        try (var runtime = OnnxRuntime.start()) {
            var cost = new FitCost(MODEL, runtime, new Device.Cpu(1), temporary);
            long values = 0;
            for (var trained : TrainedChoice.values()) {
                var row = cost.measure(new Case(trained, 8, 2, true), 2, Progress.NONE);
                assertThat(row.seconds()).isPositive();
                assertThat(row.examplesPerSecond()).isEqualTo(2 / row.seconds());
                assertThat(row.productShare()).isBetween(0.01, 0.99);
                assertThat(row.estimatedMemory()).isPositive();
                assertThat(row.trainedValues()).isGreaterThan(values);
                values = trained == TrainedChoice.RANK_32 ? 0 : row.trainedValues();
            }
        }
    }

    @Test
    void aProfileCountsTheNodesOfTheRunsAfterWarmUp(@TempDir Path folder)
            throws IOException, ProblemException {
        Path file = folder.resolve("step.json");
        Files.writeString(
                file,
                """
                [{"cat":"Session","name":"model_loading_array","ts":1,"dur":5,"args":{}},
                 {"cat":"Node","name":"a_kernel_time","ts":10,"dur":1000,"args":{"op_name":"MatMul"}},
                 {"cat":"Session","name":"model_run","ts":9,"dur":2000,"args":{}},
                 {"cat":"Node","name":"a_kernel_time","ts":3010,"dur":300,"args":{"op_name":"MatMul"}},
                 {"cat":"Node","name":"b_kernel_time","ts":3400,"dur":200,"args":{"op_name":"FusedMatMul"}},
                 {"cat":"Node","name":"b_fence_before","ts":3400,"dur":90,"args":{"op_name":"FusedMatMul"}},
                 {"cat":"Node","name":"c_kernel_time","ts":3700,"dur":100,"args":{"op_name":"Add"}},
                 {"cat":"Session","name":"model_run","ts":3000,"dur":1000,"args":{}}]
                """);
        var profile = StepProfile.read(file, 1);
        assertThat(profile)
                .isEqualTo(
                        new StepProfile(
                                1, 1e-3, Map.of("MatMul", 3e-4, "FusedMatMul", 2e-4, "Add", 1e-4)));
        assertThat(profile.productSeconds()).isCloseTo(5e-4, within(1e-12));
    }
}

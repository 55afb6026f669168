package org.palimpsest.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.palimpsest.checkpoint.SafetensorsCheckpoint;
import org.palimpsest.paligemma.graph.Adaptation;
import org.palimpsest.paligemma.weights.Parameter;
import org.palimpsest.paligemma.weights.Role;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.OnnxRuntime;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.training.data.EncodedExample;
import org.palimpsest.training.data.Example;
import org.palimpsest.training.optimizer.AdamWConfig;
import org.palimpsest.training.optimizer.FlatParameters.Piece;
import org.palimpsest.training.optimizer.LearningRateSchedule;

/// Loss, gradients and steps against PyTorch with transformers and PEFT, and against KerasHub, within the bounds that the
/// reference data's READMEs name.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrainingReferenceTest {
    private static final double LOSS_BOUND = 1e-5;
    private static final double GRADIENT_BOUND = 2e-4;

    private OnnxRuntime runtime;

    @BeforeAll
    void start() throws ProblemException {
        runtime = OnnxRuntime.start();
    }

    @AfterAll
    void stop() {
        runtime.close();
    }

    private static JsonNode json(String file) throws IOException {
        return new ObjectMapper().readTree(TinyModel.REFERENCE.resolve(file).toFile());
    }

    private static List<Example> examples(JsonNode nodes) {
        var examples = new ArrayList<Example>();
        for (var node : nodes) {
            examples.add(
                    new Example(
                            TinyModel.REFERENCE
                                    .resolve("images")
                                    .resolve(node.get("image").asText()),
                            node.get("prefix").asText(),
                            node.get("suffix").asText()));
        }
        return examples;
    }

    private static long targets(List<EncodedExample> examples) {
        return examples.stream().mapToLong(example -> example.suffixIds().length).sum();
    }

    /// The bias of the keys moves all scores of a query alike: its gradient is rounding noise.
    private static boolean hasGradient(Parameter parameter) {
        return parameter.role() != Role.VISION_K_BIAS;
    }

    @ParameterizedTest
    @CsvSource({
        "tiny-paligemma1, train1, single, true, false",
        "tiny-paligemma1, train1, single, true, true",
        "tiny-paligemma2, train1, single, true, false",
        "tiny-paligemma2, train1, single, true, true",
        "tiny-paligemma2, train1_nowindow, single, false, false"
    })
    void lossAndGradientsAreThoseOfTransformers(
            String name, String file, String part, boolean window, boolean recompute)
            throws Exception {
        try (var model = TinyModel.open(name, window);
                var gradients =
                        SafetensorsCheckpoint.open(
                                TinyModel.REFERENCE.resolve(
                                        name + "-golden/" + file + "__gradients.safetensors"));
                var step =
                        new ReferenceStep(
                                runtime,
                                model,
                                model.whole(_ -> true),
                                recompute,
                                AdamWConfig.STANDARD)) {
            var node = json(name + "-golden/golden.json").get("train").get(part);
            var examples = model.encode(examples(node.get("examples")));
            double loss = step.gradients(examples, targets(examples));
            double expected =
                    window
                            ? node.get("loss").asDouble()
                            : json(name + "-golden/golden.json")
                                    .get("train_nowindow")
                                    .get(part)
                                    .get("loss")
                                    .asDouble();
            assertThat(loss / targets(examples)).isCloseTo(expected, within(LOSS_BOUND));
            checkGradients(model, step, gradients);
        }
    }

    private static void checkGradients(
            TinyModel model, ReferenceStep step, SafetensorsCheckpoint reference) throws Exception {
        int compared = 0;
        for (var weight : model.weights().all()) {
            var stored = reference.find(weight.stored().name());
            if (stored.isEmpty() || !hasGradient(weight.parameter())) {
                continue;
            }
            compared++;
            try (var arena = Arena.ofConfined()) {
                float[] expected = reference.map(stored.get(), arena).toFloats();
                float[] actual =
                        step.parameters
                                .tensor(Piece.GRADIENTS, Adaptation.weight(weight.parameter()))
                                .toFloats();
                assertThat(actual).as(weight.parameter().toString()).hasSameSizeAs(expected);
                double largest = 0;
                double difference = 0;
                for (int i = 0; i < actual.length; i++) {
                    largest = Math.max(largest, Math.abs(expected[i]));
                    difference = Math.max(difference, Math.abs(expected[i] - actual[i]));
                }
                assertThat(difference)
                        .as(weight.parameter().toString())
                        .isLessThanOrEqualTo(GRADIENT_BOUND * largest);
            }
        }
        assertThat(compared)
                .isGreaterThanOrEqualTo(
                        reference.tensors().size() - model.config().vision().numLayers());
    }

    @ParameterizedTest
    @CsvSource({
        "pali_gemma1, train, true",
        "pali_gemma2, train, true",
        "pali_gemma2, nowindow_train, false"
    })
    void lossAndGradientsAreThoseOfKerasHub(String preset, String part, boolean window)
            throws Exception {
        var file =
                TinyModel.REFERENCE.resolve(
                        "keras-preset/" + preset + "-golden/" + part + "__gradients.safetensors");
        try (var model = TinyModel.open("keras-preset/" + preset, window);
                var step =
                        new ReferenceStep(
                                runtime,
                                model,
                                model.whole(_ -> true),
                                false,
                                AdamWConfig.STANDARD)) {
            var node = json("keras-preset/" + preset + "-golden/golden.json").get(part);
            var plain = new ArrayList<Example>();
            for (int i = 0; i < 2; i++) {
                plain.add(
                        new Example(
                                TinyModel.REFERENCE
                                        .resolve("images")
                                        .resolve(node.get("images").get(i).asText()),
                                node.get("prompts").get(i).asText(),
                                node.get("responses").get(i).asText()));
            }
            var examples = model.encode(plain);
            assertThat(targets(examples)).isEqualTo(node.get("weighted_tokens").asLong());
            double loss = step.gradients(examples, node.get("positions").asLong());
            assertThat(loss / targets(examples))
                    .isCloseTo(
                            node.get("loss_mean_over_weighted_tokens").asDouble(),
                            within(LOSS_BOUND));
            // KerasHub's own window has a loss to compare with, but no gradients.
            if (Files.exists(file)) {
                try (var gradients = SafetensorsCheckpoint.open(file)) {
                    checkGradients(model, step, gradients);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tiny-paligemma1, base, 4",
        "tiny-paligemma1, lower_lr, 11",
        "tiny-paligemma1, text_only, 11",
        "tiny-paligemma1, no_decay_on_bias_and_norm, 4",
        "tiny-paligemma1, label_smoothing, 4",
        "tiny-paligemma1, accumulate_by_tokens, 4",
        "tiny-paligemma1, accumulate_by_tokens_label_smoothing, 4",
        "tiny-paligemma1, warmup_cosine, 11",
        "tiny-paligemma2, base, 11",
        "tiny-paligemma2, lower_lr, 11",
        "tiny-paligemma2, text_only, 11",
        "tiny-paligemma2, no_decay_on_bias_and_norm, 11",
        "tiny-paligemma2, label_smoothing, 11",
        "tiny-paligemma2, accumulate_by_tokens, 11",
        "tiny-paligemma2, accumulate_by_tokens_label_smoothing, 11",
        "tiny-paligemma2, warmup_cosine, 11",
        "tiny-paligemma2, base_nowindow, 11",
        "tiny-paligemma2, text_only_nowindow, 11",
        "tiny-paligemma2, lower_lr_nowindow, 11"
    })
    void tenStepsAreThoseOfPyTorch(String name, String run, int losses) throws Exception {
        var reference = json("training/" + name + "/training.json").get("full");
        var expected = reference.get("runs").get(run);
        boolean text = run.startsWith("text_only");
        double rate = run.startsWith("lower_lr") ? 1e-4 : 1e-3;
        LearningRateSchedule schedule =
                run.equals("warmup_cosine")
                        ? new LearningRateSchedule.WarmupCosine(rate, 3, 10)
                        : new LearningRateSchedule.Constant(rate, 0);
        var config = new AdamWConfig(0.9, 0.999, 1e-8, 0.01, !run.startsWith("no_decay"));
        try (var model = TinyModel.open(name, !run.endsWith("nowindow"))) {
            var trained = model.whole(each -> !text || !each.role().isOfVision());
            double smoothing = run.endsWith("label_smoothing") ? 0.1 : 0;
            try (var step =
                    new ReferenceStep(
                            runtime,
                            model,
                            trained,
                            false,
                            config,
                            smoothing,
                            ElementType.FLOAT32)) {
                var examples = model.encode(examples(reference.get("examples")));
                boolean accumulates = run.startsWith("accumulate");
                compareSteps(step, examples, accumulates, schedule, expected, losses);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tiny-paligemma1, base, lora-final",
        "tiny-paligemma2, base, lora-final",
        "tiny-paligemma2, nowindow, lora-final-nowindow"
    })
    void tenStepsOfLowRankTermsAreThoseOfPeft(String name, String run, String last)
            throws Exception {
        var reference = json("training/" + name + "/training.json").get("lora");
        var config = new AdamWConfig(0.9, 0.999, 1e-8, 0.01, true);
        var folder = TinyModel.REFERENCE.resolve("training").resolve(name);
        try (var model = TinyModel.open(name, !run.equals("nowindow"));
                var step = new ReferenceStep(runtime, model, model.lora(4, 2, 0), true, config)) {
            step.setTerms(model, folder.resolve("lora-start"));
            var examples = model.encode(examples(reference.get("examples")));
            compareSteps(
                    step,
                    examples,
                    false,
                    new LearningRateSchedule.Constant(1e-3, 0),
                    reference.get("runs").get(run),
                    11);
            step.compareTerms(model, folder.resolve(last));
        }
    }

    private static void compareSteps(
            ReferenceStep step,
            List<EncodedExample> examples,
            boolean accumulates,
            LearningRateSchedule schedule,
            JsonNode expected,
            int losses)
            throws Exception {
        for (int i = 0; i < losses; i++) {
            var parts =
                    accumulates
                            ? List.of(examples.subList(0, 1), examples.subList(1, 2))
                            : List.of(examples);
            double loss = step.accumulated(parts, targets(examples)) / targets(examples);
            assertThat(loss)
                    .as("loss " + i)
                    .isCloseTo(
                            expected.get("loss_float64").get(i).asDouble(),
                            within(expected.get("loss_suggested_bound").get(i).asDouble()));
            if (i == 10) {
                return;
            }
            double norm = step.optimizer.gradientNorm(Piece.GRADIENT_SUM);
            double wanted = expected.get("grad_norm_float64").get(i).asDouble();
            assertThat(norm / wanted)
                    .as("norm " + i)
                    .isCloseTo(
                            1,
                            within(
                                    expected.get("grad_norm_rel_suggested_bound")
                                            .get(i)
                                            .asDouble()));
            step.optimizer.step(i + 1, schedule.at(i), Piece.GRADIENT_SUM, 1, norm);
        }
    }

    @Test
    void weightsAfterAStepAreThoseOfPyTorch() throws Exception {
        String name = "tiny-paligemma1";
        var config = new AdamWConfig(0.9, 0.999, 1e-8, 0.01, true);
        var reference = json("training/" + name + "/training.json").get("full");
        try (var model = TinyModel.open(name, true);
                var step =
                        new ReferenceStep(runtime, model, model.whole(_ -> true), false, config);
                var after =
                        SafetensorsCheckpoint.open(
                                TinyModel.REFERENCE.resolve(
                                        "training/" + name + "/full__weights_step1.safetensors"))) {
            var examples = model.encode(examples(reference.get("examples")));
            step.accumulated(List.of(examples), targets(examples));
            double norm = step.optimizer.gradientNorm(Piece.GRADIENT_SUM);
            step.optimizer.step(1, 1e-3, Piece.GRADIENT_SUM, 1, norm);
            int compared = 0;
            for (var weight : model.weights().all()) {
                var stored = after.find(weight.stored().name());
                if (stored.isPresent() && hasGradient(weight.parameter())) {
                    compared++;
                    try (var arena = Arena.ofConfined()) {
                        float[] expected = after.map(stored.get(), arena).toFloats();
                        float[] actual =
                                step.parameters.values(Adaptation.weight(weight.parameter()));
                        assertThat(ReferenceStep.rootMeanSquare(actual, expected))
                                .as(weight.parameter().toString())
                                .isLessThan(5e-7);
                    }
                }
            }
            assertThat(compared).isGreaterThan(10);
        }
    }
}

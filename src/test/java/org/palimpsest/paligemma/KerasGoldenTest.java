package org.palimpsest.paligemma;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.palimpsest.checkpoint.KerasCheckpoint;
import org.palimpsest.job.Progress;
import org.palimpsest.onnx.OperatorForm;
import org.palimpsest.paligemma.config.ChangedWindow;
import org.palimpsest.paligemma.config.ConfigReader;
import org.palimpsest.paligemma.config.PaliGemmaConfig;
import org.palimpsest.paligemma.generation.Generation;
import org.palimpsest.paligemma.generation.GenerationOptions;
import org.palimpsest.paligemma.generation.Generator;
import org.palimpsest.paligemma.generation.ImageFeatures;
import org.palimpsest.paligemma.generation.PromptSequence;
import org.palimpsest.paligemma.weights.PaliGemmaWeights;
import org.palimpsest.runtime.CancelToken;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.OnnxRuntime;

/// Keras presets, read in place, against what KerasHub computes, within the bounds of the reference data's README.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KerasGoldenTest {
    private static final double FEATURE_BOUND = 2e-5;
    private static final double LOGIT_BOUND = 5e-5;
    private static final int NEW_TOKENS = 12;

    private OnnxRuntime runtime;

    @BeforeAll
    void start() throws Exception {
        runtime = OnnxRuntime.start();
    }

    @AfterAll
    void stop() {
        runtime.close();
    }

    @ParameterizedTest
    @CsvSource({
        "pali_gemma1, A, FUSED",
        "pali_gemma1, B, FUSED",
        "pali_gemma1, A, PRIMITIVE",
        "pali_gemma1_bfloat16, A, FUSED",
        "pali_gemma1_bfloat16, B, FUSED",
        "pali_gemma2, A, FUSED",
        "pali_gemma2, B, FUSED",
        "pali_gemma2, B, PRIMITIVE",
        "pali_gemma2_bfloat16_sharded, A, FUSED",
        "pali_gemma2_bfloat16_sharded, B, FUSED"
    })
    void featuresLogitsAndTokensAreThoseOfKerasHub(String preset, String name, OperatorForm form)
            throws Exception {
        try (LoadedModel model =
                LoadedModel.open(
                        ReferenceData.ROOT.resolve("keras-preset").resolve(preset),
                        runtime,
                        new Device.Cpu(1),
                        OpenOptions.standard().withOperatorForm(form),
                        Progress.NONE)) {
            check(model, preset, "case" + name, name);
        }
    }

    @ParameterizedTest
    @CsvSource({"A", "B"})
    void withoutItsSlidingWindowTheModelGivesWhatAllImplementationsAgreeOn(String name)
            throws Exception {
        Path folder = ReferenceData.ROOT.resolve("keras-preset/pali_gemma2");
        try (var stored = KerasCheckpoint.open(folder)) {
            PaliGemmaConfig config = ChangedWindow.none(ConfigReader.read(folder));
            try (LoadedModel model =
                    LoadedModel.open(
                            PaliGemmaWeights.locate(stored, config),
                            runtime,
                            new Device.Cpu(1),
                            OpenOptions.standard(),
                            Progress.NONE)) {
                check(model, "pali_gemma2", "nowindow_case" + name, name);
            }
        }
    }

    private static void check(LoadedModel model, String preset, String prefix, String name)
            throws Exception {
        String golden = "keras-preset/" + preset + "-golden/";
        JsonNode example = ReferenceData.json(golden + "golden.json").get(prefix);
        ImageFeatures features =
                model.vision()
                        .encode(
                                List.of(pixels(preset, name, model)),
                                model.config().vision().imageSize(),
                                new CancelToken())
                        .getFirst();
        float[] expectedFeatures =
                ReferenceData.floats(golden + "case" + name + "__image_features.npy");
        assertThat(ReferenceData.largestDifference(features.values(), expectedFeatures))
                .isLessThan(FEATURE_BOUND);
        var steps = new ArrayList<float[]>();
        var generator =
                new Generator(
                        model.language(),
                        Arrays::toString,
                        model.config().eosTokenId(),
                        OptionalInt.empty());
        Generation generation =
                generator
                        .generate(
                                List.of(
                                        new PromptSequence(
                                                features,
                                                ReferenceData.ids(example.get("token_ids")))),
                                GenerationOptions.greedy(NEW_TOKENS),
                                new Generator.Listeners(
                                        List.of(), (_, _, row) -> steps.add(row.clone())),
                                new CancelToken())
                        .getFirst();
        float[] last = ReferenceData.floats(golden + prefix + "__last_logits.npy");
        assertThat(ReferenceData.largestDifference(steps.getFirst(), last)).isLessThan(LOGIT_BOUND);
        String stepFile = golden + prefix + "__step_logits.npy";
        if (ReferenceData.exists(stepFile)) {
            float[] expected = ReferenceData.floats(stepFile);
            for (int step = 0; step < steps.size(); step++) {
                float[] row = ReferenceData.row(expected, step, last.length);
                assertThat(ReferenceData.largestDifference(steps.get(step), row))
                        .as("step " + step)
                        .isLessThan(LOGIT_BOUND);
            }
        }
        assertThat(generation.tokenIds())
                .isEqualTo(ReferenceData.ids(example.get("generated_ids")));
    }

    /// The golden pixels have the channels last; all results start from the float32 preset's.
    private static float[] pixels(String preset, String name, LoadedModel model) throws Exception {
        String base = preset.startsWith("pali_gemma1") ? "pali_gemma1" : "pali_gemma2";
        float[] interleaved =
                ReferenceData.floats(
                        "keras-preset/" + base + "-golden/case" + name + "__pixels.npy");
        int size = model.config().vision().imageSize();
        var planes = new float[interleaved.length];
        for (int i = 0; i < size * size; i++) {
            for (int channel = 0; channel < 3; channel++) {
                planes[channel * size * size + i] = interleaved[3 * i + channel];
            }
        }
        return planes;
    }
}

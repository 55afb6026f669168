package org.palimpsest.paligemma;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
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
import org.palimpsest.checkpoint.SafetensorsCheckpoint;
import org.palimpsest.job.Progress;
import org.palimpsest.onnx.OperatorForm;
import org.palimpsest.paligemma.config.ChangedWindow;
import org.palimpsest.paligemma.config.ConfigReader;
import org.palimpsest.paligemma.generation.FinishReason;
import org.palimpsest.paligemma.generation.Generation;
import org.palimpsest.paligemma.generation.GenerationOptions;
import org.palimpsest.paligemma.generation.Generator;
import org.palimpsest.paligemma.generation.ImageFeatures;
import org.palimpsest.paligemma.generation.PromptSequence;
import org.palimpsest.paligemma.weights.PaliGemmaWeights;
import org.palimpsest.runtime.CancelToken;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.OnnxRuntime;

/// Our graphs against what the Hugging Face library computes, within the bounds of the reference data's README.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HuggingFaceGoldenTest {
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

    private LoadedModel open(String checkpoint, OperatorForm form) throws Exception {
        return LoadedModel.open(
                ReferenceData.ROOT.resolve(checkpoint),
                runtime,
                new Device.Cpu(1),
                OpenOptions.standard().withOperatorForm(form),
                Progress.NONE);
    }

    private static String golden(String checkpoint) {
        return checkpoint + "-golden/";
    }

    private static ImageFeatures features(LoadedModel model, String checkpoint, JsonNode example)
            throws Exception {
        String image = example.get("image").asText().replace(".png", "");
        String file = golden(checkpoint) + image + "__pixel_values.npy";
        if (!ReferenceData.exists(file)) {
            file = file.replace("-bf16-sharded", "");
        }
        float[] pixels = ReferenceData.floats(file);
        int size = model.config().vision().imageSize();
        return model.vision().encode(List.of(pixels), size, new CancelToken()).getFirst();
    }

    private static PromptSequence prompt(
            LoadedModel model, ImageFeatures image, String checkpoint, String name)
            throws IOException {
        int[] ids = ReferenceData.ints(golden(checkpoint) + "case" + name + "__input_ids.npy");
        int images = model.config().numImageTokens();
        return new PromptSequence(image, Arrays.copyOfRange(ids, images, ids.length));
    }

    private static List<Generation> generate(
            LoadedModel model, List<PromptSequence> prompts, List<List<float[]>> logits)
            throws Exception {
        var generator =
                new Generator(
                        model.language(),
                        Arrays::toString,
                        model.config().eosTokenId(),
                        OptionalInt.empty());
        prompts.forEach(_ -> logits.add(new ArrayList<>()));
        var listeners =
                new Generator.Listeners(
                        List.of(), (prompt, _, row) -> logits.get(prompt).add(row.clone()));
        return generator.generate(
                prompts, GenerationOptions.greedy(NEW_TOKENS), listeners, new CancelToken());
    }

    @ParameterizedTest
    @CsvSource({
        "tiny-paligemma1, A, FUSED",
        "tiny-paligemma1, B, FUSED",
        "tiny-paligemma1, C, FUSED",
        "tiny-paligemma1, B, PRIMITIVE",
        "tiny-paligemma2, A, FUSED",
        "tiny-paligemma2, B, FUSED",
        "tiny-paligemma2, C, FUSED",
        "tiny-paligemma2, B, PRIMITIVE",
        "tiny-paligemma2-bf16-sharded, A, FUSED",
        "tiny-paligemma2-bf16-sharded, B, FUSED",
        "tiny-paligemma2-bf16-sharded, B, PRIMITIVE"
    })
    void featuresLogitsAndTokensOfACaseAreThoseOfTheReference(
            String checkpoint, String name, OperatorForm form) throws Exception {
        JsonNode example =
                ReferenceData.json(golden(checkpoint) + "golden.json").get("cases").get(name);
        try (LoadedModel model = open(checkpoint, form)) {
            check(model, checkpoint, name, example);
        }
    }

    private void check(LoadedModel model, String checkpoint, String name, JsonNode example)
            throws Exception {
        String files = golden(checkpoint) + "case" + name + "__";
        ImageFeatures image = features(model, checkpoint, example);
        if (ReferenceData.exists(files + "image_features.npy")) {
            assertThat(
                            ReferenceData.largestDifference(
                                    image.values(),
                                    ReferenceData.floats(files + "image_features.npy")))
                    .isLessThan(FEATURE_BOUND);
        }
        var logits = new ArrayList<List<float[]>>();
        Generation generation =
                generate(model, List.of(prompt(model, image, checkpoint, name)), logits).getFirst();
        if (ReferenceData.exists(files + "prefill_last_logits.npy")) {
            assertThat(
                            ReferenceData.largestDifference(
                                    logits.getFirst().getFirst(),
                                    ReferenceData.floats(files + "prefill_last_logits.npy")))
                    .isLessThan(LOGIT_BOUND);
        }
        if (ReferenceData.exists(files + "generated_logits.npy")) {
            compareSteps(logits.getFirst(), files + "generated_logits.npy", 0, 1);
        }
        assertThat(generation.tokenIds())
                .isEqualTo(ReferenceData.ints(files + "generated_ids.npy"));
        boolean ended = generation.tokenIds()[generation.tokenIds().length - 1] == 1;
        assertThat(generation.finishReason())
                .isEqualTo(ended ? FinishReason.END_OF_SEQUENCE : FinishReason.LENGTH);
    }

    private static void compareSteps(List<float[]> steps, String file, int row, int batch)
            throws IOException {
        float[] expected = ReferenceData.floats(file);
        int width = steps.getFirst().length;
        for (int step = 0; step < steps.size(); step++) {
            float[] wanted = ReferenceData.row(expected, step * batch + row, width);
            assertThat(ReferenceData.largestDifference(steps.get(step), wanted))
                    .as("step " + step)
                    .isLessThan(LOGIT_BOUND);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tiny-paligemma1, A, B",
        "tiny-paligemma1, C, B",
        "tiny-paligemma2, A, B",
        "tiny-paligemma2, C, B"
    })
    void aBatchOfDifferentLengthsGivesWhatEachPromptGivesAlone(
            String checkpoint, String first, String second) throws Exception {
        JsonNode cases = ReferenceData.json(golden(checkpoint) + "golden.json").get("cases");
        var names = List.of(first, second);
        try (LoadedModel model = open(checkpoint, OperatorForm.FUSED)) {
            var prompts = new ArrayList<PromptSequence>();
            for (String name : names) {
                var image = features(model, checkpoint, cases.get(name));
                prompts.add(prompt(model, image, checkpoint, name));
            }
            var logits = new ArrayList<List<float[]>>();
            List<Generation> generations = generate(model, prompts, logits);
            String file = golden(checkpoint) + "batch" + first + second + "__generated_logits.npy";
            for (int i = 0; i < 2; i++) {
                assertThat(generations.get(i).tokenIds())
                        .isEqualTo(ReferenceData.ids(cases.get(names.get(i)).get("generated_ids")));
                if (ReferenceData.exists(file)) {
                    compareSteps(logits.get(i), file, i, 2);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"A", "B", "C"})
    void withoutItsSlidingWindowTheModelGivesWhatAllImplementationsAgreeOn(String name)
            throws Exception {
        String checkpoint = "tiny-paligemma2";
        Path folder = ReferenceData.ROOT.resolve(checkpoint);
        JsonNode example =
                ReferenceData.json(golden(checkpoint) + "golden.json").get("cases").get(name);
        try (var stored = SafetensorsCheckpoint.open(folder)) {
            var weights =
                    PaliGemmaWeights.locate(stored, ChangedWindow.none(ConfigReader.read(folder)));
            try (LoadedModel model =
                    LoadedModel.open(
                            weights,
                            runtime,
                            new Device.Cpu(1),
                            OpenOptions.standard(),
                            Progress.NONE)) {
                var logits = new ArrayList<List<float[]>>();
                var image = features(model, checkpoint, example);
                Generation generation =
                        generate(model, List.of(prompt(model, image, checkpoint, name)), logits)
                                .getFirst();
                String files = golden(checkpoint) + "case" + name + "__nowindow_generated_";
                assertThat(generation.tokenIds()).isEqualTo(ReferenceData.ints(files + "ids.npy"));
                compareSteps(logits.getFirst(), files + "logits.npy", 0, 1);
            }
        }
    }
}

package org.palimpsest.paligemma;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.palimpsest.checkpoint.SafetensorsCheckpoint;
import org.palimpsest.job.Progress;
import org.palimpsest.onnx.OperatorForm;
import org.palimpsest.paligemma.adapter.AdapterMerge;
import org.palimpsest.paligemma.adapter.PeftFolder;
import org.palimpsest.paligemma.config.ChangedWindow;
import org.palimpsest.paligemma.config.ConfigReader;
import org.palimpsest.paligemma.generation.Generation;
import org.palimpsest.paligemma.generation.GenerationOptions;
import org.palimpsest.paligemma.generation.Generator;
import org.palimpsest.paligemma.generation.ImageFeatures;
import org.palimpsest.paligemma.generation.PromptSequence;
import org.palimpsest.paligemma.weights.PaliGemmaWeights;
import org.palimpsest.runtime.CancelToken;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.OnnxRuntime;

/// Adapters that are switched on, against what PEFT computes with them, within the bound of the reference data's README.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdapterGoldenTest {
    private static final double LOGIT_BOUND = 5e-5;
    private static final String TRAINING = "training/";

    /// `caption en`, after the beginning of the sequence and before the line break.
    private static final int[] PROMPT = {2, 433, 357, 305, 12};

    private static final int[] START1 = {
        1411, 749, 1199, 1199, 756, 696, 902, 1313, 282, 408, 481, 241
    };
    private static final int[] FINAL1 = {
        1411, 749, 1199, 1199, 756, 696, 902, 1313, 282, 1089, 1503, 903
    };

    @TempDir Path folder;
    private OnnxRuntime runtime;

    @BeforeAll
    void start() throws Exception {
        runtime = OnnxRuntime.start();
    }

    @AfterAll
    void stop() {
        runtime.close();
    }

    private record Answer(float[] logits, int[] tokens) {}

    private static Answer answer(LoadedModel model, String checkpoint) throws Exception {
        float[] pixels = ReferenceData.floats(checkpoint + "-golden/small_97x61__pixel_values.npy");
        int size = model.config().vision().imageSize();
        ImageFeatures image =
                model.vision().encode(List.of(pixels), size, new CancelToken()).getFirst();
        var logits = new ArrayList<float[]>();
        var generator =
                new Generator(
                        model.language(),
                        Arrays::toString,
                        model.config().eosTokenId(),
                        OptionalInt.empty());
        Generation generation =
                generator
                        .generate(
                                List.of(new PromptSequence(image, PROMPT)),
                                GenerationOptions.greedy(START1.length),
                                new Generator.Listeners(
                                        List.of(), (_, _, row) -> logits.add(row.clone())),
                                new CancelToken())
                        .getFirst();
        return new Answer(logits.getFirst(), generation.tokenIds());
    }

    @ParameterizedTest
    @CsvSource({
        "tiny-paligemma1, lora-start, lora__logits_start.npy, true, FUSED",
        "tiny-paligemma1, lora-start, lora__logits_start.npy, true, PRIMITIVE",
        "tiny-paligemma1, lora-final, lora__logits_final.npy, true, FUSED",
        "tiny-paligemma1, lora-variant-list-of-names, lora-variant-list-of-names__logits.npy, true, FUSED",
        "tiny-paligemma1, lora-variant-patterns, lora-variant-patterns__logits.npy, true, FUSED",
        "tiny-paligemma1, lora-variant-rslora, lora-variant-rslora__logits.npy, true, FUSED",
        "tiny-paligemma2, lora-start, lora__logits_start.npy, true, FUSED",
        "tiny-paligemma2, lora-final, lora__logits_final.npy, true, FUSED",
        "tiny-paligemma2, lora-start, lora__logits_start-nowindow.npy, false, FUSED",
        "tiny-paligemma2, lora-final-nowindow, lora__logits_final-nowindow.npy, false, FUSED"
    })
    void anAdapterThatIsSwitchedOnGivesTheLogitsOfTheReferenceAndLeavesNoTrace(
            String checkpoint, String name, String logits, boolean window, OperatorForm form)
            throws Exception {
        Path folder = ReferenceData.ROOT.resolve(checkpoint);
        var config = ConfigReader.read(folder);
        var adapter =
                PeftFolder.read(
                        ReferenceData.ROOT.resolve(TRAINING + checkpoint + "/" + name), config);
        try (var stored = SafetensorsCheckpoint.open(folder)) {
            var weights =
                    PaliGemmaWeights.locate(stored, window ? config : ChangedWindow.none(config));
            try (LoadedModel model = open(weights, form, true);
                    LoadedModel plain = open(weights, form, false)) {
                var without = answer(plain, checkpoint);
                assertThat(answer(model, checkpoint)).usingRecursiveComparison().isEqualTo(without);
                model.adapters().orElseThrow().use(Optional.of(adapter));
                var with = answer(model, checkpoint);
                float[] expected = ReferenceData.floats(TRAINING + checkpoint + "/" + logits);
                assertThat(ReferenceData.largestDifference(with.logits(), expected))
                        .isLessThan(LOGIT_BOUND);
                assertThat(ReferenceData.largestDifference(with.logits(), without.logits()))
                        .isGreaterThan(0.5f);
                if (checkpoint.endsWith("1") && !name.contains("variant")) {
                    assertThat(with.tokens()).isEqualTo(name.endsWith("start") ? START1 : FINAL1);
                }
                model.adapters().orElseThrow().use(Optional.empty());
                assertThat(answer(model, checkpoint)).usingRecursiveComparison().isEqualTo(without);
            }
        }
    }

    private LoadedModel open(PaliGemmaWeights weights, OperatorForm form, boolean adaptable)
            throws Exception {
        return LoadedModel.open(
                weights,
                runtime,
                new Device.Cpu(1),
                OpenOptions.standard().withOperatorForm(form).withAdaptable(adaptable),
                Progress.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "tiny-paligemma1, lora-start, lora__logits_start_merged.npy",
        "tiny-paligemma1, lora-final, lora__logits_final_merged.npy",
        "tiny-paligemma2, lora-start, lora__logits_start_merged.npy",
        "tiny-paligemma2, lora-final, lora__logits_final_merged.npy"
    })
    void aMergedModelGivesTheLogitsOfTheReference(String checkpoint, String name, String logits)
            throws Exception {
        Path base = ReferenceData.ROOT.resolve(checkpoint);
        Path training = ReferenceData.ROOT.resolve(TRAINING + checkpoint);
        var adapter = PeftFolder.read(training.resolve(name), ConfigReader.read(base));
        Path merged = folder.resolve("merged");
        AdapterMerge.write(base, adapter, merged, Progress.NONE);
        try (LoadedModel model =
                LoadedModel.open(
                        merged,
                        runtime,
                        new Device.Cpu(1),
                        OpenOptions.standard(),
                        Progress.NONE)) {
            float[] expected = ReferenceData.floats(TRAINING + checkpoint + "/" + logits);
            assertThat(
                            ReferenceData.largestDifference(
                                    answer(model, checkpoint).logits(), expected))
                    .isLessThan(LOGIT_BOUND);
        }
        if (name.equals("lora-final")) {
            requireMergedWeights(merged, training.resolve("lora__merged_weights.safetensors"));
        }
    }

    private static void requireMergedWeights(Path merged, Path reference) throws Exception {
        try (var ours = SafetensorsCheckpoint.open(merged);
                var theirs = SafetensorsCheckpoint.open(reference);
                var arena = Arena.ofConfined()) {
            assertThat(theirs.tensors()).hasSize(2);
            for (var expected : theirs.tensors()) {
                var found = ours.find(expected.name()).orElseThrow();
                assertThat(found.info()).isEqualTo(expected.info());
                assertThat(
                                ReferenceData.largestDifference(
                                        ours.map(found, arena).toFloats(),
                                        theirs.map(expected, arena).toFloats()))
                        .as(expected.name())
                        .isLessThan(1e-6f);
            }
        }
    }
}

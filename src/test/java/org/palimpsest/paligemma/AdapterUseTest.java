package org.palimpsest.paligemma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.imaging.Picture;
import org.palimpsest.job.Progress;
import org.palimpsest.modelstore.CheckpointHash;
import org.palimpsest.paligemma.adapter.Adapter;
import org.palimpsest.paligemma.adapter.AdapterMerge;
import org.palimpsest.paligemma.adapter.NamedAdapter;
import org.palimpsest.paligemma.adapter.PeftFolder;
import org.palimpsest.paligemma.config.ConfigReader;
import org.palimpsest.paligemma.generation.GenerationOptions;
import org.palimpsest.paligemma.generation.TokenListener;
import org.palimpsest.paligemma.weights.HuggingFaceNames;
import org.palimpsest.paligemma.weights.Parameter;
import org.palimpsest.paligemma.weights.Role;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.OnnxRuntime;

/// Adapters on the whole way from a picture and a prompt to an answer.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdapterUseTest {
    private static final GenerationOptions TWELVE = GenerationOptions.greedy(12);
    private static final Path ADAPTERS = ReferenceData.ROOT.resolve("training/tiny-paligemma1");
    private static final Path VISION_TOO = ADAPTERS.resolve("lora-variant-list-of-names");

    private static final int SIDE = 56;

    @TempDir Path folder;
    private OnnxRuntime runtime;
    private Picture image;

    @BeforeAll
    void start() throws Exception {
        runtime = OnnxRuntime.start();
        Picture large = ImageFiles.read(ReferenceData.ROOT.resolve("images/small_97x61.png"));
        // As large as the model sees it: every library then has the same pixels.
        var rgb = new byte[SIDE * SIDE * Picture.CHANNELS];
        for (int y = 0; y < SIDE; y++) {
            int from = y * large.width() * Picture.CHANNELS;
            int row = SIDE * Picture.CHANNELS;
            System.arraycopy(large.rgb(), from, rgb, y * row, row);
        }
        image = new Picture(SIDE, SIDE, rgb);
    }

    @AfterAll
    void stop() {
        runtime.close();
    }

    private PaliGemma open(Path model, OpenOptions options) throws ProblemException {
        return PaliGemma.open(model, runtime, new Device.Cpu(1), options, Progress.NONE);
    }

    private static Path tiny() {
        return ReferenceData.ROOT.resolve("tiny-paligemma1");
    }

    private List<Float> answer(PaliGemma model) throws ProblemException {
        var generation =
                model.answer(image, "caption en", TWELVE, TokenListener.NONE, Progress.NONE)
                        .generation();
        var numbers = new ArrayList<Float>();
        Arrays.stream(generation.tokenIds()).forEach(id -> numbers.add((float) id));
        for (float each : generation.tokenLogProbabilities()) {
            numbers.add(each);
        }
        return numbers;
    }

    private static void assertClose(List<Float> found, List<Float> expected, float bound) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i)).isCloseTo(expected.get(i), Offset.offset(bound));
        }
    }

    @Test
    void switchingBackAndForthNeverMixesTheFeaturesOfAnImage() throws Exception {
        var options = OpenOptions.standard().withAdaptable(true);
        try (PaliGemma model = open(tiny(), options);
                PaliGemma withAdapter =
                        open(tiny(), options.withAdapter(Optional.of(VISION_TOO)))) {
            var plain = answer(model);
            var adapted = answer(withAdapter);
            assertThat(adapted).isNotEqualTo(plain);
            model.useAdapter(NamedAdapter.read(VISION_TOO, model.config()));
            assertThat(answer(model)).isEqualTo(adapted);
            assertThat(answer(model)).isEqualTo(adapted);
            model.useAdapter(Optional.empty());
            assertThat(answer(model)).isEqualTo(plain);
        }
    }

    @Test
    void aModelSaysWhichAdapterIsInUseAndItsHashIsAnother() throws Exception {
        try (PaliGemma model = open(tiny(), OpenOptions.standard().withAdaptable(true))) {
            var bare = model.info();
            String hash = CheckpointHash.of(bare);
            var adapter = NamedAdapter.read(VISION_TOO, model.config());
            model.useAdapter(adapter);
            assertThat(model.info().name()).isEqualTo("tiny-paligemma1+lora-variant-list-of-names");
            assertThat(model.info().adapter())
                    .contains(
                            new ModelInfo.ActiveAdapter(
                                    "lora-variant-list-of-names", adapter.sha256()));
            assertThat(adapter.sha256()).matches("[0-9a-f]{64}");
            String first = CheckpointHash.of(model.info());
            model.useAdapter(NamedAdapter.read(ADAPTERS.resolve("lora-final"), model.config()));
            assertThat(List.of(hash, first, CheckpointHash.of(model.info())))
                    .doesNotHaveDuplicates()
                    .allMatch(each -> each.matches("[0-9a-f]{16}"));
            model.useAdapter(Optional.empty());
            assertThat(model.info()).isEqualTo(bare);
        }
    }

    @ParameterizedTest
    // A preset gets rows in its embedding when it becomes a Hugging Face folder, which takes a
    // share of the probability.
    @CsvSource({"tiny-paligemma1, 5e-5", "keras-preset/pali_gemma1, 1.5e-2"})
    void anAdapterBesideTheWeightsAnswersAsOneThatIsMerged(String name, float bound)
            throws Exception {
        Path base = ReferenceData.ROOT.resolve(name);
        var config = ConfigReader.read(base);
        var terms = new LinkedHashMap<Parameter, Adapter.Term>();
        for (Parameter parameter : Parameter.all(config)) {
            if (HuggingFaceNames.isLinear(parameter.role())
                    && parameter.role() != Role.PROJECTOR_WEIGHT) {
                var shape = HuggingFaceNames.shape(parameter.role(), config);
                float[] a = waves((int) shape.size(1) * 2, 0.2f);
                float[] b = waves((int) shape.size(0) * 2, 0.2f);
                terms.put(parameter, new Adapter.Term(2, 3, false, a, b));
            }
        }
        int hidden = config.text().hiddenDim();
        int vision = config.vision().hiddenDim();
        var adapter =
                new Adapter(
                        terms,
                        Map.of(
                                Parameter.of(Role.PROJECTOR_WEIGHT),
                                waves(hidden * vision, 0.1f),
                                Parameter.of(Role.PROJECTOR_BIAS),
                                waves(hidden, 0.3f)));
        Path merged = folder.resolve("merged");
        AdapterMerge.write(base, adapter, merged, Progress.NONE);
        try (PaliGemma model = open(base, OpenOptions.standard().withAdaptable(true));
                PaliGemma whole = open(merged, OpenOptions.standard())) {
            var plain = answer(model);
            model.useAdapter(new NamedAdapter("all", adapter));
            var expected = answer(whole);
            assertClose(answer(model), expected, bound);
            assertThat(expected.subList(0, 4)).isNotEqualTo(plain.subList(0, 4));
        }
    }

    private static float[] waves(int count, float height) {
        var values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = height * (float) Math.sin(i * 0.7);
        }
        return values;
    }

    @Test
    void weightsThatNoRunCanReplaceAreRefusedAndTheModelGoesOn() throws Exception {
        try (PaliGemma model = open(tiny(), OpenOptions.standard().withAdaptable(true))) {
            var plain = answer(model);
            var norm = Map.of(Parameter.of(Role.FINAL_NORM), new float[48]);
            assertThatThrownBy(() -> model.useAdapter(Optional.of(new Adapter(Map.of(), norm))))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("FINAL_NORM")
                    .hasMessageContaining("model merge");
            assertThat(model.info().adapter()).isEmpty();
            assertThat(answer(model)).isEqualTo(plain);
        }
    }

    @Test
    void anOnnxFolderAndAModelOpenedWithoutAPlaceForAdaptersRefuseThem() throws Exception {
        var start = PeftFolder.read(ADAPTERS.resolve("lora-start"), ConfigReader.read(tiny()));
        try (PaliGemma model = open(tiny(), OpenOptions.standard())) {
            assertThat(model.isAdaptable()).isFalse();
            assertThatThrownBy(() -> model.useAdapter(Optional.of(start)))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("without a place for one");
            model.useAdapter(Optional.empty());
        }
        var options =
                OpenOptions.standard().withAdapter(Optional.of(ADAPTERS.resolve("lora-start")));
        assertThatThrownBy(() -> open(ReferenceData.ROOT.resolve("onnx-layout"), options))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("an ONNX folder")
                .hasMessageContaining("model merge");
    }

    @Test
    void anAdapterOfAnotherModelIsRefusedWhenItIsOpened() {
        var options =
                OpenOptions.standard().withAdapter(Optional.of(ADAPTERS.resolve("lora-start")));
        assertThatThrownBy(() -> open(ReferenceData.ROOT.resolve("tiny-paligemma2"), options))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("lora-start")
                .hasMessageContaining("q_proj");
    }
}

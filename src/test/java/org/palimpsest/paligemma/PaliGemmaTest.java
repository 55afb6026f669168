package org.palimpsest.paligemma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
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
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.paligemma.generation.FinishReason;
import org.palimpsest.paligemma.generation.GenerationOptions;
import org.palimpsest.paligemma.generation.Sampler;
import org.palimpsest.paligemma.generation.TokenListener;
import org.palimpsest.paligemma.prompt.ParsedOutput;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.OnnxRuntime;

/// The whole way from a picture and a prompt to an answer.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PaliGemmaTest {
    private static final GenerationOptions TWELVE = GenerationOptions.greedy(12);

    private OnnxRuntime runtime;
    private PaliGemma model;
    private Picture small;
    private Picture large;

    @BeforeAll
    void open() throws Exception {
        runtime = OnnxRuntime.start();
        model = open("tiny-paligemma1");
        small = ImageFiles.read(ReferenceData.ROOT.resolve("images/small_97x61.png"));
        large = ImageFiles.read(ReferenceData.ROOT.resolve("images/large_640x427.png"));
    }

    private PaliGemma open(String folder) throws ProblemException {
        return PaliGemma.open(
                ReferenceData.ROOT.resolve(folder),
                runtime,
                new Device.Cpu(1),
                OpenOptions.standard(),
                Progress.NONE);
    }

    @AfterAll
    void close() {
        model.close();
        runtime.close();
    }

    @ParameterizedTest
    @CsvSource({
        "tiny-paligemma1, tiny-paligemma1-golden, A",
        "tiny-paligemma1, tiny-paligemma1-golden, B",
        "tiny-paligemma1, tiny-paligemma1-golden, C",
        "tiny-paligemma2, tiny-paligemma2-golden, A",
        "tiny-paligemma2, tiny-paligemma2-golden, B",
        "tiny-paligemma2, tiny-paligemma2-golden, C",
    })
    void aPictureAndAPromptGiveTheReferencesTokensAndText(String folder, String golden, String name)
            throws Exception {
        JsonNode example = ReferenceData.json(golden + "/golden.json").get("cases").get(name);
        try (PaliGemma opened = open(folder)) {
            Answer answer = answer(opened, example);
            assertThat(answer.generation().promptTokenIds())
                    .isEqualTo(ReferenceData.ints(golden + "/case" + name + "__input_ids.npy"));
            assertThat(answer.generation().tokenIds())
                    .isEqualTo(ReferenceData.ids(example.get("generated_ids")));
            assertThat(answer.generation().text())
                    .isEqualTo(example.get("generated_text").asText());
        }
    }

    @ParameterizedTest
    @CsvSource({"pali_gemma1, A", "pali_gemma1, B", "pali_gemma2, A", "pali_gemma2, B"})
    void aKerasPresetAnswersAsInItsOwnLibrary(String preset, String name) throws Exception {
        JsonNode example =
                ReferenceData.json("keras-preset/" + preset + "-golden/golden.json")
                        .get("case" + name);
        try (PaliGemma opened = open("keras-preset/" + preset)) {
            Answer answer = answer(opened, example);
            assertThat(answer.generation().promptTokenIds())
                    .isEqualTo(ReferenceData.ids(example.get("token_ids")));
            assertThat(answer.generation().tokenIds())
                    .isEqualTo(ReferenceData.ids(example.get("generated_ids")));
        }
    }

    private Answer answer(PaliGemma opened, JsonNode example) throws ProblemException {
        Picture picture = example.get("image").asText().startsWith("small") ? small : large;
        return opened.answer(
                picture, example.get("prompt").asText(), TWELVE, TokenListener.NONE, Progress.NONE);
    }

    @Test
    void aBatchGivesEachPromptWhatItGetsAloneAndSeesEachImageOnce() throws Exception {
        var questions =
                List.of(
                        new Question(small, "small", "caption en"),
                        new Question(large, "large", "answer en Where is the cow standing?"),
                        new Question(small, "small", "segment table tree"),
                        Question.of(small, "detect cat"));
        List<Answer> batch = model.answerBatch(questions, TWELVE, Progress.NONE);
        for (int i = 0; i < questions.size(); i++) {
            Question question = questions.get(i);
            Answer alone =
                    model.answer(
                            question, TWELVE, TokenListener.NONE, Optional.empty(), Progress.NONE);
            assertThat(batch.get(i).generation().tokenIds())
                    .isEqualTo(alone.generation().tokenIds());
            assertThat(batch.get(i).generation().text()).isEqualTo(alone.generation().text());
            assertThat(alone.generation().timings().vision()).isZero();
        }
    }

    @Test
    void tokensAreStreamedWithTheTextSoFar() throws Exception {
        var texts = new ArrayList<String>();
        var ids = new ArrayList<Integer>();
        Answer answer =
                model.answer(
                        small,
                        "caption en",
                        TWELVE,
                        (id, text, logProbability) -> {
                            ids.add(id);
                            texts.add(text);
                            assertThat(logProbability).isLessThanOrEqualTo(0);
                        },
                        Progress.NONE);
        assertThat(ids.stream().mapToInt(Integer::intValue).toArray())
                .isEqualTo(answer.generation().tokenIds());
        assertThat(texts.getLast()).isEqualTo(answer.generation().text());
        assertThat(texts.getFirst()).isEqualTo("<loc0928>");
    }

    @Test
    void cancellingStopsWithinOneTokenAndKeepsWhatThereIs() throws Exception {
        var cancelled = new AtomicBoolean();
        var progress =
                new Progress() {
                    @Override
                    public void update(ProgressUpdate update) {}

                    @Override
                    public boolean isCancelled() {
                        return cancelled.get();
                    }
                };
        var heard = new ArrayList<Integer>();
        Answer answer =
                model.answer(
                        small,
                        "caption en",
                        TWELVE,
                        (id, _, _) -> {
                            heard.add(id);
                            cancelled.set(heard.size() == 3);
                        },
                        progress);
        assertThat(answer.generation().finishReason()).isEqualTo(FinishReason.CANCELLED);
        assertThat(answer.generation().tokenIds()).hasSize(3);
        cancelled.set(true);
        Answer nothing = model.answer(large, "caption en", TWELVE, TokenListener.NONE, progress);
        assertThat(nothing.generation().finishReason()).isEqualTo(FinishReason.CANCELLED);
        assertThat(nothing.generation().tokenIds()).isEmpty();
        cancelled.set(false);
        Answer again = model.answer(small, "caption en", TWELVE, TokenListener.NONE, progress);
        assertThat(again.generation().finishReason()).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void samplingRepeatsWithItsSeedAndDiffersWithAnother() throws Exception {
        assertThat(sampled(7)).isEqualTo(sampled(7));
        assertThat(sampled(7)).isNotEqualTo(sampled(8));
        var nearlyGreedy = new Sampler.Temperature(1e-3, 0, 1, 1);
        Answer greedy =
                model.answer(small, "caption en", TWELVE, TokenListener.NONE, Progress.NONE);
        Answer cold =
                model.answer(
                        small,
                        "caption en",
                        new GenerationOptions(12, nearlyGreedy),
                        TokenListener.NONE,
                        Progress.NONE);
        assertThat(cold.generation().tokenIds()).isEqualTo(greedy.generation().tokenIds());
    }

    private int[] sampled(long seed) throws ProblemException {
        var options = new GenerationOptions(12, new Sampler.Temperature(1.5, 0, 0.95, seed));
        return model.answer(small, "caption en", options, TokenListener.NONE, Progress.NONE)
                .generation()
                .tokenIds();
    }

    @Test
    void aMalformedAnswerSaysWhyAndScoresStayBetweenZeroAndOne() throws Exception {
        Answer answer =
                model.answer(small, "detect cat", TWELVE, TokenListener.NONE, Progress.NONE);
        assertThat(answer.output())
                .isInstanceOfAny(ParsedOutput.Malformed.class, ParsedOutput.DetectedObjects.class);
        assertThat(answer.objects()).allMatch(object -> object.score() <= 1);
        for (float logProbability : answer.generation().tokenLogProbabilities()) {
            assertThat(Math.exp(logProbability)).isBetween(0.0, 1.0);
        }
    }

    @Test
    void aTraceHoldsWhatTheReferenceFilesHold(@TempDir Path folder) throws Exception {
        var trace = new AnswerTrace();
        model.answer(
                Question.of(large, "answer en Where is the cow standing?"),
                TWELVE,
                TokenListener.NONE,
                Optional.of(trace),
                Progress.NONE);
        trace.write(folder);
        String golden = "tiny-paligemma1-golden/";
        compare(folder.resolve("pixel_values.npy"), golden + "large_640x427__pixel_values.npy");
        compare(folder.resolve("image_features.npy"), golden + "caseB__image_features.npy");
        compare(folder.resolve("prefill_logits.npy"), golden + "caseB__prefill_last_logits.npy");
        compare(folder.resolve("step_logits.npy"), golden + "caseB__generated_logits.npy");
        assertThat(Files.readAllBytes(folder.resolve("input_ids.npy")))
                .isEqualTo(
                        Files.readAllBytes(
                                ReferenceData.ROOT.resolve(golden + "caseB__input_ids.npy")));
        assertThat(folder.resolve("mask64.npy")).doesNotExist();
    }

    private static void compare(Path actual, String expected) throws Exception {
        String relative =
                ReferenceData.ROOT.toAbsolutePath().relativize(actual.toAbsolutePath()).toString();
        assertThat(
                        ReferenceData.largestDifference(
                                ReferenceData.floats(relative), ReferenceData.floats(expected)))
                .isLessThan(5e-5);
    }

    @Test
    void theModelDescribesItself() {
        ModelInfo info = model.info();
        assertThat(info.name()).isEqualTo("tiny-paligemma1");
        assertThat(info.dtype()).isEqualTo("float32");
        assertThat(info.parameters()).isGreaterThan(100_000);
        assertThat(info.fileBytes()).isGreaterThanOrEqualTo(4 * info.parameters());
        assertThat(info.masks()).isFalse();
        assertThat(info.maskNote()).contains("vae-oid.npz");
    }

    @Test
    void theBundledModelFindsAnObjectWithItsMask(@TempDir Path folder) throws Exception {
        try (PaliGemma bundled =
                PaliGemma.open(
                        Path.of("assets/model"),
                        runtime,
                        new Device.Cpu(1),
                        OpenOptions.standard(),
                        Progress.NONE)) {
            assertThat(bundled.info().masks()).isTrue();
            Picture scene = ImageFiles.read(Path.of("assets/samples/scene-01.png"));
            var trace = new AnswerTrace();
            Answer answer =
                    bundled.answer(
                            Question.of(scene, "segment triangle"),
                            GenerationOptions.standard(),
                            TokenListener.NONE,
                            Optional.of(trace),
                            Progress.NONE);
            assertThat(answer.generation().finishReason()).isEqualTo(FinishReason.END_OF_SEQUENCE);
            assertThat(answer.objects()).extracting(FoundObject::label).containsExactly("triangle");
            for (FoundObject object : answer.objects()) {
                assertThat(object.maskCodes()).hasSize(16);
                assertThat(object.mask()).isPresent();
                assertThat(object.mask().get().size()).isEqualTo(scene.size());
                assertThat(object.mask().get().area()).isPositive();
                assertThat(object.score()).isBetween(0.5, 1.0);
                assertThat(object.locationSpread()).isBetween(1e-6, 0.3);
            }
            trace.write(folder);
            assertThat(Files.size(folder.resolve("mask64.npy"))).isEqualTo(128 + 4L * 64 * 64);
        }
    }

    @Test
    void aDownloadCacheMadeOfLinksIsFollowed(@TempDir Path cache) throws Exception {
        for (String folder : List.of("tiny-paligemma1", "onnx-layout")) {
            Path snapshot = Files.createDirectories(cache.resolve("snapshots").resolve(folder));
            link(ReferenceData.ROOT.resolve(folder), snapshot, cache.resolve("blobs-" + folder));
            try (PaliGemma linked =
                    PaliGemma.open(
                            snapshot,
                            runtime,
                            new Device.Cpu(1),
                            OpenOptions.standard().withDtype(DtypeChoice.parse("fp16")),
                            Progress.NONE)) {
                Answer answer =
                        linked.answer(
                                small,
                                "caption en",
                                GenerationOptions.greedy(2),
                                TokenListener.NONE,
                                Progress.NONE);
                assertThat(answer.generation().tokenIds()).hasSize(2);
            }
        }
    }

    /// Every file becomes a link to a numbered file in another folder, as in the cache of Hugging Face's library.
    private static void link(Path from, Path to, Path blobs) throws Exception {
        Files.createDirectories(blobs);
        try (var files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path blob = blobs.resolve(Integer.toHexString(file.hashCode()));
                Files.copy(file, blob);
                Path link = to.resolve(from.relativize(file));
                Files.createDirectories(link.getParent());
                Files.createSymbolicLink(link, blob);
            }
        }
    }

    @Test
    void aPromptThatIsTooLongIsRefusedInWords() {
        assertThatThrownBy(() ->
                        model.answer(
                                small,
                                "answer en " + "why ".repeat(5000),
                                TWELVE,
                                TokenListener.NONE,
                                Progress.NONE))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("too long");
    }

    @Test
    void aFolderThatIsNoModelIsRefusedInWords(@TempDir Path folder) {
        assertThatThrownBy(() ->
                        PaliGemma.open(
                                folder,
                                runtime,
                                new Device.Cpu(1),
                                OpenOptions.standard(),
                                Progress.NONE))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("config.json");
    }
}

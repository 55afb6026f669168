package org.palimpsest.modelstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.palimpsest.checkpoint.NpyFile;
import org.palimpsest.imaging.ImageFiles;
import org.palimpsest.job.Progress;
import org.palimpsest.paligemma.Answer;
import org.palimpsest.paligemma.OpenOptions;
import org.palimpsest.paligemma.PaliGemma;
import org.palimpsest.paligemma.Question;
import org.palimpsest.paligemma.generation.GenerationOptions;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.Device;
import org.palimpsest.runtime.OnnxRuntime;

class OnnxConversionTest {
    private static final Path REFERENCE = Path.of("src/test/resources/reference");

    @TempDir Path folder;

    /// The published layout has no sliding window, so of PaliGemma 2 it gives what all implementations agree on.
    @ParameterizedTest
    @CsvSource({"tiny-paligemma1, ''", "tiny-paligemma2, nowindow_"})
    void theOnnxFolderAnswersAsTheCheckpointDoes(String checkpoint, String variant)
            throws Exception {
        Path target = folder.resolve("converted");
        OnnxConversion.convert(REFERENCE.resolve(checkpoint), target, Progress.NONE);
        assertThat(Files.list(folder)).containsExactly(target);
        Path golden = REFERENCE.resolve(checkpoint + "-golden");
        var cases =
                new ObjectMapper().readTree(golden.resolve("golden.json").toFile()).get("cases");
        try (var runtime = OnnxRuntime.start();
                var model =
                        PaliGemma.open(
                                target,
                                runtime,
                                new Device.Cpu(1),
                                OpenOptions.standard(),
                                Progress.NONE);
                Arena arena = Arena.ofConfined()) {
            for (String name : List.of("A", "B", "C")) {
                var example = cases.get(name);
                Path image = REFERENCE.resolve("images").resolve(example.get("image").asText());
                var question = Question.of(ImageFiles.read(image), example.get("prompt").asText());
                Answer answer =
                        model.answerBatch(
                                        List.of(question),
                                        GenerationOptions.greedy(12),
                                        Progress.NONE)
                                .getFirst();
                Path file = golden.resolve("case" + name + "__" + variant + "generated_ids.npy");
                int[] expected = NpyFile.read(file, arena).memory().toArray(ValueLayout.JAVA_INT);
                assertThat(answer.generation().tokenIds()).isEqualTo(expected);
            }
        }
        var config = new ObjectMapper().readTree(target.resolve("config.json").toFile());
        assertThat(config.at("/transformers.js_config/use_external_data_format").asBoolean())
                .isTrue();
        var tokenizer = new ObjectMapper().readTree(target.resolve("tokenizer.json").toFile());
        assertThat(tokenizer.get("post_processor").isNull()).isTrue();
        assertThat(target.resolve("onnx/decoder_model_merged.onnx_data")).isNotEmptyFile();
        assertThat(Files.size(target.resolve("onnx/decoder_model_merged.onnx")))
                .isLessThan(200_000);
    }

    @Test
    void aCheckpointWithoutTokenizerJsonIsRefusedInWords() throws Exception {
        Path source = Files.createDirectory(folder.resolve("source"));
        for (String name : List.of("config.json", "model.safetensors", "tokenizer.model")) {
            Files.copy(REFERENCE.resolve("tiny-paligemma1").resolve(name), source.resolve(name));
        }
        assertThatThrownBy(
                        () -> OnnxConversion.convert(source, folder.resolve("out"), Progress.NONE))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("tokenizer.json");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void aFolderInUseIsNotOverwritten() throws Exception {
        Path target = Files.createDirectory(folder.resolve("target"));
        Path mine = Files.writeString(target.resolve("mine.txt"), "keep");
        assertThatThrownBy(() ->
                        OnnxConversion.convert(
                                REFERENCE.resolve("tiny-paligemma1"), target, Progress.NONE))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("not empty");
        assertThat(mine).hasContent("keep");
    }
}

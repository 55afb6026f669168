package org.palimpsest.paligemma.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.checkpoint.Checkpoint;
import org.palimpsest.checkpoint.KerasCheckpoint;
import org.palimpsest.checkpoint.SafetensorsCheckpoint;
import org.palimpsest.job.Progress;
import org.palimpsest.job.ProgressUpdate;
import org.palimpsest.paligemma.config.CheckpointLayout;
import org.palimpsest.paligemma.config.ConfigReader;
import org.palimpsest.problem.ProblemException;

class HuggingFaceExportTest {
    private static final Path REFERENCE = Path.of("src/test/resources/reference");
    private static final Path PRESETS = REFERENCE.resolve("keras-preset");

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pali_gemma1",
                "pali_gemma1_bfloat16",
                "pali_gemma2",
                "pali_gemma2_bfloat16_sharded"
            })
    void everyDatasetBecomesTheTensorThatTheTableOfNamesSays(String preset) throws Exception {
        var target = folder.resolve("out");
        HuggingFaceExport.write(PRESETS.resolve(preset), target, Progress.NONE);
        int compared = 0;
        try (var keras = KerasCheckpoint.open(PRESETS.resolve(preset));
                var exported = SafetensorsCheckpoint.open(target)) {
            for (var row : Files.readAllLines(PRESETS.resolve("tensor-names.tsv"))) {
                String[] columns = row.split("\t");
                if (!preset.replaceFirst("_bfloat16.*", "").equals(columns[0])) {
                    continue;
                }
                float[] expected = change(columns[5], floats(keras, columns[1]), sizes(columns[2]));
                float[] found = floats(exported, columns[3]);
                if (columns[3].endsWith("embed_tokens.weight")) {
                    found = Arrays.copyOf(found, expected.length);
                }
                assertThat(found).as(columns[3]).isEqualTo(expected);
                compared++;
            }
            assertThat(compared).isEqualTo(exported.tensors().size()).isGreaterThan(50);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pali_gemma1", "pali_gemma2_bfloat16_sharded"})
    void theFolderIsACheckpointWithAnImageTokenAndPaddedRows(String preset) throws Exception {
        var source = PRESETS.resolve(preset);
        var target = folder.resolve("out");
        HuggingFaceExport.write(source, target, Progress.NONE);
        var keras = ConfigReader.read(source);
        var config = ConfigReader.read(target);
        assertThat(config.conventions().layout()).isEqualTo(CheckpointLayout.HUGGING_FACE);
        assertThat(config.imageTokenId()).isEqualTo(1635);
        assertThat(config.text().vocabularySize()).isEqualTo(1664);
        assertThat(config.vision()).isEqualTo(keras.vision());
        assertThat(config.text().queryScale()).isEqualTo(keras.text().queryScale());
        assertThat(config.text().slidingWindow()).isEqualTo(keras.text().slidingWindow());
        assertThat(config.text().attentionLogitSoftCap())
                .isEqualTo(keras.text().attentionLogitSoftCap());
        assertThat(config.text().intermediateDim()).isEqualTo(keras.text().intermediateDim());
        assertThat(config.storedType()).isEqualTo(keras.storedType());
        assertThat(target.resolve("tokenizer.model"))
                .hasSameBinaryContentAs(source.resolve("assets/tokenizer/vocabulary.spm"));
        try (var checkpoint = SafetensorsCheckpoint.open(target)) {
            assertThat(PaliGemmaWeights.locate(checkpoint, config).all()).isNotEmpty();
        }
    }

    @Test
    void aRowOfTheVocabularyThatIsNotUsedIsTheMeanOfTheOthers() throws Exception {
        var target = folder.resolve("out");
        HuggingFaceExport.write(PRESETS.resolve("pali_gemma1"), target, Progress.NONE);
        try (var checkpoint = SafetensorsCheckpoint.open(target)) {
            float[] rows = floats(checkpoint, "language_model.model.embed_tokens.weight");
            for (int column = 0; column < 32; column++) {
                double sum = 0;
                for (int row = 0; row < 1635; row++) {
                    sum += rows[row * 32 + column];
                }
                assertThat((double) rows[1635 * 32 + column])
                        .isCloseTo(sum / 1635, org.assertj.core.data.Offset.offset(1e-8));
                assertThat(rows[1663 * 32 + column]).isEqualTo(rows[1635 * 32 + column]);
            }
        }
    }

    @Test
    void theSameCheckpointGivesTheSameBytes() throws Exception {
        HuggingFaceExport.write(PRESETS.resolve("pali_gemma2"), folder.resolve("a"), Progress.NONE);
        HuggingFaceExport.write(PRESETS.resolve("pali_gemma2"), folder.resolve("b"), Progress.NONE);
        try (var files = Files.list(folder.resolve("a"))) {
            for (var file : files.toList()) {
                assertThat(file)
                        .hasSameBinaryContentAs(folder.resolve("b").resolve(file.getFileName()));
            }
        }
    }

    @Test
    void shardsUnderNewerNamesAreJoinedUnderThePublishedOnes() throws Exception {
        var source = REFERENCE.resolve("tiny-paligemma2-bf16-sharded");
        HuggingFaceExport.write(source, folder.resolve("a"), Progress.NONE);
        try (var sharded = SafetensorsCheckpoint.open(source);
                var joined = SafetensorsCheckpoint.open(folder.resolve("a"));
                var plain = SafetensorsCheckpoint.open(REFERENCE.resolve("tiny-paligemma2"))) {
            assertThat(joined.tensors().stream().map(tensor -> tensor.name()))
                    .containsExactlyInAnyOrderElementsOf(
                            plain.tensors().stream().map(tensor -> tensor.name()).toList());
            assertThat(floats(joined, "language_model.model.layers.2.self_attn.v_proj.weight"))
                    .isEqualTo(
                            floats(
                                    sharded,
                                    "model.language_model.layers.2.self_attn.v_proj.weight"));
        }
    }

    @Test
    void aFolderWithSomethingInItIsNotOverwritten() throws Exception {
        Files.writeString(folder.resolve("config.json"), "{}");
        assertThatThrownBy(() ->
                        HuggingFaceExport.write(
                                PRESETS.resolve("pali_gemma1"), folder, Progress.NONE))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("not empty");
        assertThat(folder.resolve("config.json")).hasContent("{}");
    }

    @Test
    void cancellingLeavesNoWeights() {
        var cancelled =
                new Progress() {
                    @Override
                    public void update(ProgressUpdate update) {}

                    @Override
                    public boolean isCancelled() {
                        return true;
                    }
                };
        var target = folder.resolve("out");
        assertThatThrownBy(() ->
                        HuggingFaceExport.write(PRESETS.resolve("pali_gemma1"), target, cancelled))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("cancelled");
        assertThat(target).isDirectoryNotContaining("glob:**model.safetensors*");
        assertThat(target).isDirectoryNotContaining("glob:**config.json.part");
        assertThat(target.resolve("config.json")).doesNotExist();
    }

    private static float[] floats(Checkpoint checkpoint, String name) throws Exception {
        try (var arena = Arena.ofConfined()) {
            return checkpoint.map(checkpoint.find(name).orElseThrow(), arena).toFloats();
        }
    }

    private static int[] sizes(String shape) {
        return Arrays.stream(shape.replaceAll("[\\[\\] ]", "").split(","))
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    /// The change in the words of the table, axis by axis.
    private static float[] change(String change, float[] values, int[] sizes) {
        return switch (change) {
            case "none" -> values;
            case "transpose(1,0)" -> permute(values, sizes, 1, 0);
            case "transpose(0,2,1) then reshape [n*h,d]" -> permute(values, sizes, 0, 2, 1);
            case "reshape [n*h,d] then transpose(1,0)" ->
                    permute(values, new int[] {sizes[0] * sizes[1], sizes[2]}, 1, 0);
            case "transpose(3,2,0,1)" -> permute(values, sizes, 3, 2, 0, 1);
            default -> throw new AssertionError(change);
        };
    }

    private static float[] permute(float[] values, int[] sizes, int... axes) {
        var result = new float[values.length];
        var index = new int[sizes.length];
        for (int target = 0; target < result.length; target++) {
            int rest = target;
            for (int i = axes.length - 1; i >= 0; i--) {
                index[axes[i]] = rest % sizes[axes[i]];
                rest /= sizes[axes[i]];
            }
            int source = 0;
            for (int i = 0; i < sizes.length; i++) {
                source = source * sizes[i] + index[i];
            }
            result[target] = values[source];
        }
        return result;
    }
}

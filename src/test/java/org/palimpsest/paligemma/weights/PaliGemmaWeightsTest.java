package org.palimpsest.paligemma.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.checkpoint.KerasCheckpoint;
import org.palimpsest.checkpoint.SafetensorsCheckpoint;
import org.palimpsest.checkpoint.StoredTensor;
import org.palimpsest.paligemma.config.CheckpointLayout;
import org.palimpsest.paligemma.config.ConfigReader;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Shape;

class PaliGemmaWeightsTest {
    private static final Path REFERENCE = Path.of("src/test/resources/reference");

    @ParameterizedTest
    @ValueSource(strings = {"tiny-paligemma1", "tiny-paligemma2", "tiny-paligemma2-bf16-sharded"})
    void everyTensorOfAHuggingFaceCheckpointIsOneParameter(String name) throws Exception {
        var folder = REFERENCE.resolve(name);
        try (var checkpoint = SafetensorsCheckpoint.open(folder)) {
            var weights = PaliGemmaWeights.locate(checkpoint, ConfigReader.read(folder));
            assertThat(
                            weights.all().stream()
                                    .map(weight -> weight.stored().name())
                                    .collect(Collectors.toSet()))
                    .isEqualTo(
                            checkpoint.tensors().stream()
                                    .map(StoredTensor::name)
                                    .collect(Collectors.toSet()));
            assertThat(weights.all()).hasSameSizeAs(checkpoint.tensors());
        }
    }

    @Test
    void gemmaOneReadsTheNormBeforeTheFeedForwardLayerUnderItsOldName() throws Exception {
        var folder = REFERENCE.resolve("tiny-paligemma1");
        try (var checkpoint = SafetensorsCheckpoint.open(folder);
                var arena = Arena.ofConfined()) {
            var weights = PaliGemmaWeights.locate(checkpoint, ConfigReader.read(folder));
            var norm = weights.get(1, Role.PRE_FEEDFORWARD_NORM);
            assertThat(norm.stored().name())
                    .isEqualTo("language_model.model.layers.1.post_attention_layernorm.weight");
            var query = weights.get(0, Role.Q_PROJ);
            assertThat(query.layout()).isEqualTo(Layout.OUT_IN);
            assertThat(query.shape()).isEqualTo(Shape.of(64, 48));
            assertThat(weights.map(query, arena).toFloats()).hasSize(64 * 48);
        }
    }

    @Test
    void bfloat16StaysBfloat16() throws Exception {
        var folder = REFERENCE.resolve("tiny-paligemma2-bf16-sharded");
        try (var checkpoint = SafetensorsCheckpoint.open(folder)) {
            var weights = PaliGemmaWeights.locate(checkpoint, ConfigReader.read(folder));
            assertThat(weights.all())
                    .allMatch(weight -> weight.elementType() == ElementType.BFLOAT16);
            assertThat(weights.all().stream().map(weight -> weight.stored().file()).distinct())
                    .hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pali_gemma1",
                "pali_gemma1_bfloat16",
                "pali_gemma2",
                "pali_gemma2_bfloat16_sharded"
            })
    void everyDatasetOfAKerasPresetIsOneParameter(String name) throws Exception {
        var folder = REFERENCE.resolve("keras-preset").resolve(name);
        try (var checkpoint = KerasCheckpoint.open(folder)) {
            var weights = PaliGemmaWeights.locate(checkpoint, ConfigReader.read(folder));
            assertThat(
                            weights.all().stream()
                                    .map(weight -> weight.stored().name())
                                    .collect(Collectors.toSet()))
                    .isEqualTo(
                            checkpoint.tensors().stream()
                                    .map(StoredTensor::name)
                                    .collect(Collectors.toSet()));
            var expected = name.contains("bfloat16") ? ElementType.BFLOAT16 : ElementType.FLOAT32;
            assertThat(weights.all()).allMatch(weight -> weight.elementType() == expected);
        }
    }

    @Test
    void datasetsAndTensorsMeanTheSameAsTheTableOfNamesSays() throws Exception {
        var rows = Files.readAllLines(REFERENCE.resolve("keras-preset/tensor-names.tsv"));
        int checked = 0;
        for (var row : rows.subList(1, rows.size())) {
            String[] columns = row.split("\t");
            var folder = REFERENCE.resolve("keras-preset").resolve(columns[0]);
            var config = ConfigReader.read(folder);
            var parameter =
                    Parameter.all(config).stream()
                            .filter(one -> ParameterTable.kerasPath(one).equals(columns[1]))
                            .findFirst()
                            .orElseThrow();
            assertThat(ParameterTable.storedShape(parameter.role(), config))
                    .hasToString(columns[2]);
            assertThat(ParameterTable.huggingFaceName(parameter, config.text().generation()))
                    .isEqualTo(columns[3]);
            var layout = ParameterTable.layout(parameter.role(), CheckpointLayout.HUGGING_FACE);
            assertThat(ParameterTable.shape(parameter.role(), layout, config))
                    .hasToString(columns[4]);
            checked++;
        }
        assertThat(checked).isEqualTo(rows.size() - 1).isGreaterThan(100);
    }
}

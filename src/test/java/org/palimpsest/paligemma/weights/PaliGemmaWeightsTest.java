package org.palimpsest.paligemma.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.checkpoint.Checkpoint;
import org.palimpsest.checkpoint.KerasCheckpoint;
import org.palimpsest.checkpoint.SafetensorsCheckpoint;
import org.palimpsest.checkpoint.StoredTensor;
import org.palimpsest.paligemma.config.CheckpointLayout;
import org.palimpsest.paligemma.config.ConfigReader;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Shape;
import org.palimpsest.tensor.TensorInfo;

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

    @Test
    void theNewestNamesAreTakenToo() throws Exception {
        var folder = REFERENCE.resolve("tiny-paligemma2-bf16-sharded");
        try (var checkpoint = SafetensorsCheckpoint.open(folder)) {
            var renamed =
                    new Renamed(
                            checkpoint,
                            name -> name.replace("vision_tower.vision_model.", "vision_tower."));
            var weights = PaliGemmaWeights.locate(renamed, ConfigReader.read(folder));
            assertThat(weights.get(1, Role.VISION_FC2_BIAS).stored().name())
                    .isEqualTo("model.vision_tower.encoder.layers.1.mlp.fc2.bias");
        }
    }

    @Test
    void oldKerasFilesNameTheirLayersOtherwise() throws Exception {
        var folder = REFERENCE.resolve("keras-preset/pali_gemma2");
        try (var checkpoint = KerasCheckpoint.open(folder)) {
            var renamed =
                    new Renamed(
                            checkpoint,
                            name -> name.replace("layers/", "_layer_checkpoint_dependencies/"));
            var weights = PaliGemmaWeights.locate(renamed, ConfigReader.read(folder));
            var output = weights.get(2, Role.O_PROJ);
            assertThat(output.stored().name())
                    .isEqualTo(
                            "_layer_checkpoint_dependencies/pali_gemma_decoder_block_2/attention/output_dense/vars/0");
            assertThat(output.layout()).isEqualTo(Layout.IN_OUT);
            assertThat(output.shape()).isEqualTo(Shape.of(64, 40));
        }
    }

    @Test
    void rowsOfTheEmbeddingDecideAboutTheVocabulary() throws Exception {
        var folder = REFERENCE.resolve("tiny-paligemma1");
        var config = ConfigReader.read(folder).withVocabularySize(1636);
        try (var checkpoint = SafetensorsCheckpoint.open(folder)) {
            var weights = PaliGemmaWeights.locate(checkpoint, config);
            assertThat(weights.config().text().vocabularySize()).isEqualTo(1664);
        }
    }

    @Test
    void aMissingTensorIsOneMessageWithItsNameAndShape() throws Exception {
        var folder = REFERENCE.resolve("tiny-paligemma2");
        try (var checkpoint = SafetensorsCheckpoint.open(folder)) {
            var without =
                    new Renamed(
                            checkpoint,
                            name -> name.contains("layers.1.mlp.up_proj") ? "other" : name);
            assertThatThrownBy(() -> PaliGemmaWeights.locate(without, ConfigReader.read(folder)))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("tiny-paligemma2")
                    .hasMessageContaining("language_model.model.layers.1.mlp.up_proj.weight")
                    .hasMessageContaining("[104, 56]")
                    .hasMessageContaining("download it again");
        }
    }

    @Test
    void aShapeThatDoesNotFitTheConfigurationIsOneMessage() throws Exception {
        var folder = REFERENCE.resolve("tiny-paligemma2");
        var other = ConfigReader.read(REFERENCE.resolve("tiny-paligemma1"));
        try (var checkpoint = SafetensorsCheckpoint.open(folder)) {
            assertThatThrownBy(() -> PaliGemmaWeights.locate(checkpoint, other))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("model.safetensors")
                    .hasMessageContaining("language_model.model.embed_tokens.weight")
                    .hasMessageContaining("expected shape [1664, 48]")
                    .hasMessageContaining("found [1664, 56]");
        }
    }

    /// The same tensors under other names.
    private record Renamed(Checkpoint checkpoint, UnaryOperator<String> rename)
            implements Checkpoint {
        @Override
        public List<StoredTensor> tensors() {
            return checkpoint.tensors().stream().map(this::renamed).toList();
        }

        @Override
        public Optional<StoredTensor> find(String name) {
            return tensors().stream().filter(tensor -> tensor.name().equals(name)).findFirst();
        }

        @Override
        public Path location() {
            return checkpoint.location();
        }

        @Override
        public void close() {}

        private StoredTensor renamed(StoredTensor tensor) {
            var info = tensor.info();
            return new StoredTensor(
                    new TensorInfo(rename.apply(info.name()), info.elementType(), info.shape()),
                    tensor.file(),
                    tensor.offset(),
                    tensor.length());
        }
    }
}

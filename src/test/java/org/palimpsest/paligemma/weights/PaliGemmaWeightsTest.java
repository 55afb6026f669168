package org.palimpsest.paligemma.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.checkpoint.SafetensorsCheckpoint;
import org.palimpsest.checkpoint.StoredTensor;
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
}

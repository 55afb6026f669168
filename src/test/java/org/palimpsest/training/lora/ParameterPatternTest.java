package org.palimpsest.training.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.palimpsest.paligemma.weights.Role.*;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.paligemma.config.ConfigReader;
import org.palimpsest.paligemma.config.PaliGemmaConfig;
import org.palimpsest.paligemma.graph.Adaptation;
import org.palimpsest.paligemma.weights.Parameter;
import org.palimpsest.paligemma.weights.Role;
import org.palimpsest.problem.ProblemException;

class ParameterPatternTest {
    private static final Path REFERENCE = Path.of("src/test/resources/reference");
    private static final Set<Role> TEXT =
            EnumSet.of(Q_PROJ, K_PROJ, V_PROJ, O_PROJ, GATE_PROJ, UP_PROJ, DOWN_PROJ);
    private static final Set<Role> VISION_MATRICES =
            EnumSet.of(
                    VISION_Q_WEIGHT,
                    VISION_K_WEIGHT,
                    VISION_V_WEIGHT,
                    VISION_OUT_WEIGHT,
                    VISION_FC1_WEIGHT,
                    VISION_FC2_WEIGHT);

    /// PEFT trains 28 tensors, A and B, in the reference for PaliGemma 1, and 42 for PaliGemma 2.
    @ParameterizedTest
    @CsvSource({"tiny-paligemma1, 28", "tiny-paligemma2, 42"})
    void textHasATermBesideEveryProjectionOfTheDecoder(String model, int tensors) throws Exception {
        var adaptation = lora(config(model), "text");
        assertThat(2 * adaptation.terms().size()).isEqualTo(tensors);
        assertThat(roles(adaptation.terms().keySet())).isEqualTo(TEXT);
        assertThat(adaptation.terms().values()).containsOnly(new Adaptation.LowRank(4, 2, 0.1));
        assertThat(adaptation.given()).isEmpty();
    }

    @Test
    void partsAreTheMatricesWithTermsAndEverythingWhenTrainedWhole() throws Exception {
        var config = config("tiny-paligemma2");
        assertThat(roles(lora(config, "vision").terms().keySet())).isEqualTo(VISION_MATRICES);
        assertThat(roles(lora(config, "projector").terms().keySet()))
                .isEqualTo(Set.of(PROJECTOR_WEIGHT));
        var every = EnumSet.copyOf(TEXT);
        every.addAll(VISION_MATRICES);
        every.add(PROJECTOR_WEIGHT);
        assertThat(roles(lora(config, "all").terms().keySet())).isEqualTo(every);

        assertThat(roles(whole(config, "text").given())).isEqualTo(TEXT);
        assertThat(roles(whole(config, "projector").given()))
                .isEqualTo(Set.of(PROJECTOR_WEIGHT, PROJECTOR_BIAS));
        assertThat(roles(whole(config, "embedding").given())).isEqualTo(Set.of(TOKEN_EMBEDDING));
        assertThat(roles(whole(config, "norms").given()))
                .isEqualTo(
                        Set.of(
                                FINAL_NORM,
                                INPUT_NORM,
                                POST_ATTENTION_NORM,
                                PRE_FEEDFORWARD_NORM,
                                POST_FEEDFORWARD_NORM));
        assertThat(whole(config, "all").given()).containsExactlyElementsOf(Parameter.all(config));
    }

    @Test
    void thePartsTogetherAreAllEachOnce() throws Exception {
        for (var model : List.of("tiny-paligemma1", "tiny-paligemma2")) {
            var config = config(model);
            int together = 0;
            for (var part : ModelPart.values()) {
                together += part == ModelPart.ALL ? 0 : whole(config, part.word()).given().size();
            }
            assertThat(together).isEqualTo(Parameter.all(config).size());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "language_model.*.q_proj.weight",
                "model.language_model.layers.*.q_proj.weight",
                "language_model.model.layers.*.self_attn.q*"
            })
    void aStarStandsForAnyCharactersInEverySpellingOfTheNames(String pattern) throws Exception {
        var config = config("tiny-paligemma2");
        var expected = Parameter.all(config).stream().filter(one -> one.role() == Q_PROJ).toList();
        assertThat(lora(config, pattern).terms().keySet()).containsExactlyElementsOf(expected);
    }

    @Test
    void aNameMayMeanOneParameterAlone() throws Exception {
        var adaptation =
                whole(
                        config("tiny-paligemma1"),
                        "language_model.model.layers.1.post_attention_layernorm.weight");
        assertThat(adaptation.given()).containsExactly(Parameter.layer(1, PRE_FEEDFORWARD_NORM));
    }

    @Test
    void namesAreTheSameForKerasPresets() throws Exception {
        var config = ConfigReader.read(REFERENCE.resolve("keras-preset/pali_gemma2"));
        assertThat(roles(lora(config, "language_model.*.down_proj.weight").terms().keySet()))
                .isEqualTo(Set.of(DOWN_PROJ));
    }

    @Test
    void whatIsTrainedWholeHasNoTermBesideIt() throws Exception {
        var config = config("tiny-paligemma2");
        var parts =
                new TrainedParts(
                        Optional.of(new LoraConfig(4, 8, 0.1, false)),
                        List.of("text"),
                        List.of("*.q_proj.weight", "projector"));
        var adaptation = ParameterPattern.adaptation(parts, config);
        var terms = EnumSet.copyOf(TEXT);
        terms.remove(Q_PROJ);
        assertThat(roles(adaptation.terms().keySet())).isEqualTo(terms);
        assertThat(roles(adaptation.given()))
                .isEqualTo(Set.of(Q_PROJ, VISION_Q_WEIGHT, PROJECTOR_WEIGHT, PROJECTOR_BIAS));
    }

    @Test
    void theOrderOfNamesDoesNotMatter() throws Exception {
        var config = config("tiny-paligemma2");
        var one = lora(config, "text", "vision");
        var other = lora(config, "vision", "text", "text");
        assertThat(List.copyOf(one.terms().keySet()))
                .isEqualTo(List.copyOf(other.terms().keySet()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"texts", "Text", "q_proj", "language_model", "", "language_model.(.*)"})
    void aNameThatMeansNothingIsAProblemWithTheNamesThatExist(String name) throws Exception {
        var config = config("tiny-paligemma2");
        assertThatThrownBy(() -> lora(config, name))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("'" + name + "'")
                .hasMessageContaining("text, projector, vision, embedding, norms, all")
                .hasMessageContaining("language_model.model.layers.*.self_attn.q_proj.weight");
        assertThatThrownBy(() -> whole(config, name)).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "norms",
                "embedding",
                "language_model.model.norm.weight",
                "vision_tower.vision_model.embeddings.*",
                "*.self_attn.q_proj.*"
            })
    void aTermBesideWhatIsNoMatrixIsRefused(String name) throws Exception {
        var config = config("tiny-paligemma2");
        assertThatThrownBy(() -> lora(config, name))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("matrix of a linear layer");
        assertThat(whole(config, name).given()).isNotEmpty();
    }

    @Test
    void nothingToTrainIsAProblem() throws Exception {
        var config = config("tiny-paligemma2");
        assertThatThrownBy(() -> whole(config)).hasMessageContaining("Nothing is to be trained");
        assertThatThrownBy(() -> lora(config)).hasMessageContaining("No matrices are named");
        var noRank = new TrainedParts(Optional.empty(), List.of("text"), List.of("projector"));
        assertThatThrownBy(() -> ParameterPattern.adaptation(noRank, config))
                .hasMessageContaining("no rank");
    }

    private static PaliGemmaConfig config(String model) throws ProblemException {
        return ConfigReader.read(REFERENCE.resolve(model));
    }

    private static Adaptation lora(PaliGemmaConfig config, String... names)
            throws ProblemException {
        var lora = Optional.of(new LoraConfig(4, 8, 0.1, false));
        return ParameterPattern.adaptation(
                new TrainedParts(lora, Arrays.asList(names), List.of()), config);
    }

    private static Adaptation whole(PaliGemmaConfig config, String... names)
            throws ProblemException {
        return ParameterPattern.adaptation(
                new TrainedParts(Optional.empty(), List.of(), Arrays.asList(names)), config);
    }

    private static Set<Role> roles(Set<Parameter> parameters) {
        return parameters.stream().map(Parameter::role).collect(Collectors.toSet());
    }
}

package org.palimpsest.paligemma.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.palimpsest.checkpoint.SafetensorsCheckpoint;
import org.palimpsest.checkpoint.SafetensorsWriter;
import org.palimpsest.paligemma.config.ConfigReader;
import org.palimpsest.paligemma.config.PaliGemmaConfig;
import org.palimpsest.paligemma.weights.Parameter;
import org.palimpsest.paligemma.weights.Role;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.tensor.TensorInfo;

class PeftFolderTest {
    private static final Path REFERENCE = Path.of("src/test/resources/reference");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir Path folder;
    private PaliGemmaConfig config;

    @BeforeEach
    void readConfig() throws Exception {
        config = ConfigReader.read(REFERENCE.resolve("tiny-paligemma1"));
    }

    private static Path reference(String name) {
        return REFERENCE.resolve("training").resolve(name);
    }

    private static void assertSame(Adapter found, Adapter expected) {
        assertThat(found).usingRecursiveComparison().isEqualTo(expected);
        assertThat(new ArrayList<>(found.terms().keySet()))
                .isEqualTo(new ArrayList<>(expected.terms().keySet()));
    }

    @ParameterizedTest
    @CsvSource({
        "tiny-paligemma1, lora-start",
        "tiny-paligemma1, lora-final",
        "tiny-paligemma1, lora-variant-list-of-names",
        "tiny-paligemma1, lora-variant-patterns",
        "tiny-paligemma1, lora-variant-rslora",
        "tiny-paligemma2, lora-start",
        "tiny-paligemma2, lora-final"
    })
    void whatPeftWroteIsWrittenBackWithTheSameBytesAndTheSameMeaning(String model, String name)
            throws Exception {
        Path original = reference(model).resolve(name);
        var itsConfig = ConfigReader.read(REFERENCE.resolve(model));
        Adapter adapter = PeftFolder.read(original, itsConfig);
        PeftFolder.write(folder, adapter, itsConfig, model);
        assertThat(folder.resolve(PeftFolder.WEIGHTS_FILE))
                .hasSameBinaryContentAs(original.resolve(PeftFolder.WEIGHTS_FILE));
        assertSame(PeftFolder.read(folder, itsConfig), adapter);
        JsonNode written = json(folder);
        JsonNode theirs = json(original);
        for (String field :
                List.of(
                        "base_model_name_or_path",
                        "peft_type",
                        "task_type",
                        "bias",
                        "r",
                        "lora_alpha",
                        "use_rslora",
                        "rank_pattern",
                        "alpha_pattern")) {
            assertThat(written.get(field)).as(field).isEqualTo(theirs.get(field));
        }
    }

    @Test
    void scaleAndRankOfEveryModuleFollowThePatterns() throws Exception {
        Adapter adapter =
                PeftFolder.read(reference("tiny-paligemma1/lora-variant-patterns"), config);
        var ranks = new HashMap<Role, Integer>();
        var scales = new HashMap<Role, Double>();
        adapter.terms()
                .forEach((parameter, term) -> {
                    ranks.put(parameter.role(), term.rank());
                    scales.put(parameter.role(), term.scaling());
                });
        assertThat(ranks)
                .containsEntry(Role.Q_PROJ, 2)
                .containsEntry(Role.DOWN_PROJ, 6)
                .containsEntry(Role.K_PROJ, 4);
        assertThat(scales)
                .containsEntry(Role.Q_PROJ, 4.0)
                .containsEntry(Role.DOWN_PROJ, 0.5)
                .containsEntry(Role.K_PROJ, 2.0);
    }

    @ParameterizedTest
    @CsvSource({
        "model.language_model., language_model.model.",
        "model.vision_tower., vision_tower.vision_model.",
        "model.vision_tower., model.vision_tower.vision_model."
    })
    void olderSpellingsOfTheNamesMeanTheSame(String today, String before) throws Exception {
        Path original = reference("tiny-paligemma1/lora-variant-list-of-names");
        copy(original, name -> name.replace(today, before), _ -> {});
        assertSame(PeftFolder.read(folder, config), PeftFolder.read(original, config));
    }

    @Test
    void namesHitWhatTheyHitInTheLibrary() throws Exception {
        Adapter adapter =
                PeftFolder.read(reference("tiny-paligemma1/lora-variant-list-of-names"), config);
        assertThat(adapter.terms()).hasSize(20);
        // Without the vision tower a list of names would hit too much, so an expression is written.
        var text = new LinkedHashMap<>(adapter.terms());
        text.keySet().removeIf(parameter -> parameter.role().name().startsWith("VISION"));
        PeftFolder.write(folder, new Adapter(text, Map.of()), config, "base");
        assertThat(json(folder).get("target_modules").asText())
                .isEqualTo(
                        ".*language_model\\.(model\\.)?layers\\.\\d+\\."
                                + "(mlp\\.down_proj|mlp\\.gate_proj|mlp\\.up_proj|self_attn\\.k_proj"
                                + "|self_attn\\.o_proj|self_attn\\.q_proj|self_attn\\.v_proj)");
        PeftFolder.write(folder, adapter, config, "base");
        assertThat(json(folder).get("target_modules"))
                .isEqualTo(
                        JSON.readTree(
                                """
                                ["down_proj","gate_proj","k_proj","o_proj","q_proj","up_proj","v_proj"]
                                """));
    }

    @Test
    void anAdapterOfAnyModulesRanksAndWholeWeightsSurvivesWritingAndReading() throws Exception {
        var terms = new LinkedHashMap<Parameter, Adapter.Term>();
        terms.put(Parameter.layer(1, Role.Q_PROJ), term(Role.Q_PROJ, 3, 5, 48, 64));
        terms.put(Parameter.layer(0, Role.VISION_Q_WEIGHT), term(Role.VISION_Q_WEIGHT, 2, 8));
        terms.put(Parameter.layer(1, Role.VISION_Q_WEIGHT), term(Role.VISION_Q_WEIGHT, 2, 0.5));
        terms.put(Parameter.layer(1, Role.VISION_FC1_WEIGHT), term(Role.VISION_FC1_WEIGHT, 2, 8));
        var replaced = new LinkedHashMap<Parameter, float[]>();
        int hidden = config.text().hiddenDim();
        replaced.put(
                Parameter.of(Role.PROJECTOR_WEIGHT), numbers(hidden * config.vision().hiddenDim()));
        replaced.put(Parameter.of(Role.PROJECTOR_BIAS), numbers(hidden));
        var adapter = new Adapter(terms, replaced);
        PeftFolder.write(folder, adapter, config, "base");
        assertSame(PeftFolder.read(folder, config), adapter);
        assertThat(json(folder).get("modules_to_save").toString())
                .isEqualTo("[\"multi_modal_projector\"]");
        assertThat(json(folder).get("rank_pattern").toString())
                .isEqualTo(
                        "{\"model\\\\.language_model\\\\.layers\\\\.1\\\\.self_attn\\\\.q_proj\":3}");
    }

    @Test
    void halfAProjectorAndTheEmbeddingHaveNoFormInPeft() throws Exception {
        Adapter start = PeftFolder.read(reference("tiny-paligemma1/lora-start"), config);
        var half = Map.of(Parameter.of(Role.PROJECTOR_BIAS), numbers(config.text().hiddenDim()));
        assertThatThrownBy(() ->
                        PeftFolder.write(folder, new Adapter(start.terms(), half), config, "base"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("PROJECTOR_BIAS was trained, but PROJECTOR_WEIGHT was not");
        var table = Map.of(Parameter.of(Role.TOKEN_EMBEDDING), new float[1664 * 48]);
        assertThatThrownBy(() ->
                        PeftFolder.write(folder, new Adapter(start.terms(), table), config, "base"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("output head");
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"peft_type\":\"LOHA\"}|peft_type is LOHA, expected LORA",
                "{\"use_dora\":true}|use_dora is true",
                "{\"bias\":\"all\"}|bias is all, expected none",
                "{\"fan_in_fan_out\":true}|fan_in_fan_out is true",
                "{\"lora_bias\":true}|lora_bias is true",
                "{\"layer_replication\":[[0,1]]}|layer_replication is [[0,1]]",
                "{\"init_lora_weights\":\"pissa\"}|init_lora_weights is",
                "{\"r\":0}|r should be a whole number from 1",
                "{\"r\":1000000000}|r should be a whole number from 1",
                "{\"r\":2.5}|r should be a whole number from 1",
                "{\"lora_alpha\":\"8\"}|lora_alpha should be a number",
                "{\"lora_alpha\":1e300}|lora_alpha should be a number",
                "{\"target_modules\":7}|target_modules should be a list of names",
                "{\"target_modules\":\"(((\"}|not a regular expression",
                "{\"target_modules\":\"(.*.*.*.*.*)*x\"}|takes too many steps",
                "{\"rank_pattern\":{\"q_proj\":-1}}|rank_pattern should be a whole number",
                "{\"layers_to_transform\":[0]}|layers_to_transform needs a list",
                "{\"target_modules\":[\"q_proj\"]}|a module that target_modules does not name",
                "{\"exclude_modules\":[\"q_proj\"]}|a module that target_modules does not name",
                "{\"r\":5}|expected shape [5, 48], found [4, 48]",
                "{\"modules_to_save\":[\"multi_modal_projector\"]}|linear.weight: not found"
            })
    void whatCannotBeHonouredIsRefusedWithWords(String changeAndWords) throws Exception {
        String[] parts = changeAndWords.split("\\|", 2);
        ObjectNode change = (ObjectNode) JSON.readTree(parts[0]);
        copy(
                reference("tiny-paligemma1/lora-start"),
                UnaryOperator.identity(),
                root -> root.setAll(change));
        assertThatThrownBy(() -> PeftFolder.read(folder, config))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(parts[1])
                .hasMessageContaining(folder.toString());
    }

    @Test
    void layersToTransformAreThoseThatTheFileMustHave() throws Exception {
        Path original = reference("tiny-paligemma1/lora-start");
        Consumer<ObjectNode> firstLayer =
                root -> {
                    root.set("target_modules", JSON.createArrayNode().add("gate_proj"));
                    root.put("layers_to_transform", 0);
                };
        copy(original, name -> name.contains("0.mlp.gate_proj") ? name : "", firstLayer);
        assertThat(PeftFolder.read(folder, config).terms().keySet())
                .containsExactly(Parameter.layer(0, Role.GATE_PROJ));
        copy(original, name -> name.contains("gate_proj") ? name : "", firstLayer);
        assertThatThrownBy(() -> PeftFolder.read(folder, config))
                .hasMessageContaining("layers.1.mlp.gate_proj")
                .hasMessageContaining("target_modules does not name");
    }

    @Test
    void aModuleThatIsNamedButHasNoTensorsIsMissing() throws Exception {
        var names = json(reference("tiny-paligemma1/lora-variant-list-of-names"));
        copy(
                reference("tiny-paligemma1/lora-start"),
                UnaryOperator.identity(),
                root -> root.set("target_modules", names.get("target_modules")));
        assertThatThrownBy(() -> PeftFolder.read(folder, config))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("vision_tower.encoder.layers.0.self_attn.q_proj.lora_A")
                .hasMessageContaining("not found");
    }

    @Test
    void tensorsThatDoNotBelongToTheModelAreNamed() throws Exception {
        Path original = reference("tiny-paligemma1/lora-start");
        copy(original, name -> name.replace("layers.1.", "layers.7."), _ -> {});
        assertThatThrownBy(() -> PeftFolder.read(folder, config))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("layers.7.")
                .hasMessageContaining("2 text and 2 vision layers");
        copy(original, name -> name.replace("base_model.model.", ""), _ -> {});
        assertThatThrownBy(() -> PeftFolder.read(folder, config))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("does not fit the model");
        copy(original, name -> name.contains("0.mlp.up_proj.lora_B") ? "" : name, _ -> {});
        assertThatThrownBy(() -> PeftFolder.read(folder, config))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("layers.0.mlp.up_proj.lora_B.weight: not found");
    }

    @Test
    void anAdapterOfAnotherModelIsRefused() throws Exception {
        assertThatThrownBy(() -> PeftFolder.read(reference("tiny-paligemma2/lora-start"), config))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("does not fit the model");
    }

    @Test
    void aFileCutShortIsRefused() throws Exception {
        Path original = reference("tiny-paligemma1/lora-start");
        copy(original, UnaryOperator.identity(), _ -> {});
        Path weights = folder.resolve(PeftFolder.WEIGHTS_FILE);
        byte[] bytes = Files.readAllBytes(weights);
        for (int length : new int[] {0, 5, 8, 900, bytes.length - 4}) {
            Files.write(weights, Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> PeftFolder.read(folder, config))
                    .as(length + " bytes")
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining(PeftFolder.WEIGHTS_FILE);
        }
        Files.delete(weights);
        assertThatThrownBy(() -> PeftFolder.read(folder, config))
                .isInstanceOf(ProblemException.class);
    }

    /// Copies an adapter with other names (none for a tensor that is left out) and another configuration.
    private void copy(Path original, UnaryOperator<String> rename, Consumer<ObjectNode> edit)
            throws IOException, ProblemException {
        var root = (ObjectNode) json(original);
        edit.accept(root);
        Files.writeString(folder.resolve(PeftFolder.CONFIG_FILE), root.toString());
        try (var checkpoint =
                        SafetensorsCheckpoint.open(original.resolve(PeftFolder.WEIGHTS_FILE));
                var arena = Arena.ofConfined()) {
            var infos = new ArrayList<TensorInfo>();
            var contents = new HashMap<String, MemorySegment>();
            for (var tensor : checkpoint.tensors()) {
                String name = rename.apply(tensor.name());
                if (!name.isEmpty()) {
                    infos.add(
                            new TensorInfo(
                                    name, tensor.info().elementType(), tensor.info().shape()));
                    contents.put(name, checkpoint.map(tensor, arena).memory());
                }
            }
            SafetensorsWriter.write(
                    folder.resolve(PeftFolder.WEIGHTS_FILE),
                    infos,
                    Map.of("format", "pt"),
                    (info, sink) -> sink.write(contents.get(info.name())));
        }
    }

    private static JsonNode json(Path adapter) throws IOException {
        return JSON.readTree(adapter.resolve(PeftFolder.CONFIG_FILE).toFile());
    }

    private Adapter.Term term(Role role, int rank, double alpha) {
        var modules = new PeftModules(config);
        return term(role, rank, alpha, (int) modules.in(role), (int) modules.out(role));
    }

    private static Adapter.Term term(Role role, int rank, double alpha, int in, int out) {
        return new Adapter.Term(rank, alpha, false, numbers(rank * in), numbers(out * rank));
    }

    private static float[] numbers(int count) {
        var numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) Math.sin(i);
        }
        return numbers;
    }
}

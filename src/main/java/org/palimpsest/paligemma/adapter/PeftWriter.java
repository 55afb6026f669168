package org.palimpsest.paligemma.adapter;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.palimpsest.checkpoint.SafetensorsWriter;
import org.palimpsest.paligemma.config.PaliGemmaConfig;
import org.palimpsest.paligemma.weights.HuggingFaceNames;
import org.palimpsest.paligemma.weights.Parameter;
import org.palimpsest.paligemma.weights.Role;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.storage.AtomicFiles;
import org.palimpsest.tensor.ElementType;
import org.palimpsest.tensor.Shape;
import org.palimpsest.tensor.TensorInfo;

/// Writes one PEFT folder.
final class PeftWriter {
    /// With the same line ends on every system.
    private static final ObjectWriter JSON =
            new ObjectMapper()
                    .writer(
                            new DefaultPrettyPrinter()
                                    .withObjectIndenter(new DefaultIndenter("  ", "\n")));

    private final Path folder;
    private final Adapter adapter;
    private final PeftModules modules;

    /// Values by the names of their tensors.
    private final Map<String, float[]> values = new TreeMap<>();

    private final List<TensorInfo> infos = new ArrayList<>();

    PeftWriter(Path folder, Adapter adapter, PaliGemmaConfig config) {
        this.folder = folder;
        this.adapter = adapter;
        this.modules = new PeftModules(config);
    }

    void write(String baseModel) throws ProblemException {
        requireRepresentable();
        adapter.terms().forEach(this::addTerm);
        adapter.replaced().forEach(this::addReplaced);
        byte[] config = config(baseModel);
        try {
            Files.createDirectories(folder);
            // The configuration is written last: without it the folder is no adapter.
            Files.deleteIfExists(folder.resolve(PeftFolder.CONFIG_FILE));
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "The adapter cannot be written",
                            folder + ": " + e.getMessage(),
                            "Choose a folder that you may write to"),
                    e);
        }
        SafetensorsWriter.write(
                folder.resolve(PeftFolder.WEIGHTS_FILE),
                infos,
                Map.of("format", "pt"),
                (info, sink) -> sink.write(bytes(info)));
        AtomicFiles.write(folder.resolve(PeftFolder.CONFIG_FILE), config);
    }

    private void requireRepresentable() throws ProblemException {
        String remedy = "Save a whole checkpoint instead";
        if (adapter.terms().isEmpty()) {
            throw new ProblemException(
                    "PEFT has no form for this adapter", "it has no term of low rank", remedy);
        }
        for (Parameter parameter : adapter.replaced().keySet()) {
            if (parameter.role() == Role.TOKEN_EMBEDDING) {
                throw new ProblemException(
                        "PEFT has no form for this adapter",
                        "the embedding was trained, which is also the output head",
                        remedy);
            }
            for (Parameter neighbour : modules.below(modules.name(parameter))) {
                if (!adapter.replaced().containsKey(neighbour)) {
                    throw new ProblemException(
                            "PEFT has no form for this adapter",
                            parameter + " was trained, but " + neighbour + " was not",
                            remedy);
                }
            }
        }
    }

    private void addTerm(Parameter parameter, Adapter.Term term) {
        if (!modules.linear().containsKey(parameter)
                || term.in() != modules.in(parameter.role())
                || term.out() != modules.out(parameter.role())
                || adapter.replaced().containsKey(parameter)) {
            throw new IllegalArgumentException(
                    "A term " + term.in() + " to " + term.out() + " beside " + parameter);
        }
        String name = PeftFolder.PREFIX + modules.name(parameter);
        add(name + ".lora_A.weight", Shape.of(term.rank(), term.in()), term.a());
        add(name + ".lora_B.weight", Shape.of(term.out(), term.rank()), term.b());
    }

    private void addReplaced(Parameter parameter, float[] replacement) {
        Shape shape = HuggingFaceNames.shape(parameter.role(), modules.config());
        if (shape.elementCount() != replacement.length) {
            throw new IllegalArgumentException(
                    parameter + ": " + shape + " of " + replacement.length + " values");
        }
        String name = HuggingFaceNames.inMemory(parameter, modules.config());
        add(PeftFolder.PREFIX + name, shape, replacement);
    }

    private void add(String name, Shape shape, float[] content) {
        infos.add(new TensorInfo(name, ElementType.FLOAT32, shape));
        values.put(name, content);
    }

    private MemorySegment bytes(TensorInfo info) {
        float[] content = Objects.requireNonNull(values.get(info.name()), info.name());
        var bytes =
                ByteBuffer.allocate(Math.multiplyExact(content.length, Float.BYTES))
                        .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(content);
        return MemorySegment.ofBuffer(bytes);
    }

    private byte[] config(String baseModel) {
        boolean stabilised =
                adapter.terms().values().stream().allMatch(Adapter.Term::rankStabilised);
        ToDoubleFunction<Adapter.Term> alpha = term -> stabilised ? term.alpha() : plainAlpha(term);
        double commonRank = mostCommon(Adapter.Term::rank);
        double commonAlpha = mostCommon(alpha);
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.set("alpha_pattern", patterns(alpha, commonAlpha));
        root.put("base_model_name_or_path", baseModel);
        root.put("bias", "none");
        root.put("fan_in_fan_out", false);
        root.put("inference_mode", true);
        root.put("init_lora_weights", true);
        put(root, "lora_alpha", commonAlpha);
        root.put("lora_dropout", 0.0);
        if (adapter.replaced().isEmpty()) {
            root.putNull("modules_to_save");
        } else {
            var names = root.putArray("modules_to_save");
            savedModules().forEach(names::add);
        }
        root.put("peft_type", "LORA");
        put(root, "r", commonRank);
        root.set("rank_pattern", patterns(Adapter.Term::rank, commonRank));
        putTargets(root);
        root.put("task_type", "CAUSAL_LM");
        root.put("use_dora", false);
        root.put("use_rslora", stabilised);
        try {
            return (JSON.writeValueAsString(root) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("Writing JSON to memory", e);
        }
    }

    /// The alpha that gives the same scale where only some terms are rank-stabilised: the flag is one for all.
    private static double plainAlpha(Adapter.Term term) {
        return term.rankStabilised() ? term.scaling() * term.rank() : term.alpha();
    }

    private double mostCommon(ToDoubleFunction<Adapter.Term> value) {
        Map<Double, Integer> counts = new LinkedHashMap<>();
        for (Adapter.Term term : adapter.terms().values()) {
            counts.merge(value.applyAsDouble(term), 1, Integer::sum);
        }
        int most = counts.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() == most)
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    private static void put(ObjectNode node, String field, double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e9) {
            node.put(field, (int) value);
        } else {
            node.put(field, value);
        }
    }

    /// What differs from the common value: by the last part of the names where all modules of that name agree, otherwise by
    /// whole names.
    private ObjectNode patterns(ToDoubleFunction<Adapter.Term> value, double common) {
        var byLeaf = new TreeMap<String, TreeMap<String, Double>>();
        adapter.terms()
                .forEach((parameter, term) -> {
                    String name = modules.name(parameter);
                    byLeaf.computeIfAbsent(PeftModules.leaf(name), _ -> new TreeMap<>())
                            .put(name, value.applyAsDouble(term));
                });
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        byLeaf.forEach((leaf, byName) -> {
            boolean agree = new TreeSet<>(byName.values()).size() == 1;
            if (agree && byName.firstEntry().getValue() != common) {
                put(node, leaf, byName.firstEntry().getValue());
            } else if (!agree) {
                byName.forEach((name, own) -> {
                    if (own != common) {
                        put(node, name.replace(".", "\\."), own);
                    }
                });
            }
        });
        return node;
    }

    /// Modules whose weights are in the file: the projector as a whole, others by their full names.
    private TreeSet<String> savedModules() {
        var names = new TreeSet<String>();
        for (Parameter parameter : adapter.replaced().keySet()) {
            switch (parameter.role()) {
                case PROJECTOR_WEIGHT, PROJECTOR_BIAS -> names.add("multi_modal_projector");
                default -> names.add(modules.name(parameter));
            }
        }
        return names;
    }

    /// A list of names where it hits these modules and no other one, an expression for whole names otherwise.
    private void putTargets(ObjectNode root) {
        var leaves =
                adapter.terms().keySet().stream()
                        .map(parameter -> PeftModules.leaf(modules.name(parameter)))
                        .collect(Collectors.toCollection(TreeSet::new));
        boolean exact =
                modules.linear().keySet().stream()
                        .allMatch(parameter ->
                                adapter.terms().containsKey(parameter)
                                        == leaves.contains(
                                                PeftModules.leaf(modules.name(parameter))));
        if (exact) {
            var names = root.putArray("target_modules");
            leaves.forEach(names::add);
        } else {
            root.put("target_modules", expression());
        }
    }

    /// One alternative for each set of layers: `.*language_model\.(model\.)?layers\.\d+\.(mlp\.up_proj|self_attn\.q_proj)`.
    private String expression() {
        var layersOf = new TreeMap<Role, TreeSet<Integer>>();
        adapter.terms()
                .keySet()
                .forEach(parameter ->
                        layersOf.computeIfAbsent(parameter.role(), _ -> new TreeSet<>())
                                .add(parameter.layer()));
        var tails = new TreeMap<String, TreeSet<String>>();
        layersOf.forEach((role, layers) -> {
            String name = modules.name(new Parameter(role, layers.first()));
            int split = name.indexOf(".layers.");
            if (split < 0) {
                tails.put(".*" + name.replace(".", "\\."), new TreeSet<>());
                return;
            }
            boolean text = name.startsWith("model.language_model.");
            int all =
                    text
                            ? modules.config().text().numLayers()
                            : modules.config().vision().numLayers();
            String numbers =
                    layers.size() == all
                            ? "\\d+"
                            : layers.stream()
                                    .map(String::valueOf)
                                    .collect(Collectors.joining("|", "(", ")"));
            String head =
                    text
                            ? ".*language_model\\.(model\\.)?layers\\."
                            : ".*vision_tower\\.(vision_model\\.)?encoder\\.layers\\.";
            String tail = name.substring(name.indexOf('.', split + 8) + 1);
            tails.computeIfAbsent(head + numbers + "\\.", _ -> new TreeSet<>())
                    .add(tail.replace(".", "\\."));
        });
        return tails.entrySet().stream()
                .map(entry ->
                        entry.getValue().isEmpty()
                                ? entry.getKey()
                                : entry.getKey()
                                        + entry.getValue().stream()
                                                .collect(Collectors.joining("|", "(", ")")))
                .collect(Collectors.joining("|"));
    }
}

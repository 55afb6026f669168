package org.palimpsest.paligemma.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.palimpsest.checkpoint.BoundedJson;
import org.palimpsest.problem.ProblemException;

/// The `adapter_config.json` of a PEFT folder: which modules have terms, of which rank and scale.
///
/// How names are compared follows peft/tuners/tuners_utils.py, check_target_module_exists, and
/// peft/utils/other.py, get_pattern_key (PEFT 0.21).
final class PeftConfig {
    private static final long MAX_BYTES = 4L << 20;
    private static final int MAX_RANK = 1 << 16;
    private static final int MAX_NAMES = 10_000;

    /// Fields that change what the adapter computes; each has to be absent, null, false or empty.
    private static final List<String> UNSUPPORTED =
            List.of(
                    "use_dora",
                    "lora_bias",
                    "use_qalora",
                    "use_bdlora",
                    "fan_in_fan_out",
                    "trainable_token_indices",
                    "target_parameters",
                    "layer_replication",
                    "alora_invocation_tokens",
                    "arrow_config",
                    "kasa_config",
                    "monteclora_config",
                    "velora_config");

    /// Starts that leave the base model as it is; the others take away from its weights what they put into A and B.
    private static final Set<String> PLAIN_STARTS = Set.of("gaussian", "eva", "orthogonal");

    private record PatternValue(ModulePattern pattern, double value) {}

    private final Path file;
    private final JsonNode root;
    private final int rank;
    private final double alpha;
    private final boolean rankStabilised;
    private final List<PatternValue> ranks;
    private final List<PatternValue> alphas;
    private final Names targets;
    private final Optional<Names> excluded;
    private final Set<Integer> layers;
    private final List<ModulePattern> layerPatterns = new ArrayList<>();
    private final List<String> modulesToSave;

    /// A list of names, or one expression for whole names.
    private record Names(List<String> endings, @Nullable ModulePattern expression) {
        boolean match(String module) {
            return expression != null
                    ? expression.matches(module)
                    : endings.stream()
                            .anyMatch(name -> module.equals(name) || module.endsWith("." + name));
        }
    }

    private PeftConfig(Path file) throws ProblemException {
        this.file = file;
        this.root = BoundedJson.readObject(file, MAX_BYTES);
        refuseOtherMethods();
        this.rank = rank("r", required("r"));
        this.alpha = number("lora_alpha", required("lora_alpha"));
        this.rankStabilised = flag("use_rslora");
        this.ranks = patterns("rank_pattern");
        for (PatternValue each : ranks) {
            requireRank("rank_pattern", each.value());
        }
        this.alphas = patterns("alpha_pattern");
        this.targets = names("target_modules", required("target_modules"));
        JsonNode exclude = find("exclude_modules");
        this.excluded =
                exclude == null ? Optional.empty() : Optional.of(names("exclude_modules", exclude));
        this.layers = layers();
        JsonNode saved = find("modules_to_save");
        this.modulesToSave = saved == null ? List.of() : texts("modules_to_save", saved);
    }

    static PeftConfig read(Path file) throws ProblemException {
        return new PeftConfig(file);
    }

    private void refuseOtherMethods() throws ProblemException {
        String type = required("peft_type").asText();
        if (!type.equals("LORA")) {
            throw unsupported("peft_type is " + quoted(type) + ", expected LORA");
        }
        String bias = root.path("bias").asText("none");
        if (!bias.equals("none")) {
            throw unsupported("bias is " + quoted(bias) + ", expected none");
        }
        for (String field : UNSUPPORTED) {
            JsonNode value = find(field);
            boolean off =
                    value == null
                            || value.isBoolean() && !value.booleanValue()
                            || value.isContainerNode() && value.isEmpty();
            if (!off && value != null) {
                throw unsupported(field + " is " + shown(value) + ", which this program lacks");
            }
        }
        JsonNode start = find("init_lora_weights");
        if (start != null && start.isTextual() && !PLAIN_STARTS.contains(start.textValue())) {
            throw unsupported(
                    "init_lora_weights is "
                            + shown(start)
                            + ", which changes the weights of the base model as well");
        }
    }

    boolean rankStabilised() {
        return rankStabilised;
    }

    List<String> modulesToSave() {
        return modulesToSave;
    }

    /// Whether a module has a term.
    ///
    /// @param names all names that the module has had
    boolean targets(List<String> names) throws ProblemException {
        try {
            return names.stream().anyMatch(this::hits)
                    && (excluded.isEmpty() || names.stream().noneMatch(excluded.get()::match));
        } catch (IllegalArgumentException e) {
            throw unsupported("target_modules or exclude_modules: " + e.getMessage());
        }
    }

    private boolean hits(String module) {
        if (!targets.match(module)) {
            return false;
        }
        if (layers.isEmpty() || targets.endings().contains(module)) {
            return true;
        }
        for (ModulePattern pattern : layerPatterns) {
            Optional<String> layer = ModulePattern.group(pattern, module);
            if (layer.isPresent()) {
                return layer.get().length() <= 6 && layers.contains(Integer.parseInt(layer.get()));
            }
        }
        return false;
    }

    int rankOf(List<String> names) throws ProblemException {
        return (int) valueOf(ranks, names, rank);
    }

    double alphaOf(List<String> names) throws ProblemException {
        return valueOf(alphas, names, alpha);
    }

    private double valueOf(List<PatternValue> patterns, List<String> names, double otherwise)
            throws ProblemException {
        try {
            return patterns.stream()
                    .filter(each -> names.stream().anyMatch(each.pattern()::matches))
                    .findFirst()
                    .map(PatternValue::value)
                    .orElse(otherwise);
        } catch (IllegalArgumentException e) {
            throw unsupported("rank_pattern or alpha_pattern: " + e.getMessage());
        }
    }

    private List<PatternValue> patterns(String field) throws ProblemException {
        JsonNode node = find(field);
        if (node == null) {
            return List.of();
        }
        if (!node.isObject() || node.size() > MAX_NAMES) {
            throw unsupported(field + " should be an object of numbers, found " + shown(node));
        }
        Map<String, JsonNode> entries = new LinkedHashMap<>();
        node.properties().forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
        var patterns = new ArrayList<PatternValue>();
        for (var entry : entries.entrySet()) {
            double value = number(field + "." + entry.getKey(), entry.getValue());
            try {
                patterns.add(new PatternValue(ModulePattern.ofEnding(entry.getKey()), value));
            } catch (IllegalArgumentException e) {
                throw unsupported(field + ": " + e.getMessage());
            }
        }
        return patterns;
    }

    private Names names(String field, JsonNode node) throws ProblemException {
        if (node.isTextual()) {
            try {
                return new Names(List.of(), ModulePattern.of(node.textValue()));
            } catch (IllegalArgumentException e) {
                throw unsupported(field + ": " + e.getMessage());
            }
        }
        return new Names(texts(field, node), null);
    }

    private List<String> texts(String field, JsonNode node) throws ProblemException {
        if (!node.isArray() || node.size() > MAX_NAMES) {
            throw unsupported(field + " should be a list of names, found " + shown(node));
        }
        var texts = new ArrayList<String>();
        for (JsonNode each : node) {
            if (!each.isTextual() || each.textValue().isEmpty()) {
                throw unsupported(field + " should hold names, found " + shown(each));
            }
            texts.add(each.textValue());
        }
        return List.copyOf(texts);
    }

    private Set<Integer> layers() throws ProblemException {
        JsonNode node = find("layers_to_transform");
        if (node == null) {
            return Set.of();
        }
        if (targets.expression() != null) {
            throw unsupported(
                    "layers_to_transform needs a list in target_modules, found an expression");
        }
        var numbers = new HashSet<Integer>();
        for (JsonNode each : node.isArray() ? node : List.of(node)) {
            if (!each.canConvertToInt() || each.intValue() < 0 || numbers.size() > MAX_NAMES) {
                throw unsupported("layers_to_transform should hold layers, found " + shown(each));
            }
            numbers.add(each.intValue());
        }
        JsonNode pattern = find("layers_pattern");
        var between = new ArrayList<String>();
        if (pattern != null && pattern.isTextual()) {
            between.add(pattern.textValue());
        } else if (pattern != null) {
            between.addAll(texts("layers_pattern", pattern));
        }
        try {
            if (between.isEmpty()) {
                layerPatterns.add(ModulePattern.of(".*\\.[^.]*\\.(\\d+)\\."));
            }
            for (String each : between) {
                layerPatterns.add(ModulePattern.of(".*\\.(?:" + each + ")\\.(\\d+)\\."));
            }
        } catch (IllegalArgumentException e) {
            throw unsupported("layers_pattern: " + e.getMessage());
        }
        return numbers;
    }

    private int rank(String field, JsonNode node) throws ProblemException {
        double value = number(field, node);
        requireRank(field, value);
        return (int) value;
    }

    private void requireRank(String field, double value) throws ProblemException {
        if (value != Math.rint(value) || value < 1 || value > MAX_RANK) {
            throw unsupported(
                    field + " should be a whole number from 1 to " + MAX_RANK + ", found " + value);
        }
    }

    private double number(String field, JsonNode node) throws ProblemException {
        double value = node.isNumber() ? node.doubleValue() : Double.NaN;
        if (!(Math.abs(value) <= 1e9)) {
            throw unsupported(field + " should be a number, found " + shown(node));
        }
        return value;
    }

    private boolean flag(String field) throws ProblemException {
        JsonNode node = find(field);
        if (node != null && !node.isBoolean()) {
            throw unsupported(field + " should be true or false, found " + shown(node));
        }
        return node != null && node.booleanValue();
    }

    private @Nullable JsonNode find(String field) {
        JsonNode node = root.get(field);
        return node == null || node.isNull() ? null : node;
    }

    private JsonNode required(String field) throws ProblemException {
        JsonNode node = find(field);
        if (node == null) {
            throw unsupported(field + " is missing");
        }
        return node;
    }

    private static String shown(JsonNode node) {
        String text = node.toString();
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }

    private static String quoted(String text) {
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }

    private ProblemException unsupported(String detail) {
        return new ProblemException(
                "This adapter cannot be used",
                file + ": " + detail,
                "Choose a LoRA adapter as PEFT saves it, or merge it with PEFT and open the merged model");
    }
}

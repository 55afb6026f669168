package org.palimpsest.training.lora;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.palimpsest.paligemma.config.PaliGemmaConfig;
import org.palimpsest.paligemma.graph.Adaptation;
import org.palimpsest.paligemma.weights.HuggingFaceNames;
import org.palimpsest.paligemma.weights.PaliGemmaWeights;
import org.palimpsest.paligemma.weights.Parameter;
import org.palimpsest.problem.ProblemException;

/// Finds the parameters that a name means: a [ModelPart] such as `text`, or a pattern of names in Hugging Face
/// checkpoints, where `*` stands for any characters, such as `language_model.*.q_proj.weight`.
///
/// Every spelling counts that the library's versions have had, and the names are the same for every layout of checkpoint.
/// A part has a term of low rank beside each of its matrices; a pattern must not name anything else.
public final class ParameterPattern {
    private static final int NAMES_SHOWN = 3;

    private final PaliGemmaConfig config;
    private final List<Parameter> all;

    private ParameterPattern(PaliGemmaConfig config) {
        this.config = config;
        this.all = Parameter.all(config);
    }

    /// What of a model is trained. A matrix that is trained whole gets no term.
    ///
    /// @throws ProblemException if a name means nothing in this model, a term would stand beside what is no matrix, or
    /// nothing is to be trained
    public static Adaptation adaptation(TrainedParts parts, PaliGemmaWeights weights)
            throws ProblemException {
        return adaptation(parts, weights.config());
    }

    static Adaptation adaptation(TrainedParts parts, PaliGemmaConfig config)
            throws ProblemException {
        var pattern = new ParameterPattern(config);
        var whole = new LinkedHashSet<Parameter>();
        for (String name : parts.whole()) {
            whole.addAll(pattern.whole(name));
        }
        var matrices = new LinkedHashSet<Parameter>();
        for (String name : parts.loraTargets()) {
            matrices.addAll(pattern.matrices(name));
        }
        matrices.removeAll(whole);
        if (parts.lora().isPresent() && parts.loraTargets().isEmpty()) {
            throw new ProblemException(
                    "No matrices are named beside which terms of low rank could stand",
                    "",
                    "Name them, such as " + ModelPart.TEXT.word());
        }
        if (parts.lora().isEmpty() && !parts.loraTargets().isEmpty()) {
            throw new ProblemException(
                    "Matrices are named for terms of low rank, but no rank is given",
                    String.join(", ", parts.loraTargets()),
                    "Give a rank, or train these parameters whole");
        }
        if (whole.isEmpty() && matrices.isEmpty()) {
            throw new ProblemException(
                    "Nothing is to be trained", "", "Name parts of the model, such as text");
        }
        return pattern.adaptation(parts, matrices, whole);
    }

    /// In the order of [Parameter#all], whatever order the names had.
    private Adaptation adaptation(
            TrainedParts parts, Set<Parameter> matrices, Set<Parameter> whole) {
        var terms = new LinkedHashMap<Parameter, Adaptation.LowRank>();
        var given = new LinkedHashSet<Parameter>();
        for (Parameter parameter : all) {
            if (matrices.contains(parameter)) {
                LoraConfig lora = parts.lora().orElseThrow();
                terms.put(
                        parameter,
                        new Adaptation.LowRank(lora.rank(), lora.scaling(), lora.dropout()));
            }
            if (whole.contains(parameter)) {
                given.add(parameter);
            }
        }
        return new Adaptation(terms, given);
    }

    private List<Parameter> whole(String name) throws ProblemException {
        for (ModelPart part : ModelPart.values()) {
            if (part.word().equals(name)) {
                return all.stream().filter(parameter -> part.has(parameter.role())).toList();
            }
        }
        return named(name);
    }

    private List<Parameter> matrices(String name) throws ProblemException {
        for (ModelPart part : ModelPart.values()) {
            if (part.word().equals(name) && part.hasMatrices()) {
                return all.stream()
                        .filter(parameter -> part.has(parameter.role()))
                        .filter(parameter -> HuggingFaceNames.isLinear(parameter.role()))
                        .toList();
            }
        }
        List<Parameter> found = whole(name);
        List<String> others =
                found.stream()
                        .filter(parameter -> !HuggingFaceNames.isLinear(parameter.role()))
                        .map(parameter -> HuggingFaceNames.onDisk(parameter, config))
                        .toList();
        if (!others.isEmpty()) {
            throw new ProblemException(
                    "A term of low rank needs the matrix of a linear layer beside it",
                    "'" + name + "' names " + shortened(others),
                    "Train these whole, or use a pattern of matrices alone, such as"
                            + " language_model.*_proj.weight");
        }
        return found;
    }

    private List<Parameter> named(String name) throws ProblemException {
        var pattern =
                Pattern.compile(
                        Arrays.stream(name.split("\\*", -1))
                                .map(Pattern::quote)
                                .collect(Collectors.joining(".*")));
        var found = new ArrayList<Parameter>();
        for (Parameter parameter : all) {
            if (HuggingFaceNames.spellings(parameter, config).stream()
                    .anyMatch(spelling -> pattern.matcher(spelling).matches())) {
                found.add(parameter);
            }
        }
        if (found.isEmpty()) {
            throw unknown(name);
        }
        return found;
    }

    private ProblemException unknown(String name) {
        String parts =
                Arrays.stream(ModelPart.values())
                        .map(ModelPart::word)
                        .collect(Collectors.joining(", "));
        String names =
                all.stream()
                        .map(parameter -> HuggingFaceNames.onDisk(parameter, config))
                        .map(each -> each.replaceAll("\\.\\d+\\.", ".*."))
                        .distinct()
                        .collect(Collectors.joining(", "));
        return new ProblemException(
                "The model has no part or parameter of this name",
                "'" + name + "'",
                "Parts are " + parts + "; parameters are " + names);
    }

    private static String shortened(List<String> names) {
        String first = names.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "));
        int more = names.size() - NAMES_SHOWN;
        return more > 0 ? first + " and " + more + " more" : first;
    }
}

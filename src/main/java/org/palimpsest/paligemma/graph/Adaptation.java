package org.palimpsest.paligemma.graph;

import java.lang.foreign.Arena;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.palimpsest.paligemma.weights.HuggingFaceNames;
import org.palimpsest.paligemma.weights.PaliGemmaWeights;
import org.palimpsest.paligemma.weights.Parameter;
import org.palimpsest.paligemma.weights.Role;
import org.palimpsest.paligemma.weights.Weight;
import org.palimpsest.problem.ProblemException;

/// Where a graph departs from its checkpoint: terms of low rank beside matrices, and weights that the caller gives.
///
/// A term turns y = W·x into y = W·x + scaling·B·(A·x), with A `[rank, in]` and B `[out, rank]` (Hu et al., LoRA,
/// arXiv 2106.09685). A, B and the given weights are float32 inputs of the graph, called as [#a], [#b] and
/// [#weight] say.
///
/// @param terms by the matrix that each stands beside, in the order of [Parameter#all]
/// @param given the weights that come from the caller, in the shape that their layout speaks of
/// @param open matrices with a term whose A and B may be given to a run, with the scale multiplied into B; of rank 0 where
///     they are not, and then without effect
/// @param replaceable weights for which a run may be given others, in float32 and the shape that their layout speaks of; with
///     the values that hold where it is not
public record Adaptation(
        Map<Parameter, LowRank> terms,
        Set<Parameter> given,
        Set<Parameter> open,
        Map<Parameter, float[]> replaceable) {
    public static final Adaptation NONE = new Adaptation(Map.of(), Set.of());

    /// The size of a term.
    ///
    /// @param scaling `alpha / rank`, or `alpha / √rank` with rank-stabilised LoRA
    /// @param dropout the share of x that is zeroed on the way into A, while training
    public record LowRank(int rank, double scaling, double dropout) {
        public LowRank {
            if (rank < 1 || !Double.isFinite(scaling) || !(dropout >= 0 && dropout < 1)) {
                throw new IllegalArgumentException(
                        "Rank " + rank + ", scaling " + scaling + ", dropout " + dropout);
            }
        }
    }

    public Adaptation(Map<Parameter, LowRank> terms, Set<Parameter> given) {
        this(terms, given, Set.of(), Map.of());
    }

    /// For a graph whose runs may take any adapter: terms beside all linear layers, and the projector's weights.
    ///
    /// @throws ProblemException if the projector's weights cannot be read
    public static Adaptation anyOf(PaliGemmaWeights weights) throws ProblemException {
        var open = new LinkedHashSet<Parameter>();
        var replaceable = new LinkedHashMap<Parameter, float[]>();
        for (Weight weight : weights.all()) {
            Parameter parameter = weight.parameter();
            if (HuggingFaceNames.isLinear(parameter.role())) {
                open.add(parameter);
            }
            if (isReplaceable(parameter)) {
                // Copied into the graph: ONNX Runtime 1.28 crashes on replaceable float16 weights.
                try (Arena arena = Arena.ofConfined()) {
                    replaceable.put(parameter, weights.map(weight, arena).toFloats());
                }
            }
        }
        return new Adaptation(Map.of(), Set.of(), open, replaceable);
    }

    /// Whether a run of an open graph may be given other values of a weight.
    public static boolean isReplaceable(Parameter parameter) {
        return parameter.role() == Role.PROJECTOR_WEIGHT || parameter.role() == Role.PROJECTOR_BIAS;
    }

    public Adaptation {
        terms = Collections.unmodifiableMap(new LinkedHashMap<>(terms));
        given = Collections.unmodifiableSet(new LinkedHashSet<>(given));
        open = Collections.unmodifiableSet(new LinkedHashSet<>(open));
        replaceable = Collections.unmodifiableMap(new LinkedHashMap<>(replaceable));
        if (open.stream().anyMatch(terms::containsKey)
                || replaceable.keySet().stream().anyMatch(given::contains)) {
            throw new IllegalArgumentException("Both fixed and open: " + terms + ", " + given);
        }
    }

    /// The input that is matrix A of a term.
    public static String a(Parameter parameter) {
        return "lora_a." + ModelBuilder.name(parameter);
    }

    /// The input that is a weight given by the caller.
    public static String weight(Parameter parameter) {
        return ModelBuilder.name(parameter);
    }

    /// The input that is matrix B of a term.
    public static String b(Parameter parameter) {
        return "lora_b." + ModelBuilder.name(parameter);
    }
}

package org.palimpsest.paligemma.graph;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.palimpsest.paligemma.weights.Parameter;

/// Where a graph departs from its checkpoint: terms of low rank beside matrices, and weights that the caller gives.
///
/// A term turns y = W·x into y = W·x + scaling·B·(A·x), with A `[rank, in]` and B `[out, rank]` (Hu et al., LoRA,
/// arXiv 2106.09685). A, B and the given weights are float32 inputs of the graph, called as [#a], [#b] and
/// [#name] say.
///
/// @param terms by the matrix that each stands beside, in the order of [Parameter#all]
/// @param given the weights that come from the caller, in the shape that their layout speaks of
public record Adaptation(Map<Parameter, LowRank> terms, Set<Parameter> given) {
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

    public Adaptation {
        terms = Collections.unmodifiableMap(new LinkedHashMap<>(terms));
        given = Collections.unmodifiableSet(new LinkedHashSet<>(given));
    }

    /// The input that is matrix A of a term.
    public static String a(Parameter parameter) {
        return "lora_a." + ModelBuilder.name(parameter);
    }

    /// The input that is matrix B of a term.
    public static String b(Parameter parameter) {
        return "lora_b." + ModelBuilder.name(parameter);
    }

    /// The input that is a given weight.
    public static String name(Parameter parameter) {
        return ModelBuilder.name(parameter);
    }
}

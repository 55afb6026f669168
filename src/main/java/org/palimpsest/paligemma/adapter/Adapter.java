package org.palimpsest.paligemma.adapter;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.palimpsest.paligemma.weights.Parameter;

/// What fine-tuning changed of a model: terms of low rank beside its matrices, and weights in place of its own.
///
/// The arrays are not copied; nobody changes them.
///
/// @param terms in the order of [Parameter#all]
/// @param replaced float32 values in the shape and layout of Hugging Face checkpoints
public record Adapter(Map<Parameter, Term> terms, Map<Parameter, float[]> replaced) {

    /// One term: y = W·x + scaling·B·(A·x).
    ///
    /// @param alpha PEFT's `lora_alpha`
    /// @param rankStabilised whether scaling is `alpha / √rank` instead of `alpha / rank`
    /// @param a `[rank, in]`
    /// @param b `[out, rank]`
    public record Term(int rank, double alpha, boolean rankStabilised, float[] a, float[] b) {
        public Term {
            if (rank < 1 || a.length % rank != 0 || b.length % rank != 0) {
                throw new IllegalArgumentException(
                        "Rank " + rank + " of " + a.length + " and " + b.length + " values");
            }
        }

        public double scaling() {
            return alpha / (rankStabilised ? Math.sqrt(rank) : rank);
        }

        public int in() {
            return a.length / rank;
        }

        public int out() {
            return b.length / rank;
        }
    }

    public Adapter {
        terms = Collections.unmodifiableMap(new LinkedHashMap<>(terms));
        replaced = Collections.unmodifiableMap(new LinkedHashMap<>(replaced));
    }
}

package org.palimpsest.training.lora;

/// The terms of low rank that are trained (Hu et al., arXiv 2106.09685).
///
/// @param alpha scaling is `alpha / rank`
/// @param dropout the share of a term's input that is zeroed while training
/// @param rankStabilised whether scaling is `alpha / √rank`
public record LoraConfig(int rank, double alpha, double dropout, boolean rankStabilised) {
    public static final LoraConfig STANDARD = new LoraConfig(8, 16, 0, false);

    public LoraConfig {
        if (rank < 1 || rank > 1024 || !(alpha > 0 && Double.isFinite(alpha))) {
            throw new IllegalArgumentException("Rank " + rank + ", alpha " + alpha);
        }
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("Dropout " + dropout);
        }
    }

    public double scaling() {
        return alpha / (rankStabilised ? Math.sqrt(rank) : rank);
    }
}

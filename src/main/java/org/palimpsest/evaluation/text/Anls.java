package org.palimpsest.evaluation.text;

import java.util.Collection;

/// Average normalised Levenshtein similarity, the score of DocVQA and its relatives (Biten et al., Scene Text Visual
/// Question Answering, 2019, equation 1; big_vision evaluators/proj/paligemma/transfers/vqa.py, anls_metric, 0127fb6).
///
/// The distance is counted in Unicode code points. Nothing is trimmed or put into lower case.
public final class Anls {
    /// An answer this far away, in shares of the longer text, or further counts as wrong.
    public static final double THRESHOLD = 0.5;

    private Anls() {}

    /// Similarity of an answer to one target, 0 to 1.
    public static double score(String target, String prediction) {
        if (target.isEmpty()) {
            return prediction.isEmpty() ? 1 : 0;
        }
        int longer =
                Math.max(
                        target.codePointCount(0, target.length()),
                        prediction.codePointCount(0, prediction.length()));
        double distance = (double) EditDistance.ofCharacters(target, prediction) / longer;
        return distance < THRESHOLD ? 1 - distance : 0;
    }

    /// Similarity to the nearest of several targets; 0 where there is none.
    public static double best(Collection<String> targets, String prediction) {
        return targets.stream().mapToDouble(target -> score(target, prediction)).max().orElse(0);
    }
}

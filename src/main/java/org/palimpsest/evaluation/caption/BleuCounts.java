package org.palimpsest.evaluation.caption;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// What BLEU is computed from (Papineni et al., 2002); adds up over captions, since BLEU of a set is no mean.
///
/// Follows pycocoevalcap (salaniz/pycocoevalcap bleu/bleu_scorer.py, ad63453): the reference whose length is nearest
/// counts, the shorter of two that are equally near; small numbers keep every quotient finite.
///
/// @param correct for one to four words, sequences that occur in a reference, each at most as often as in one reference
/// @param guessed for one to four words, sequences of the candidate
/// @param length words of the candidate
/// @param referenceLength words of the nearest references
public record BleuCounts(
        List<Long> correct, List<Long> guessed, long length, long referenceLength) {
    public static final BleuCounts NONE =
            new BleuCounts(
                    Collections.nCopies(NGrams.LONGEST, 0L),
                    Collections.nCopies(NGrams.LONGEST, 0L),
                    0,
                    0);

    private static final double SMALL = 1e-9;
    private static final double TINY = 1e-15;

    public BleuCounts {
        correct = List.copyOf(correct);
        guessed = List.copyOf(guessed);
    }

    static BleuCounts of(NGrams candidate, List<NGrams> references) {
        var correct = new ArrayList<Long>();
        var guessed = new ArrayList<Long>();
        for (int length = 1; length <= NGrams.LONGEST; length++) {
            long right = 0;
            for (var entry : candidate.ofLength(length).entrySet()) {
                int most = 0;
                for (var reference : references) {
                    most =
                            Math.max(
                                    most,
                                    reference.ofLength(length).getOrDefault(entry.getKey(), 0));
                }
                right += Math.min(most, entry.getValue());
            }
            correct.add(right);
            guessed.add((long) candidate.total(length));
        }
        int nearest = references.getFirst().wordCount();
        for (var reference : references) {
            int distance = Math.abs(reference.wordCount() - candidate.wordCount());
            int best = Math.abs(nearest - candidate.wordCount());
            if (distance < best || (distance == best && reference.wordCount() < nearest)) {
                nearest = reference.wordCount();
            }
        }
        return new BleuCounts(correct, guessed, candidate.wordCount(), nearest);
    }

    public BleuCounts plus(BleuCounts other) {
        return new BleuCounts(
                sum(correct, other.correct),
                sum(guessed, other.guessed),
                length + other.length,
                referenceLength + other.referenceLength);
    }

    private static List<Long> sum(List<Long> a, List<Long> b) {
        var sum = new ArrayList<Long>();
        for (int i = 0; i < a.size(); i++) {
            sum.add(a.get(i) + b.get(i));
        }
        return sum;
    }

    /// BLEU up to sequences of so many words: the geometric mean of the precisions, less for a candidate that is too short.
    ///
    /// @param words 1 to 4
    public double bleu(int words) {
        double product = 1;
        for (int i = 0; i < words; i++) {
            product *= (correct.get(i) + TINY) / (guessed.get(i) + SMALL);
        }
        double ratio = (length + TINY) / (referenceLength + SMALL);
        double score = Math.pow(product, 1.0 / words);
        return ratio < 1 ? score * Math.exp(1 - 1 / ratio) : score;
    }
}

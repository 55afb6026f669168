package org.palimpsest.evaluation.caption;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// CIDEr-D of captions (Vedantam et al., 2015; salaniz/pycocoevalcap cider/cider_scorer.py, ad63453): how much a candidate
/// shares with the references, each word sequence weighed by how few images have it.
///
/// The images that are scored are those that the weights come from, so a score depends on the whole set; with one image
/// every score is 0.
final class CiderD {
    private static final double SIGMA = 6;

    private final Map<List<String>, Integer> imagesWith = new HashMap<>();
    private final double logImageCount;

    private CiderD(List<List<NGrams>> referencesOfImages) {
        for (var references : referencesOfImages) {
            var found = new LinkedHashSet<List<String>>();
            for (var reference : references) {
                reference.byLength().forEach(counts -> found.addAll(counts.keySet()));
            }
            found.forEach(words -> imagesWith.merge(words, 1, Integer::sum));
        }
        logImageCount = Math.log(referencesOfImages.size());
    }

    /// The scores of the images in their order.
    static List<Double> scores(List<NGrams> candidates, List<List<NGrams>> references) {
        var cider = new CiderD(references);
        var scores = new ArrayList<Double>();
        for (int i = 0; i < candidates.size(); i++) {
            scores.add(cider.score(candidates.get(i), references.get(i)));
        }
        return scores;
    }

    private double score(NGrams candidate, List<NGrams> references) {
        var own = weigh(candidate);
        double sum = 0;
        for (var reference : references) {
            sum += similarity(own, weigh(reference));
        }
        return sum / NGrams.LONGEST / references.size() * 10;
    }

    /// @param weights of the sequences of one word, of two …
    /// @param norms of the weights
    /// @param length as the script counts it: sequences of two words
    private record Weighed(
            List<Map<List<String>, Double>> weights, List<Double> norms, int length) {}

    private Weighed weigh(NGrams caption) {
        var weights = new ArrayList<Map<List<String>, Double>>();
        var norms = new ArrayList<Double>();
        for (var counts : caption.byLength()) {
            var weighed = new HashMap<List<String>, Double>();
            double squares = 0;
            for (var entry : counts.entrySet()) {
                double rarity =
                        logImageCount
                                - Math.log(Math.max(1, imagesWith.getOrDefault(entry.getKey(), 0)));
                double weight = entry.getValue() * rarity;
                weighed.put(entry.getKey(), weight);
                squares += weight * weight;
            }
            weights.add(weighed);
            norms.add(Math.sqrt(squares));
        }
        return new Weighed(weights, norms, caption.total(2));
    }

    /// The sum over the four lengths of the cosine, in which a sequence counts no more than in the reference, times a
    /// penalty for another length of the caption.
    private static double similarity(Weighed candidate, Weighed reference) {
        double sum = 0;
        for (int n = 0; n < NGrams.LONGEST; n++) {
            double product = 0;
            for (var entry : candidate.weights().get(n).entrySet()) {
                double weight = reference.weights().get(n).getOrDefault(entry.getKey(), 0.0);
                product += Math.min(entry.getValue(), weight) * weight;
            }
            double norm = candidate.norms().get(n) * reference.norms().get(n);
            sum += norm == 0 ? product : product / norm;
        }
        double delta = candidate.length() - reference.length();
        return sum * Math.exp(-delta * delta / (2 * SIGMA * SIGMA));
    }
}

package org.palimpsest.evaluation.review;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.palimpsest.dataset.ImageId;

/// Ranks images by what a person should look at next.
///
/// Signals have no common scale, so their ranks are combined: an image's rank in a signal is the share of the other images
/// that have a lower value, 0 where the signal says nothing about it; its urgency is the mean of its ranks, weighed. Equal
/// urgencies keep the order in which the images came.
///
/// Images pass one by one; of each only its numbers stay.
public final class ReviewQueue {
    /// Uncertainty and disagreement count most, rarity breaks ties.
    public static final Map<ReviewSignal, Double> USUAL_WEIGHTS =
            Map.of(
                    ReviewSignal.LOW_SCORE, 1.0,
                    ReviewSignal.DISAGREEMENT, 1.0,
                    ReviewSignal.IMPROBABLE_TEXT, 0.5,
                    ReviewSignal.RARE_LABEL, 0.25);

    private record Entry(ImageId image, int place, Map<ReviewSignal, Double> signals) {}

    private record Ranked(Entry entry, double urgency) {}

    private static final Comparator<Ranked> MOST_URGENT_FIRST =
            Comparator.comparingDouble(Ranked::urgency)
                    .reversed()
                    .thenComparingInt(ranked -> ranked.entry().place());

    private final EnumMap<ReviewSignal, Double> weights = new EnumMap<>(ReviewSignal.class);
    private final List<Entry> entries = new ArrayList<>();
    private final Set<ImageId> images = new HashSet<>();

    /// @param weights how much each signal counts; one that is missing does not count
    /// @throws IllegalArgumentException if a weight is negative or all are 0
    public ReviewQueue(Map<ReviewSignal, Double> weights) {
        weights.forEach((signal, weight) -> {
            if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("Weight of " + signal + " is " + weight);
            }
            if (weight > 0) {
                this.weights.put(signal, weight);
            }
        });
        if (this.weights.isEmpty()) {
            throw new IllegalArgumentException("No signal counts: " + weights);
        }
    }

    /// Adds an image with the signals that say something about it.
    ///
    /// @throws IllegalArgumentException if the image was added before or a signal is no finite number
    public void add(ImageId image, Map<ReviewSignal, Double> signals) {
        if (!images.add(image)) {
            throw new IllegalArgumentException("Image was added before: " + image);
        }
        signals.forEach((signal, value) -> {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(signal + " of " + image + ": " + value);
            }
        });
        entries.add(new Entry(image, entries.size(), Map.copyOf(signals)));
    }

    /// The most urgent images, the first one first.
    ///
    /// @param count how many at most
    public List<ReviewItem> top(int count) {
        var ranks = new EnumMap<ReviewSignal, double[]>(ReviewSignal.class);
        weights.keySet().forEach(signal -> ranks.put(signal, sortedValues(signal)));
        double totalWeight = weights.values().stream().mapToDouble(Double::doubleValue).sum();
        // The head is the least urgent of those that are kept.
        var kept = new PriorityQueue<>(MOST_URGENT_FIRST.reversed());
        for (var entry : entries) {
            double sum = 0;
            for (var weight : weights.entrySet()) {
                var value = entry.signals().get(weight.getKey());
                var sorted = ranks.get(weight.getKey());
                if (value != null && sorted != null) {
                    sum += weight.getValue() * rank(sorted, value);
                }
            }
            kept.add(new Ranked(entry, sum / totalWeight));
            if (kept.size() > count) {
                kept.remove();
            }
        }
        return kept.stream()
                .sorted(MOST_URGENT_FIRST)
                .map(ranked ->
                        new ReviewItem(
                                ranked.entry().image(), ranked.urgency(), ranked.entry().signals()))
                .toList();
    }

    private double[] sortedValues(ReviewSignal signal) {
        return entries.stream()
                .filter(entry -> entry.signals().containsKey(signal))
                .mapToDouble(entry -> entry.signals().getOrDefault(signal, 0.0))
                .sorted()
                .toArray();
    }

    /// The share of the other values that are lower.
    private static double rank(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return sorted.length < 2 ? 0 : (double) low / (sorted.length - 1);
    }
}

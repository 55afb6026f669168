package org.palimpsest.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.palimpsest.geometry.Box;
import org.palimpsest.geometry.Mask;
import org.palimpsest.geometry.Region;

/// Precision, recall and F1 of every label at one overlap; adds up over images.
///
/// @param byLabel in the order of the labels' names
public record LabelCounts(SortedMap<String, DetectionCounts> byLabel) {
    public static final LabelCounts NONE = new LabelCounts(new TreeMap<>());

    public LabelCounts {
        byLabel = Collections.unmodifiableSortedMap(new TreeMap<>(byLabel));
    }

    /// Counts one image.
    ///
    /// @param minimumIou the overlap from which a box counts as found, 0.5 in F1@0.5
    public static LabelCounts of(
            List<LabeledRegion<Box>> predicted,
            List<LabeledRegion<Box>> actual,
            double minimumIou) {
        return of(
                predicted,
                actual,
                (claimed, there) -> DetectionCounts.of(claimed, there, minimumIou));
    }

    /// Counts the masks of one image.
    ///
    /// @param minimumIou the overlap from which a mask counts as found
    public static LabelCounts ofMasks(
            List<LabeledRegion<Mask>> predicted,
            List<LabeledRegion<Mask>> actual,
            double minimumIou) {
        return of(
                predicted,
                actual,
                (claimed, there) -> DetectionCounts.ofMasks(claimed, there, minimumIou));
    }

    private static <R extends Region> LabelCounts of(
            List<LabeledRegion<R>> predicted, List<LabeledRegion<R>> actual, BinaryCount<R> count) {
        var predictedByLabel = group(predicted);
        var actualByLabel = group(actual);
        var labels = new TreeMap<String, DetectionCounts>();
        for (var regions : List.of(predictedByLabel, actualByLabel)) {
            for (var label : regions.keySet()) {
                labels.computeIfAbsent(
                        label,
                        name ->
                                count.of(
                                        predictedByLabel.getOrDefault(name, List.of()),
                                        actualByLabel.getOrDefault(name, List.of())));
            }
        }
        return new LabelCounts(labels);
    }

    private interface BinaryCount<R extends Region> {
        DetectionCounts of(List<LabeledRegion<R>> predicted, List<LabeledRegion<R>> actual);
    }

    private static <R extends Region> Map<String, List<LabeledRegion<R>>> group(
            List<LabeledRegion<R>> regions) {
        var groups = new TreeMap<String, List<LabeledRegion<R>>>();
        for (var region : regions) {
            groups.computeIfAbsent(region.label(), _ -> new ArrayList<>()).add(region);
        }
        return groups;
    }

    public LabelCounts plus(LabelCounts other) {
        var sum = new TreeMap<>(byLabel);
        other.byLabel.forEach((label, counts) -> sum.merge(label, counts, DetectionCounts::plus));
        return new LabelCounts(sum);
    }

    /// The counts of all labels together, which weighs every object alike.
    public DetectionCounts total() {
        return byLabel.values().stream().reduce(DetectionCounts.NONE, DetectionCounts::plus);
    }

    /// Mean F1 over the labels that occur in the truth, which weighs every label alike; 1 where none occurs.
    public double macroF1() {
        return byLabel.values().stream()
                .filter(counts -> counts.actual() > 0)
                .mapToDouble(DetectionCounts::f1)
                .average()
                .orElse(1);
    }
}

package org.palimpsest.evaluation.detection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What is remembered of one label: a few numbers for each detection, whatever the size of the images.
final class LabelRecords {
    /// @param image key of the image
    /// @param rank place among the image's detections of the label, the best is 0
    /// @param verdicts for each [AreaRange], as [ImageMatcher#verdicts] gives them
    record Entry(long image, int rank, double score, int[] verdicts) {}

    /// @param positives objects to be found in each [AreaRange]
    record Truth(long image, int[] positives) {}

    private final List<Entry> entries = new ArrayList<>();
    private final List<Truth> truths = new ArrayList<>();

    void add(long image, OverlapKind kind, List<GroundTruth> truth, List<Detection> detections) {
        var best =
                detections.stream()
                        .sorted(Comparator.comparingDouble(Detection::score).reversed())
                        .limit(CocoGrid.MAX_DETECTIONS)
                        .toList();
        var matcher = new ImageMatcher(kind, truth, best);
        var ranges = AreaRange.values();
        var verdicts = new int[ranges.length][];
        var positives = new int[ranges.length];
        for (var range : ranges) {
            verdicts[range.ordinal()] = matcher.verdicts(range);
            positives[range.ordinal()] = matcher.positives(range);
        }
        for (int d = 0; d < best.size(); d++) {
            var own = new int[ranges.length];
            for (int a = 0; a < own.length; a++) {
                own[a] = verdicts[a][d];
            }
            entries.add(new Entry(image, d, best.get(d).score(), own));
        }
        if (!truth.isEmpty()) {
            truths.add(new Truth(image, positives));
        }
    }

    /// Best first; equal scores in the order of the images, then of the ranks, as a stable sort of all images' detections
    /// one behind the other gives.
    List<Entry> ranking() {
        return entries.stream()
                .sorted(
                        Comparator.comparingDouble(Entry::score)
                                .reversed()
                                .thenComparingLong(Entry::image)
                                .thenComparingInt(Entry::rank))
                .toList();
    }

    List<Truth> truths() {
        return truths;
    }
}

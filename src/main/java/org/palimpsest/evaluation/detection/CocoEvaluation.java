package org.palimpsest.evaluation.detection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.palimpsest.evaluation.statistics.Bootstrap;
import org.palimpsest.evaluation.statistics.ConfidenceInterval;

/// Collects images one by one and gives the numbers of COCO's evaluation (cocodataset/cocoapi
/// PythonAPI/pycocotools/cocoeval.py, as in pycocotools 2.0.11).
///
/// An image is judged when it comes and its regions are forgotten: what stays are a few numbers for each detection. The
/// images may come in any order; their keys decide the order of detections with equal scores.
///
/// Differs from the published tool in one point: there an object whose annotation id is 0 is never found, here ids do not
/// matter.
public final class CocoEvaluation {
    private final OverlapKind kind;
    private final Set<Long> images = new HashSet<>();
    private final SortedMap<String, LabelRecords> labels = new TreeMap<>();

    public CocoEvaluation(OverlapKind kind) {
        this.kind = kind;
    }

    /// Judges one image.
    ///
    /// @param image the image's id in COCO's files, or its place in the data set
    /// @throws IllegalArgumentException if an image of this key was added before, or masks are compared and a region is none
    ///     or masks differ in size
    public void add(long image, List<GroundTruth> truth, List<Detection> detections) {
        if (!images.add(image)) {
            throw new IllegalArgumentException("Image was added before: " + image);
        }
        var names = new LinkedHashSet<String>();
        truth.forEach(object -> names.add(object.label()));
        detections.forEach(detection -> names.add(detection.label()));
        for (var name : names) {
            labels.computeIfAbsent(name, _ -> new LabelRecords())
                    .add(
                            image,
                            kind,
                            truth.stream().filter(object -> object.label().equals(name)).toList(),
                            detections.stream()
                                    .filter(detection -> detection.label().equals(name))
                                    .toList());
        }
    }

    /// The numbers of all images so far.
    public DetectionMetrics metrics() {
        var ranked = ranked();
        int[] once = new int[images.size()];
        Arrays.fill(once, 1);
        var tables = new ArrayList<MetricTable>();
        var byLabel = new TreeMap<String, LabelMetrics>();
        ranked.forEach((label, detections) -> {
            var table = MetricTable.of(detections, once);
            tables.add(table);
            byLabel.put(label, new LabelMetrics(summary(List.of(table)), table.curves()));
        });
        return new DetectionMetrics(summary(tables), byLabel, images.size());
    }

    private static DetectionSummary summary(Collection<MetricTable> tables) {
        return new DetectionSummary(
                mean(tables.stream().map(MetricTable::ap)),
                mean(tables.stream().map(table -> table.apAt(0))),
                mean(tables.stream().map(table -> table.apAt(5))),
                mean(tables.stream().map(table -> table.ap(AreaRange.SMALL))),
                mean(tables.stream().map(table -> table.ap(AreaRange.MEDIUM))),
                mean(tables.stream().map(table -> table.ap(AreaRange.LARGE))),
                mean(tables.stream().map(table -> table.ar(0))),
                mean(tables.stream().map(table -> table.ar(1))),
                mean(tables.stream().map(table -> table.ar(2))),
                mean(tables.stream().map(table -> table.ar(AreaRange.SMALL))),
                mean(tables.stream().map(table -> table.ar(AreaRange.MEDIUM))),
                mean(tables.stream().map(table -> table.ar(AreaRange.LARGE))));
    }

    private static OptionalDouble mean(Stream<OptionalDouble> values) {
        return values.filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .average();
    }

    /// How far the average precision (mAP over the overlaps 0.50 to 0.95) might lie elsewhere with other images of the same
    /// kind: images are drawn with replacement, labels without an object in a draw are left out of its mean.
    ///
    /// @return empty where the truth has no object
    public Optional<ConfidenceInterval> averagePrecisionInterval(
            Bootstrap bootstrap, RandomGenerator random) {
        var ranked = ranked().values();
        return bootstrap.interval(
                images.size(), weights -> averagePrecision(ranked, weights), random);
    }

    private static double averagePrecision(Collection<RankedDetections> labels, int[] weights) {
        return mean(labels.stream().map(label -> MetricTable.ap(label, weights)))
                .orElse(Double.NaN);
    }

    private SortedMap<String, RankedDetections> ranked() {
        long[] order = new TreeSet<>(images).stream().mapToLong(Long::longValue).toArray();
        var ranked = new TreeMap<String, RankedDetections>();
        for (Map.Entry<String, LabelRecords> entry : labels.entrySet()) {
            ranked.put(
                    entry.getKey(),
                    new RankedDetections(
                            entry.getValue(), image -> Arrays.binarySearch(order, image)));
        }
        return ranked;
    }
}

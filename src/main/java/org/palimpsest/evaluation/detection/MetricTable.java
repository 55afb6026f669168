package org.palimpsest.evaluation.detection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.palimpsest.evaluation.detection.RankedDetections.Curve;

/// The curves of one label, and the means that COCO's summary takes of them (cocoeval.py, summarize).
final class MetricTable {
    private final List<Curve> curves;
    private final Map<AreaRange, List<Curve>> byArea;
    private final List<List<Curve>> byLimit;

    private MetricTable(
            List<Curve> curves, Map<AreaRange, List<Curve>> byArea, List<List<Curve>> byLimit) {
        this.curves = curves;
        this.byArea = byArea;
        this.byLimit = byLimit;
    }

    /// @param weights how often each image counts
    static MetricTable of(RankedDetections label, int[] weights) {
        var byArea = new EnumMap<AreaRange, List<Curve>>(AreaRange.class);
        for (var range : AreaRange.values()) {
            byArea.put(range, curves(label, range, CocoGrid.MAX_DETECTIONS, weights));
        }
        var byLimit = new ArrayList<List<Curve>>();
        for (int limit : CocoGrid.DETECTION_LIMITS) {
            byLimit.add(curves(label, AreaRange.ALL, limit, weights));
        }
        return new MetricTable(byArea.getOrDefault(AreaRange.ALL, List.of()), byArea, byLimit);
    }

    /// Average precision alone.
    static OptionalDouble ap(RankedDetections label, int[] weights) {
        return ap(curves(label, AreaRange.ALL, CocoGrid.MAX_DETECTIONS, weights));
    }

    /// One curve for each threshold; none where no object is to be found.
    private static List<Curve> curves(
            RankedDetections label, AreaRange range, int limit, int[] weights) {
        var curves = new ArrayList<Curve>();
        for (int i = 0; i < CocoGrid.IOU_THRESHOLDS.length; i++) {
            var curve = label.curve(range, i, limit, weights);
            if (curve != null) {
                curves.add(curve);
            }
        }
        return curves;
    }

    OptionalDouble ap() {
        return ap(curves);
    }

    OptionalDouble ap(AreaRange range) {
        return ap(byArea.getOrDefault(range, List.of()));
    }

    OptionalDouble apAt(int threshold) {
        return curves.isEmpty() ? OptionalDouble.empty() : ap(List.of(curves.get(threshold)));
    }

    OptionalDouble ar(AreaRange range) {
        return ar(byArea.getOrDefault(range, List.of()));
    }

    /// @param limit place in [CocoGrid#DETECTION_LIMITS]
    OptionalDouble ar(int limit) {
        return ar(byLimit.get(limit));
    }

    private static OptionalDouble ap(List<Curve> curves) {
        // Loops, since a confidence interval comes here a million times.
        double sum = 0;
        for (var curve : curves) {
            for (double precision : curve.precision()) {
                sum += precision;
            }
        }
        return curves.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(sum / curves.size() / CocoGrid.RECALL_POINTS.length);
    }

    private static OptionalDouble ar(List<Curve> curves) {
        return curves.stream().mapToDouble(Curve::recall).average();
    }

    List<PrecisionCurve> curves() {
        var named = new ArrayList<PrecisionCurve>();
        for (int i = 0; i < curves.size(); i++) {
            var curve = curves.get(i);
            named.add(
                    new PrecisionCurve(
                            CocoGrid.IOU_THRESHOLDS[i],
                            Arrays.stream(curve.precision()).boxed().toList(),
                            Arrays.stream(curve.scores()).boxed().toList(),
                            curve.recall()));
        }
        return named;
    }
}

package org.palimpsest.evaluation.detection;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Decides which detections of one label in one image are right, at every threshold and size of objects (cocodataset/cocoapi
/// PythonAPI/pycocotools/cocoeval.py, evaluateImg).
///
/// The published tool keeps matches as annotation ids, with 0 for "none", so that an object whose id is 0 is never found.
/// We keep whether there is a match, and do not copy that.
final class ImageMatcher {
    /// A threshold is not quite reached by 1 − this, so that an overlap of 1 passes a threshold of 1.
    private static final double SLACK = 1e-10;

    private final List<GroundTruth> truth;
    private final List<Detection> detections;
    private final double[] detectionAreas;
    private final double[][] ious;

    /// @param detections best first, at most [CocoGrid#MAX_DETECTIONS]
    ImageMatcher(OverlapKind kind, List<GroundTruth> truth, List<Detection> detections) {
        this.truth = truth;
        this.detections = detections;
        this.detectionAreas =
                detections.stream()
                        .mapToDouble(detection -> kind.area(detection.region()))
                        .toArray();
        this.ious = new double[detections.size()][truth.size()];
        for (int d = 0; d < detections.size(); d++) {
            for (int t = 0; t < truth.size(); t++) {
                var object = truth.get(t);
                ious[d][t] = kind.iou(detections.get(d).region(), object.region(), object.crowd());
            }
        }
    }

    /// For each detection the thresholds at which it is right (low half) and those at which it does not count (high half),
    /// a bit each.
    int[] verdicts(AreaRange range) {
        var ignored = new boolean[truth.size()];
        for (int t = 0; t < ignored.length; t++) {
            ignored[t] = isIgnored(truth.get(t), range);
        }
        // Objects that count come first; a stable sort keeps the order of the file.
        int[] order =
                IntStream.range(0, ignored.length)
                        .boxed()
                        .sorted(Comparator.comparing(t -> ignored[t]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        var verdicts = new int[detections.size()];
        for (int i = 0; i < CocoGrid.IOU_THRESHOLDS.length; i++) {
            var taken = new boolean[ignored.length];
            for (int d = 0; d < verdicts.length; d++) {
                int match = bestMatch(d, CocoGrid.IOU_THRESHOLDS[i], order, ignored, taken);
                boolean counts;
                if (match >= 0) {
                    taken[match] = true;
                    verdicts[d] |= 1 << i;
                    counts = !ignored[match];
                } else {
                    counts = range.contains(detectionAreas[d]);
                }
                if (!counts) {
                    verdicts[d] |= 1 << (i + Integer.SIZE / 2);
                }
            }
        }
        return verdicts;
    }

    /// The free object that the detection overlaps most, -1 where it overlaps none enough. One that counts is preferred
    /// to one that does not; among equals the last wins. A crowd is never used up.
    private int bestMatch(
            int detection, double threshold, int[] order, boolean[] ignored, boolean[] taken) {
        double best = Math.min(threshold, 1 - SLACK);
        int match = -1;
        for (int t : order) {
            if (taken[t] && !truth.get(t).crowd()) {
                continue;
            }
            if (match >= 0 && !ignored[match] && ignored[t]) {
                break;
            }
            if (ious[detection][t] >= best) {
                best = ious[detection][t];
                match = t;
            }
        }
        return match;
    }

    /// How many objects are to be found.
    int positives(AreaRange range) {
        return (int) truth.stream().filter(object -> !isIgnored(object, range)).count();
    }

    private static boolean isIgnored(GroundTruth object, AreaRange range) {
        return object.crowd() || !range.contains(object.area());
    }
}

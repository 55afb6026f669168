package org.palimpsest.evaluation.detection;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// The result of a COCO evaluation.
///
/// @param overall the mean over the labels that the truth has
/// @param byLabel every label of the truth or the detections, in the order of the names
/// @param imageCount how many images were evaluated
public record DetectionMetrics(
        DetectionSummary overall, SortedMap<String, LabelMetrics> byLabel, int imageCount) {
    public DetectionMetrics {
        byLabel = Collections.unmodifiableSortedMap(new TreeMap<>(byLabel));
    }
}

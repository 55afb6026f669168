package org.palimpsest.evaluation.detection;

import java.util.List;

/// How well one label is detected.
///
/// @param curves one for each overlap from 0.50 to 0.95; none where the truth has no object of the label
public record LabelMetrics(DetectionSummary summary, List<PrecisionCurve> curves) {
    public LabelMetrics {
        curves = List.copyOf(curves);
    }
}

package org.palimpsest.batch;

import java.util.Optional;
import org.palimpsest.evaluation.statistics.ConfidenceInterval;

/// One figure of an evaluation.
///
/// @param task what was asked, such as `detect` or `caption en`
/// @param name the figure's usual name, such as `AP50`
/// @param count of how many objects, texts or answers
/// @param interval where it would lie for most other samples of images, where that was computed
public record Metric(
        String task, String name, double value, long count, Optional<ConfidenceInterval> interval) {

    Metric(String task, String name, double value, long count) {
        this(task, name, value, count, Optional.empty());
    }
}

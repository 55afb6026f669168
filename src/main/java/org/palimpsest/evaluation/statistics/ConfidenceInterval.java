package org.palimpsest.evaluation.statistics;

/// A score with the range in which it would lie for most other samples of images.
///
/// @param value of the images that there are
/// @param level the share of samples whose score lies between `low` and `high`, 0.95 for instance
public record ConfidenceInterval(double value, double low, double high, double level) {
    public ConfidenceInterval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("Interval out of order: " + low + " to " + high);
        }
    }
}

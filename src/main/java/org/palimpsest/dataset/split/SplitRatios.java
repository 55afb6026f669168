package org.palimpsest.dataset.split;

import org.palimpsest.dataset.Split;

/// Which share of the images each part gets.
public record SplitRatios(double train, double validation, double test) {
    private static final double ROUNDING = 1e-6;

    /// @throws IllegalArgumentException if a share is negative or they do not add up to 1
    public SplitRatios {
        if (!(train >= 0 && validation >= 0 && test >= 0)
                || !(Math.abs(train + validation + test - 1) < ROUNDING)) {
            throw new IllegalArgumentException(
                    "Not shares of a whole: " + train + ", " + validation + ", " + test);
        }
    }

    double of(Split split) {
        return switch (split) {
            case UNASSIGNED -> 0;
            case TRAIN -> train;
            case VALIDATION -> validation;
            case TEST -> test;
        };
    }
}

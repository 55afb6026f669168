package org.palimpsest.ui.exchange;

import org.palimpsest.dataset.Split;
import org.palimpsest.dataset.split.SplitRatios;

/// How many percent of the images each part gets; always 100 together.
public record Shares(int train, int validation, int test) {
    static final Shares USUAL = new Shares(80, 10, 10);
    private static final int WHOLE = 100;

    /// @throws IllegalArgumentException if one is negative or they are not 100 together
    public Shares {
        if (train < 0 || validation < 0 || test < 0 || train + validation + test != WHOLE) {
            throw new IllegalArgumentException(train + ", " + validation + ", " + test);
        }
    }

    /// The share of a part.
    public int of(Split part) {
        return switch (part) {
            case TRAIN -> train;
            case VALIDATION -> validation;
            case TEST -> test;
            case UNASSIGNED -> 0;
        };
    }

    /// With another share for one part; the two others share the rest out as they did before.
    Shares with(Split part, int percent) {
        int share = Math.clamp(percent, 0, WHOLE);
        int rest = WHOLE - share;
        return switch (part) {
            case TRAIN -> {
                int first = first(rest, validation, test);
                yield new Shares(share, first, rest - first);
            }
            case VALIDATION -> {
                int first = first(rest, train, test);
                yield new Shares(first, share, rest - first);
            }
            case TEST -> {
                int first = first(rest, train, validation);
                yield new Shares(first, rest - first, share);
            }
            case UNASSIGNED -> this;
        };
    }

    /// The first one's part of the rest; all of it where neither had anything.
    private static int first(int rest, int first, int second) {
        return first + second == 0 ? rest : Math.round((float) rest * first / (first + second));
    }

    SplitRatios ratios() {
        return new SplitRatios(
                (double) train / WHOLE, (double) validation / WHOLE, (double) test / WHOLE);
    }
}

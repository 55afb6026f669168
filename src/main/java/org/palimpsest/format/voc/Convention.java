package org.palimpsest.format.voc;

import java.util.Locale;
import java.util.Optional;
import org.palimpsest.format.shape.Decimals;
import org.palimpsest.geometry.Box;

/// How a file's numbers make a box.
enum Convention {
    /// Whole pixels counted from 1, the last one included (VOCdevkit, VOCreadrecxml.m).
    DEVKIT("boxes are 1-based inclusive integers"),
    /// Corners counted from 0.
    ZERO_BASED("boxes are 0-based corners");

    private final String words;

    Convention(String words) {
        this.words = words;
    }

    /// What `<source>` says.
    String words() {
        return words;
    }

    static Convention ofSetting(String setting) {
        return setting.equals("devkit") ? DEVKIT : ZERO_BASED;
    }

    /// The convention that a file states in its `<source>`.
    static Optional<Convention> ofSource(String source) {
        String lower = source.toLowerCase(Locale.ROOT);
        if (lower.contains("0-based") || lower.contains("zero-based")) {
            return Optional.of(ZERO_BASED);
        }
        return lower.contains("1-based") ? Optional.of(DEVKIT) : Optional.empty();
    }

    /// The box that four numbers mean, in order.
    Box box(double xMin, double yMin, double xMax, double yMax) {
        return this == DEVKIT
                ? new Box(xMin - 1, yMin - 1, xMax, yMax)
                : new Box(xMin, yMin, xMax, yMax);
    }

    /// The numbers of a box in the order xmin, ymin, xmax, ymax, as text.
    String[] numbers(Box box) {
        if (this == ZERO_BASED) {
            return new String[] {
                Decimals.text(box.xMin(), 6),
                Decimals.text(box.yMin(), 6),
                Decimals.text(box.xMax(), 6),
                Decimals.text(box.yMax(), 6)
            };
        }
        long left = first(box.xMin(), box.xMax());
        long top = first(box.yMin(), box.yMax());
        return new String[] {
            Long.toString(left + 1),
            Long.toString(top + 1),
            Long.toString(Math.max(left + 1, (long) Math.rint(box.xMax()))),
            Long.toString(Math.max(top + 1, (long) Math.rint(box.yMax())))
        };
    }

    /// The first pixel, counted from 0: never that behind the last.
    private static long first(double from, double to) {
        return Math.min((long) Math.rint(from), (long) Math.ceil(to) - 1);
    }

    /// Whether the numbers hold the box as it is.
    boolean isExact(Box box) {
        return this == ZERO_BASED
                || box.xMin() == Math.rint(box.xMin())
                        && box.yMin() == Math.rint(box.yMin())
                        && box.xMax() == Math.rint(box.xMax())
                        && box.yMax() == Math.rint(box.yMax());
    }
}

package org.palimpsest.app.bench;

import java.util.Arrays;

/// How long frames took, in nanoseconds.
///
/// @param intervals from one frame to the next
/// @param work what the JavaFX thread did for each
/// @param processor what all threads of the program took for each on average
@SuppressWarnings("ArrayRecordComponent")
record FrameTimes(long[] intervals, long[] work, long processor) {

    /// The value below which a part of the values lies, in milliseconds.
    static double percentile(long[] nanos, double part) {
        if (nanos.length == 0) {
            return 0;
        }
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(part * sorted.length))] / 1e6;
    }

    /// The figures as a line of a table.
    String line(String name) {
        return "%-44s %6.1f %6.1f    %6.2f %6.2f    %6.1f"
                .formatted(
                        name,
                        percentile(intervals, 0.5),
                        percentile(intervals, 0.99),
                        percentile(work, 0.5),
                        percentile(work, 0.99),
                        processor / 1e6);
    }
}

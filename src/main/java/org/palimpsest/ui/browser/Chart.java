package org.palimpsest.ui.browser;

import java.util.List;
import java.util.Optional;

/// A chart of bars: what is counted, and how often.
record Chart(String title, List<Bar> bars) {
    Chart {
        bars = List.copyOf(bars);
    }

    /// One bar.
    ///
    /// @param count how often
    /// @param share of the longest bar, 0 to 1
    /// @param rgb the colour of a label
    /// @param name of the terms of which one alone makes sense; empty where several do
    /// @param term the filter that the bar stands for
    record Bar(
            String title,
            long count,
            double share,
            Optional<Integer> rgb,
            Optional<String> name,
            String term) {}
}

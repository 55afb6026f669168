package org.palimpsest.ui.exchange;

import java.nio.file.Path;
import java.util.List;

/// What came of an export or import, in words.
///
/// @param summary one sentence
/// @param totals how much it is, in one line; may be empty
/// @param lines what was left out or is worth knowing
/// @param folder where it lies
public record Report(String summary, String totals, List<String> lines, Path folder) {
    public Report {
        lines = List.copyOf(lines);
    }
}

package org.palimpsest.format;

import java.util.ArrayList;
import java.util.List;
import org.palimpsest.format.Finding.Severity;

/// Collects findings and keeps the first of them, so that a file with a million faults does not fill the memory.
///
/// Not thread-safe: belongs to the thread that reads or writes.
public final class FindingList {
    /// How many findings are kept word for word.
    public static final int KEPT = 1000;

    private static final int LONGEST_MESSAGE = 300;

    private final List<Finding> kept = new ArrayList<>();
    private long notKept;

    /// Something that was taken over.
    public void warning(String place, String message) {
        add(new Finding(Severity.WARNING, place, message));
    }

    /// Something that was left out.
    public void error(String place, String message) {
        add(new Finding(Severity.ERROR, place, message));
    }

    private void add(Finding finding) {
        if (kept.size() < KEPT) {
            kept.add(
                    new Finding(
                            finding.severity(),
                            shorten(finding.place()),
                            shorten(finding.message())));
        } else {
            notKept++;
        }
    }

    private static String shorten(String text) {
        return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE) + "…";
    }

    public List<Finding> kept() {
        return List.copyOf(kept);
    }

    /// How many findings there were beyond those that were kept.
    public long notKept() {
        return notKept;
    }
}

package org.palimpsest.format.lint;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.palimpsest.format.Finding;
import org.palimpsest.format.Finding.Severity;
import org.palimpsest.format.jsonl.JsonlRule;

/// Counts findings by rule and keeps the first of each.
final class RuleFindings {
    /// How many findings of a rule are kept word for word.
    static final int KEPT = 10;

    private static final int LONGEST_MESSAGE = 300;

    private final LintTarget target;
    private final Map<JsonlRule, Tally> tallies = new EnumMap<>(JsonlRule.class);
    private Optional<String> image = Optional.empty();

    RuleFindings(LintTarget target) {
        this.target = target;
    }

    private static final class Tally {
        private final List<Finding> first = new ArrayList<>();
        private Severity worst = Severity.WARNING;
        private long count;
    }

    /// What is found from now on is about this image, or about none.
    void about(Optional<String> now) {
        image = now.map(RuleFindings::shorten);
    }

    /// With the target's severity; nothing where it does not care.
    void add(JsonlRule rule, String place, String message) {
        target.severity(rule).ifPresent(severity -> add(rule, severity, place, message));
    }

    void add(JsonlRule rule, Severity severity, String place, String message) {
        var tally = tallies.computeIfAbsent(rule, _ -> new Tally());
        tally.count++;
        if (severity == Severity.ERROR) {
            tally.worst = Severity.ERROR;
        }
        if (tally.first.size() < KEPT) {
            tally.first.add(new Finding(severity, shorten(place), shorten(message), image));
        }
    }

    private static String shorten(String text) {
        return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE) + "…";
    }

    List<LintReport.Group> groups() {
        return tallies.entrySet().stream()
                .map(entry ->
                        new LintReport.Group(
                                entry.getKey(),
                                entry.getValue().worst,
                                entry.getValue().count,
                                entry.getValue().first))
                .toList();
    }
}

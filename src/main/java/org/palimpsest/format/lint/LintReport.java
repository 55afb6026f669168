package org.palimpsest.format.lint;

import java.util.List;
import java.util.Optional;
import org.palimpsest.format.Finding;
import org.palimpsest.format.Finding.Severity;
import org.palimpsest.format.jsonl.JsonlRule;

/// What a check found, by rule.
///
/// @param files how many files were read
/// @param examples how many examples they hold
/// @param groups the rules that were broken, in the order of [JsonlRule]
/// @param lengths how long the examples are, where a tokenizer was at hand and there are any
public record LintReport(int files, long examples, List<Group> groups, Optional<Lengths> lengths) {
    public LintReport {
        groups = List.copyOf(groups);
    }

    /// A rule that was broken.
    ///
    /// @param severity the worst of its findings
    /// @param count how often
    /// @param first the first findings
    public record Group(JsonlRule rule, Severity severity, long count, List<Finding> first) {
        public Group {
            first = List.copyOf(first);
        }
    }

    /// Tokens of the examples, prompt and answer.
    ///
    /// @param cut how many examples are longer than what the trainer reads
    public record Lengths(double mean, int longest, long cut) {}

    /// Whether a line, its answer or the whole run would be lost.
    public boolean hasErrors() {
        return groups.stream().anyMatch(group -> group.severity() == Severity.ERROR);
    }

    /// The findings of a rule; empty where it was kept.
    public Optional<Group> group(JsonlRule rule) {
        return groups.stream().filter(group -> group.rule() == rule).findFirst();
    }
}

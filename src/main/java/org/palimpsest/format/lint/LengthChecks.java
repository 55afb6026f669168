package org.palimpsest.format.lint;

import java.util.Optional;
import java.util.OptionalInt;
import org.palimpsest.format.Finding.Severity;
import org.palimpsest.format.jsonl.JsonlExample;
import org.palimpsest.format.jsonl.JsonlRule;
import org.palimpsest.format.prompts.TextLength;
import org.palimpsest.paligemma.token.Tokenizer;

/// Counts the tokens of each example and says which would be cut.
final class LengthChecks {
    private final Tokenizer tokenizer;
    private final OptionalInt limit;
    private final RuleFindings findings;
    private long count;
    private long sum;
    private int longest;
    private long cut;

    LengthChecks(Tokenizer tokenizer, OptionalInt limit, RuleFindings findings) {
        this.tokenizer = tokenizer;
        this.limit = limit;
        this.findings = findings;
    }

    void check(String place, JsonlExample example) {
        int tokens = TextLength.tokens(tokenizer, example.prefix(), example.suffix());
        count++;
        sum += tokens;
        longest = Math.max(longest, tokens);
        if (limit.isEmpty() || tokens <= limit.getAsInt()) {
            return;
        }
        cut++;
        // All but <eos> of an example without an answer stands before the first token of an answer.
        boolean nothingLeft =
                TextLength.tokens(tokenizer, example.prefix(), "") - 1 >= limit.getAsInt();
        findings.add(
                JsonlRule.TOO_LONG,
                nothingLeft ? Severity.ERROR : Severity.WARNING,
                place,
                tokens
                        + " tokens, the trainer reads "
                        + limit.getAsInt()
                        + (nothingLeft ? ": the prompt leaves no room for the answer" : ""));
    }

    Optional<LintReport.Lengths> summary() {
        return count == 0
                ? Optional.empty()
                : Optional.of(new LintReport.Lengths((double) sum / count, longest, cut));
    }
}

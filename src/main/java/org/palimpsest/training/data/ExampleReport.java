package org.palimpsest.training.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What was noticed about examples before training.
///
/// @param given how many there were
/// @param usable how many of them are trained on
/// @param findings by kind, in the order of the kinds; only those that occurred
public record ExampleReport(int given, int usable, Map<Kind, Finding> findings) {
    static final int PLACES_KEPT = 5;

    /// Something about an example that a person should know.
    public enum Kind {
        MISSING_IMAGE(true, "left out: the image file is not there"),
        UNREADABLE_IMAGE(true, "left out: the image cannot be read"),
        PROMPT_TOO_LONG(true, "left out: the prompt alone has too many tokens"),
        ANSWER_CUT(false, "cut: the answer has too many tokens, and its end is not learnt"),
        EMPTY_ANSWER(false, "with an empty answer: the model learns to say nothing there"),
        IMAGE_MARK(
                false,
                "with <image> in the prompt, which is taken out: the image always stands first"),
        SPECIAL_TOKEN(
                false,
                "with <bos>, <eos>, <pad> or <image> in the answer, which is learnt as it stands");

        private final boolean leavesOut;
        private final String words;

        Kind(boolean leavesOut, String words) {
            this.leavesOut = leavesOut;
            this.words = words;
        }

        /// Whether the example is not trained on.
        public boolean leavesOut() {
            return leavesOut;
        }

        /// What follows the number of examples in a sentence.
        public String words() {
            return words;
        }
    }

    /// How often, and where first.
    ///
    /// @param firstPlaces a few of them, such as `example 12 (cat.jpg)`; examples are counted from 1
    public record Finding(int count, List<String> firstPlaces) {
        public Finding {
            firstPlaces = List.copyOf(firstPlaces);
        }
    }

    public ExampleReport {
        if (usable < 0 || usable > given) {
            throw new IllegalArgumentException(usable + " of " + given);
        }
        var sorted = new EnumMap<Kind, Finding>(Kind.class);
        sorted.putAll(findings);
        findings = Collections.unmodifiableMap(sorted);
    }

    public int count(Kind kind) {
        var finding = findings.get(kind);
        return finding == null ? 0 : finding.count();
    }

    /// One sentence for every kind that occurred.
    public List<String> sentences() {
        var sentences = new ArrayList<String>();
        findings.forEach((kind, finding) -> {
            String examples = finding.count() == 1 ? " example " : " examples ";
            String more = finding.count() > finding.firstPlaces().size() ? ", …" : "";
            sentences.add(
                    finding.count()
                            + examples
                            + kind.words()
                            + ": "
                            + String.join(", ", finding.firstPlaces())
                            + more);
        });
        return List.copyOf(sentences);
    }

    /// Collects findings.
    static final class Builder {
        private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
        private final Map<Kind, List<String>> places = new EnumMap<>(Kind.class);

        void add(Kind kind, String place) {
            counts.merge(kind, 1, Integer::sum);
            var kept = places.computeIfAbsent(kind, _ -> new ArrayList<>());
            if (kept.size() < PLACES_KEPT) {
                kept.add(place);
            }
        }

        ExampleReport build(int given, int usable) {
            var findings = new EnumMap<Kind, Finding>(Kind.class);
            counts.forEach((kind, count) ->
                    findings.put(kind, new Finding(count, places.getOrDefault(kind, List.of()))));
            return new ExampleReport(given, usable, findings);
        }
    }
}

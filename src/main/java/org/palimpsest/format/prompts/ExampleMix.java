package org.palimpsest.format.prompts;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.palimpsest.problem.ProblemException;

/// Which templates make examples, and how many of what they could make.
public record ExampleMix(List<Part> parts) {
    /// More copies of one example than anybody wants.
    private static final double LARGEST_WEIGHT = 100;

    /// One template with its weight: of 0.5 about half of the examples are taken, drawn one by one; with 2 each comes
    /// twice; with 1.5 each comes once and about half of them a second time.
    public record Part(PromptTemplate template, double weight) {

        /// @throws IllegalArgumentException if the weight is not above 0 and at most 100
        public Part {
            if (!(weight > 0 && weight <= LARGEST_WEIGHT)) {
                throw new IllegalArgumentException("Not a weight: " + weight);
            }
        }

        @Override
        public String toString() {
            return weight == 1
                    ? template.name()
                    : template.name()
                            + ":"
                            + BigDecimal.valueOf(weight).stripTrailingZeros().toPlainString();
        }
    }

    /// @throws IllegalArgumentException if there is no template, or one comes twice
    public ExampleMix {
        parts = List.copyOf(parts);
        var seen = new HashSet<PromptTemplate>();
        if (parts.isEmpty() || !parts.stream().allMatch(part -> seen.add(part.template()))) {
            throw new IllegalArgumentException("No template, or one twice: " + parts);
        }
    }

    /// Reads templates with weights, such as `detect-all,segment-all:0.5,caption:2`.
    public static ExampleMix parse(String text) throws ProblemException {
        var parts = new ArrayList<Part>();
        var seen = new HashSet<PromptTemplate>();
        for (var word : text.split(",", -1)) {
            int colon = word.indexOf(':');
            String name = (colon < 0 ? word : word.substring(0, colon)).strip();
            var template = PromptTemplate.parse(name);
            if (!seen.add(template)) {
                throw new ProblemException(
                        "The template " + name + " comes twice", text, "Give it a higher weight");
            }
            parts.add(new Part(template, colon < 0 ? 1 : weight(word.substring(colon + 1))));
        }
        return new ExampleMix(parts);
    }

    private static double weight(String text) throws ProblemException {
        double weight = Double.NaN;
        try {
            weight = Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            // Said below, as for a number that is none of a weight.
        }
        if (!(weight > 0 && weight <= LARGEST_WEIGHT)) {
            throw new ProblemException(
                    "The weight of a template cannot be '" + text + "'",
                    "",
                    "Write a number above 0 and up to 100, such as 0.5");
        }
        return weight;
    }

    /// The form that [#parse] reads.
    @Override
    public String toString() {
        return parts.stream().map(Part::toString).collect(Collectors.joining(","));
    }
}

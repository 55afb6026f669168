package org.palimpsest.benchmark;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Several answers to the same question, and what the program took as a whole.
///
/// @param program which program answered
/// @param load milliseconds from the files to a model that is ready
/// @param peakMemory the most memory of the process, in bytes; 0 where it is not known
public record TimedRun(String program, double load, long peakMemory, List<TimedAnswer> answers) {
    public TimedRun {
        answers = List.copyOf(answers);
        if (answers.isEmpty()) {
            throw new IllegalArgumentException("No answer of " + program);
        }
    }

    /// The smallest value over all answers: other work on the machine only ever adds to a time.
    public double best(ToDoubleFunction<TimedAnswer> value) {
        return answers.stream().mapToDouble(value).min().orElseThrow();
    }

    /// The answer with the smallest total.
    public TimedAnswer fastest() {
        return answers.stream().min(Comparator.comparingDouble(TimedAnswer::total)).orElseThrow();
    }

    public List<Integer> tokenIds() {
        return answers.getFirst().tokenIds();
    }

    /// Tokens a second while decoding, from the fastest token.
    public double tokensPerSecond() {
        return 1000 / best(TimedAnswer::fastestDecode);
    }
}

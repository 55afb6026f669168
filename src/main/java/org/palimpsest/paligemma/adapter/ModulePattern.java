package org.palimpsest.paligemma.adapter;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A regular expression over module names that came from a file: bounded in length, nesting and in the steps that a match
/// may take, so that it can be neither a stack overflow nor a search without end.
final class ModulePattern {
    private static final int MAX_LENGTH = 20_000;
    private static final int MAX_GROUPS = 500;
    private static final int MAX_STEPS = 1_000_000;

    private final Pattern pattern;

    private ModulePattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /// @throws IllegalArgumentException with the reason if this cannot be such an expression
    static ModulePattern of(String expression) {
        return compile(expression);
    }

    /// As PEFT compares the keys of `rank_pattern` and `alpha_pattern`: the name, or what follows one of its dots
    /// (peft/utils/other.py, get_pattern_key).
    static ModulePattern ofEnding(String expression) {
        return compile("(.*\\.)?(" + expression + ")");
    }

    private static ModulePattern compile(String expression) {
        if (expression.length() > MAX_LENGTH
                || expression.chars().filter(c -> c == '(').count() > MAX_GROUPS) {
            throw new IllegalArgumentException(
                    "an expression of " + expression.length() + " characters is too large");
        }
        try {
            return new ModulePattern(Pattern.compile(expression));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "not a regular expression: " + e.getDescription(), e);
        }
    }

    /// Whether the whole name matches.
    ///
    /// @throws IllegalArgumentException if that takes too many steps
    boolean matches(String name) {
        return pattern.matcher(new Counted(name, new int[1])).matches();
    }

    /// The first group, where the expression matches from the start of the name.
    static Optional<String> group(ModulePattern expression, String name) {
        Matcher matcher = expression.pattern.matcher(new Counted(name, new int[1]));
        return matcher.lookingAt() ? Optional.ofNullable(matcher.group(1)) : Optional.empty();
    }

    /// A text that counts how often it is looked at.
    private record Counted(String text, int[] looks) implements CharSequence {
        @Override
        public char charAt(int index) {
            if (++looks[0] > MAX_STEPS) {
                throw new IllegalArgumentException("matching " + text + " takes too many steps");
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}

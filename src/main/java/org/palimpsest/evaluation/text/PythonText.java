package org.palimpsest.evaluation.text;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/// What Python's text functions do, where a published score was defined by a Python script.
public final class PythonText {
    private static final Pattern NUMBER =
            Pattern.compile(
                    "[+-]?(?:D(?:\\.(?:D)?)?|\\.D)(?:[eE][+-]?D)?"
                            .replace("D", "[0-9](?:_?[0-9])*"));

    private static final Pattern INFINITE = Pattern.compile("(?i)[+-]?inf(?:inity)?");

    private static final Pattern NOT_A_NUMBER = Pattern.compile("(?i)[+-]?nan");

    private PythonText() {}

    /// Whether `str.split` and `str.strip` take the character for a blank.
    static boolean isBlank(int codePoint) {
        return Character.isWhitespace(codePoint)
                || Character.isSpaceChar(codePoint)
                || codePoint == 0x85;
    }

    /// `str.strip`.
    public static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /// `str.split`: the words between blanks, none for an empty text.
    public static List<String> split(String text) {
        var spaced = new StringBuilder(text);
        for (int i = 0; i < spaced.length(); i++) {
            if (isBlank(spaced.charAt(i))) {
                spaced.setCharAt(i, ' ');
            }
        }
        return Arrays.stream(spaced.toString().split(" ", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /// `float`, with its blanks, underscores between digits, digits of any script, `nan` and `inf`; empty where Python
    /// raises an error.
    public static OptionalDouble toFloat(String text) {
        var plain = new StringBuilder();
        strip(text)
                .codePoints()
                .map(c -> Character.isDigit(c) ? '0' + Character.digit(c, 10) : c)
                .forEach(plain::appendCodePoint);
        if (NUMBER.matcher(plain).matches()) {
            return OptionalDouble.of(Double.parseDouble(plain.toString().replace("_", "")));
        }
        if (INFINITE.matcher(plain).matches()) {
            return OptionalDouble.of(
                    plain.charAt(0) == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
        }
        return NOT_A_NUMBER.matcher(plain).matches()
                ? OptionalDouble.of(Double.NaN)
                : OptionalDouble.empty();
    }
}

package org.palimpsest.paligemma.prompt;

import java.util.Optional;

/// Which labels PaliGemma's text form can carry.
///
/// A label stands between tokens and `;` without any quoting, so some characters would end it
/// early. The public parsers disagree on others: the one of the Hugging Face demo reads `[^;<>]+`,
/// the one of supervision `[\w\s\-]+`, which cuts `7/8 bolt` to `7`.
public final class Labels {
    private Labels() {}

    /// Why this label cannot stand in a prompt or an answer, in words; empty if it can.
    public static Optional<String> reasonToRefuse(String label) {
        if (label.isBlank()) {
            return Optional.of("a label must not be empty");
        }
        if (!label.equals(trim(label))) {
            return Optional.of("a label must not begin or end with a blank");
        }
        for (int i = 0; i < label.length(); i++) {
            char character = label.charAt(i);
            if (character == ';' || character == '<' || character == '>') {
                return Optional.of("a label must not contain '" + character + "'");
            }
            if (isLineBreak(character)) {
                return Optional.of("a label must not contain a line break");
            }
        }
        return Optional.empty();
    }

    public static boolean isUsable(String label) {
        return reasonToRefuse(label).isEmpty();
    }

    /// Why some readers of a data set would cut this label short, in words; empty if none would.
    public static Optional<String> reasonToWarn(String label) {
        var odd =
                label.codePoints()
                        .filter(point -> !Character.isLetterOrDigit(point))
                        .filter(point -> Character.getType(point) != Character.NON_SPACING_MARK)
                        .filter(point -> point != ' ' && point != '_' && point != '-')
                        .findFirst();
        return odd.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "some readers end a label at '" + Character.toString(odd.getAsInt()) + "'");
    }

    static boolean isLineBreak(int character) {
        return character == '\n' || character == '\r';
    }

    /// Whether this is white space of any kind, or one of the characters that have no width.
    static boolean isBlank(int character) {
        return Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || character == 0xFEFF
                || character == 0x200B;
    }

    /// The text without blanks of any kind at its ends.
    static String trim(String text) {
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
}

package org.palimpsest.paligemma.token;

/// Text that has a UTF-8 form.
final class WellFormedText {
    private static final char REPLACEMENT = '\uFFFD';

    private WellFormedText() {}

    /// The text with U+FFFD in place of every surrogate that is not half of a pair.
    static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return replaced(text);
            }
        }
        return text;
    }

    private static String replaced(String text) {
        var result = new StringBuilder(text.length());
        text.codePoints()
                .forEach(point ->
                        result.appendCodePoint(
                                point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE
                                        ? REPLACEMENT
                                        : point));
        return result.toString();
    }
}

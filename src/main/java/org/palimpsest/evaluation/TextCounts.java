package org.palimpsest.evaluation;

/// How many texts are exactly right; adds up over images.
public record TextCounts(int exact, int total) {
    public static final TextCounts NONE = new TextCounts(0, 0);

    /// Counts one text. Blanks at the ends and repeated blanks do not matter, everything else does.
    public static TextCounts of(String predicted, String actual) {
        return new TextCounts(normalize(predicted).equals(normalize(actual)) ? 1 : 0, 1);
    }

    public TextCounts plus(TextCounts other) {
        return new TextCounts(exact + other.exact, total + other.total);
    }

    /// Share of the texts that are right; 1 where there is none.
    public double share() {
        return total == 0 ? 1 : (double) exact / total;
    }

    private static String normalize(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}

package org.palimpsest.ui.shell;

import java.text.Normalizer;
import java.util.Locale;
import java.util.OptionalInt;

/// How well typed letters fit a name: beginnings of words before parts of words before scattered letters.
final class FuzzyMatch {
    private static final int BEGINNING = 100;
    private static final int WORD = 80;
    private static final int INITIALS = 70;
    private static final int PART = 50;
    private static final int SCATTERED = 20;

    private FuzzyMatch() {}

    /// The higher the better; empty if a typed word does not fit at all. Nothing typed fits everything.
    static OptionalInt score(String typed, String name) {
        var plainName = plain(name);
        int sum = 0;
        for (var word : plain(typed).split("\\s+", -1)) {
            if (word.isEmpty()) {
                continue;
            }
            int best = wordScore(word, plainName);
            if (best == 0) {
                return OptionalInt.empty();
            }
            sum += best;
        }
        return OptionalInt.of(sum);
    }

    private static int wordScore(String word, String name) {
        if (name.startsWith(word)) {
            return BEGINNING;
        }
        if (name.contains(" " + word)) {
            return WORD;
        }
        if (initials(name).contains(word)) {
            return INITIALS;
        }
        if (name.contains(word)) {
            return PART;
        }
        return scattered(word, name);
    }

    private static String initials(String name) {
        var letters = new StringBuilder();
        for (var word : name.split("[^\\p{L}\\p{N}]+", -1)) {
            if (!word.isEmpty()) {
                letters.append(word.charAt(0));
            }
        }
        return letters.toString();
    }

    /// Less for every letter that is skipped between the first and the last.
    private static int scattered(String word, String name) {
        int from = name.indexOf(word.charAt(0));
        int place = from;
        for (int i = 1; i < word.length() && place >= 0; i++) {
            place = name.indexOf(word.charAt(i), place + 1);
        }
        if (from < 0 || place < 0) {
            return 0;
        }
        return Math.max(1, SCATTERED - (place - from + 1 - word.length()));
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .strip();
    }
}

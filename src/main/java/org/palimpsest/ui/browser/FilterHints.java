package org.palimpsest.ui.browser;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.LabelSet;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.Split;
import org.palimpsest.project.ImageFilter;
import org.palimpsest.project.ProjectFacets;

/// What could be written where the caret stands in a filter.
final class FilterHints {
    private static final int MOST = 12;
    private static final List<String> NUMBERS =
            List.of("score<0.5", "objects>0", "texts>0", "edits>0", "area<0.01", "aspect>2");
    private static final List<String> KEYS =
            List.of(
                    "label", "state", "split", "tag", "review", "origin", "absent", "model",
                    "prompt", "text", "name");

    private FilterHints() {}

    /// One hint.
    ///
    /// @param text the whole filter, with the hint taken
    /// @param caret where the caret is then
    /// @param shown what stands in the list
    record Hint(String text, int caret, String shown) {}

    static List<Hint> at(String text, int caret, LabelSet labels, ProjectFacets facets) {
        int start = start(text, caret);
        String written = text.substring(start, caret);
        String sign = written.startsWith("-") ? "-" : "";
        String word = written.substring(sign.length());
        int colon = word.indexOf(':');
        var hints = new ArrayList<Hint>();
        if (colon < 0) {
            String prefix = word.toLowerCase(Locale.ROOT);
            if (prefix.isEmpty() && caret < text.length()) {
                return List.of();
            }
            Stream.concat(KEYS.stream().map(key -> key + ":"), NUMBERS.stream())
                    .filter(one -> one.startsWith(prefix) && !one.equals(prefix))
                    .forEach(one -> hints.add(taken(text, start, caret, sign + one, one)));
        } else {
            int value = Math.max(colon, word.lastIndexOf(',')) + 1;
            String prefix = word.substring(value).replace("\"", "").toLowerCase(Locale.ROOT);
            String before = sign + word.substring(0, value);
            values(word.substring(0, colon), labels, facets).stream()
                    .filter(one -> contains(one, prefix))
                    .sorted((a, b) -> Boolean.compare(begins(b, prefix), begins(a, prefix)))
                    .limit(MOST)
                    .forEach(one ->
                            hints.add(
                                    taken(
                                            text,
                                            start,
                                            caret,
                                            before + FilterTerms.quoted(one) + " ",
                                            one)));
        }
        return hints;
    }

    private static boolean contains(String value, String part) {
        String folded = value.toLowerCase(Locale.ROOT);
        return folded.contains(part) && !folded.equals(part);
    }

    private static boolean begins(String value, String prefix) {
        return value.toLowerCase(Locale.ROOT).startsWith(prefix);
    }

    private static Hint taken(String text, int start, int caret, String replacement, String shown) {
        String rest = text.substring(caret);
        String kept = replacement.endsWith(" ") && rest.startsWith(" ") ? rest.substring(1) : rest;
        return new Hint(
                text.substring(0, start) + replacement + kept, start + replacement.length(), shown);
    }

    /// Where the term begins in which the caret stands.
    private static int start(String text, int caret) {
        int start = 0;
        boolean quoted = false;
        for (int at = 0; at < caret; at++) {
            char c = text.charAt(at);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (Character.isWhitespace(c) || c == '(' || c == ')')) {
                start = at + 1;
            }
        }
        return start;
    }

    private static List<String> values(String key, LabelSet labels, ProjectFacets facets) {
        return switch (key) {
            case "label", "absent" -> labels.names();
            case "tag" -> List.copyOf(facets.tags().keySet());
            case "model" -> facets.models();
            case "prompt" -> facets.prompts();
            case "state" -> words(ImageState.values());
            case "split" -> words(Split.values());
            case "review" -> words(ReviewState.values());
            case "origin" -> words(ImageFilter.Origin.values());
            default -> List.of();
        };
    }

    private static List<String> words(Enum<?>[] values) {
        return Arrays.stream(values).map(FilterTerms::word).toList();
    }
}

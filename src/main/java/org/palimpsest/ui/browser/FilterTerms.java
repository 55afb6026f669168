package org.palimpsest.ui.browser;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.palimpsest.project.ImageFilter;

/// A filter as the person wrote it, as the terms that must all hold, so that menus and charts can add and take away terms
/// without touching the rest.
///
/// @param terms as they are written; one in parentheses where there was an `or`
record FilterTerms(List<String> terms) {
    FilterTerms {
        terms = List.copyOf(terms);
    }

    static FilterTerms of(String text) {
        var terms = new ArrayList<String>();
        boolean alternatives = false;
        int at = 0;
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
                continue;
            }
            int end = end(text, at);
            String word = text.substring(at, end);
            alternatives |= word.equals("or");
            if (!word.equals("and")) {
                terms.add(word);
            }
            at = end;
        }
        return new FilterTerms(
                alternatives ? List.of("(" + text.strip() + ")") : withNegations(terms));
    }

    /// Where the term ends that begins here: at white space outside quotes and parentheses.
    private static int end(String text, int start) {
        int depth = 0;
        boolean quoted = false;
        for (int at = start; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == '(') {
                depth++;
            } else if (!quoted && c == ')') {
                depth--;
            } else if (!quoted && depth <= 0 && Character.isWhitespace(c)) {
                return at;
            }
        }
        return text.length();
    }

    /// `not` belongs to what follows it.
    private static List<String> withNegations(List<String> words) {
        var terms = new ArrayList<String>();
        var before = new StringBuilder();
        for (var word : words) {
            if (word.equals("not") || word.equals("-")) {
                before.append(word.equals("-") ? "-" : "not ");
            } else {
                terms.add(before + word);
                before.setLength(0);
            }
        }
        if (!before.isEmpty()) {
            terms.add(before.toString().strip());
        }
        return terms;
    }

    String text() {
        return String.join(" ", terms);
    }

    boolean has(String term) {
        return terms.contains(term);
    }

    /// The values behind `key:`, in small letters where they are those of an enum.
    Set<String> values(String key) {
        var values = new LinkedHashSet<String>();
        for (var term : terms) {
            if (term.startsWith(key + ":")) {
                values.addAll(parted(term.substring(key.length() + 1)));
            }
        }
        return values;
    }

    private static List<String> parted(String text) {
        var values = new ArrayList<String>();
        var value = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                values.add(value.toString());
                value.setLength(0);
            } else {
                value.append(c);
            }
        }
        values.add(value.toString());
        values.removeIf(String::isEmpty);
        return values;
    }

    /// With `key:` and these values in the place of the terms with that key; without such a term where there are none.
    FilterTerms withValues(String key, Collection<String> values) {
        return values.isEmpty()
                ? without(key)
                : replaced(
                        key,
                        key
                                + ":"
                                + values.stream()
                                        .map(FilterTerms::quoted)
                                        .collect(Collectors.joining(",")));
    }

    /// With the value where it was missing, without it where it was there.
    FilterTerms withToggled(String key, String value) {
        var values = new LinkedHashSet<>(values(key));
        if (!values.remove(value)) {
            values.add(value);
        }
        return withValues(key, values);
    }

    /// With the term added, or taken away where it was there.
    FilterTerms withToggled(String term) {
        var changed = new ArrayList<>(terms);
        if (!changed.remove(term)) {
            changed.add(term);
        }
        return new FilterTerms(changed);
    }

    /// With the term alone of those that begin with this name, such as `score`; without it where it was there.
    FilterTerms withOnly(String name, String term) {
        return has(term) ? without(name) : replaced(name, term);
    }

    private FilterTerms without(String name) {
        return new FilterTerms(terms.stream().filter(one -> !isAbout(one, name)).toList());
    }

    private FilterTerms replaced(String name, String term) {
        var changed = new ArrayList<String>();
        boolean placed = false;
        for (var one : terms) {
            if (!isAbout(one, name)) {
                changed.add(one);
            } else if (!placed) {
                changed.add(term);
                placed = true;
            }
        }
        if (!placed) {
            changed.add(term);
        }
        return new FilterTerms(changed);
    }

    private static boolean isAbout(String term, String name) {
        return term.startsWith(name)
                && term.length() > name.length()
                && ":<>=".indexOf(term.charAt(name.length())) >= 0;
    }

    static String term(String key, String value) {
        return key + ":" + quoted(value);
    }

    /// As the filter language has the values of an enum.
    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// In quotes where it could be read as something else. Quotes themselves cannot be written in a filter; what stands
    /// beside them is looked for.
    static String quoted(String value) {
        String plain = value.replace("\"", "");
        boolean isWord =
                !plain.isEmpty()
                        && plain.chars()
                                .allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || c == '-')
                        && !plain.startsWith("-");
        return isWord ? plain : "\"" + plain + "\"";
    }

    /// A number as it stands in a filter, without an exponent.
    static String number(double value) {
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }

    /// A range of a measure as a term.
    static String range(ImageFilter.Measure measure, double from, double below) {
        String name = word(measure);
        if (below > 1e300 || (measure == ImageFilter.Measure.SCORE && below > 1)) {
            return name + ">=" + number(from);
        }
        return from <= 0
                ? name + "<" + number(below)
                : name + "=" + number(from) + ".." + number(below);
    }
}

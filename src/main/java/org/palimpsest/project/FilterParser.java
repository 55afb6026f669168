package org.palimpsest.project;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.palimpsest.dataset.ImageState;
import org.palimpsest.dataset.ReviewState;
import org.palimpsest.dataset.Split;
import org.palimpsest.problem.ProblemException;

/// Reads the filter language of [ImageFilter#parse].
final class FilterParser {
    private static final int MAX_LENGTH = 10_000;
    private static final int MAX_DEPTH = 100;
    private static final Pattern NUMBER_TERM =
            Pattern.compile(
                    "(score|area|aspect|objects|texts|edits)(<=|>=|<|>|=)(\\d+(?:\\.\\d+)?)"
                            + "(?:\\.\\.(\\d+(?:\\.\\d+)?))?");
    private static final String KEYS =
            "label, absent, tag, state, split, review, origin, model, prompt, text, name";

    /// @param key what stands before the colon; null for a word alone
    /// @param values what is behind the colon, parted at the commas that are not in quotes
    private record Token(
            int place, String text, @Nullable String key, boolean quoted, List<String> values) {
        Token(int place, String text) {
            this(place, text, null, false, List.of());
        }

        boolean is(String word) {
            return !quoted && key == null && text.equals(word);
        }
    }

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int next;
    private int depth;
    private ImageFilter.@Nullable Fault fault;

    private FilterParser(String source) {
        this.source = source;
    }

    static Optional<ImageFilter.Fault> check(String text) {
        var parser = new FilterParser(text);
        try {
            parser.read();
            return Optional.empty();
        } catch (ProblemException e) {
            return Optional.of(
                    parser.fault == null
                            ? new ImageFilter.Fault(0, e.problem().summary())
                            : parser.fault);
        }
    }

    static ImageFilter parse(String text) throws ProblemException {
        return new FilterParser(text).read();
    }

    private ImageFilter read() throws ProblemException {
        if (source.length() > MAX_LENGTH) {
            throw new ProblemException(
                    "The filter is too long", source.length() + " characters", "Shorten it");
        }
        split();
        if (tokens.isEmpty()) {
            return ImageFilter.ALL;
        }
        var filter = alternatives();
        if (next < tokens.size()) {
            throw unexpected(tokens.get(next));
        }
        return filter;
    }

    private void split() throws ProblemException {
        int at = 0;
        while (at < source.length()) {
            char c = source.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '(' || c == ')' || c == '-') {
                tokens.add(new Token(at, String.valueOf(c)));
                at++;
            } else {
                at = word(at);
            }
        }
    }

    /// A word, a quoted phrase, or a key with either.
    private int word(int start) throws ProblemException {
        int at = start;
        String key = null;
        var text = new StringBuilder();
        var values = new ArrayList<String>();
        int valueStart = 0;
        boolean quoted = false;
        while (at < source.length()) {
            char c = source.charAt(at);
            if (c == '"') {
                int end = source.indexOf('"', at + 1);
                if (end < 0) {
                    throw fault(at, "a quote is not closed");
                }
                text.append(source, at + 1, end);
                quoted = true;
                at = end + 1;
            } else if (Character.isWhitespace(c) || c == '(' || c == ')') {
                break;
            } else if (c == ':' && key == null && !quoted) {
                key = text.toString();
                text.setLength(0);
                at++;
            } else if (c == ',' && key != null) {
                values.add(text.substring(valueStart));
                valueStart = text.length();
                at++;
            } else {
                text.append(c);
                at++;
            }
        }
        values.add(text.substring(valueStart));
        tokens.add(new Token(start, text.toString(), key, quoted, values));
        return at;
    }

    private ImageFilter alternatives() throws ProblemException {
        var all = new ArrayList<ImageFilter>();
        all.add(together());
        while (next < tokens.size() && tokens.get(next).is("or")) {
            next++;
            all.add(together());
        }
        return all.size() == 1 ? all.getFirst() : new ImageFilter.Or(all);
    }

    private ImageFilter together() throws ProblemException {
        var all = new ArrayList<ImageFilter>();
        while (next < tokens.size() && !tokens.get(next).is("or") && !tokens.get(next).is(")")) {
            if (tokens.get(next).is("and") && !all.isEmpty()) {
                next++;
            }
            all.add(term());
        }
        if (all.isEmpty()) {
            throw fault(
                    next < tokens.size() ? tokens.get(next).place() : source.length(),
                    "a term is missing");
        }
        return all.size() == 1 ? all.getFirst() : new ImageFilter.And(all);
    }

    private ImageFilter term() throws ProblemException {
        if (next == tokens.size()) {
            throw fault(source.length(), "a term is missing");
        }
        if (++depth > MAX_DEPTH) {
            throw fault(tokens.get(next).place(), "too many parentheses or negations");
        }
        var token = tokens.get(next++);
        ImageFilter filter;
        if (token.is("-") || token.is("not")) {
            filter = new ImageFilter.Not(term());
        } else if (token.is("(")) {
            filter = alternatives();
            if (next == tokens.size() || !tokens.get(next).is(")")) {
                throw fault(token.place(), "a parenthesis is not closed");
            }
            next++;
        } else if (token.is(")") || token.is("or") || token.is("and")) {
            throw unexpected(token);
        } else {
            filter = leaf(token);
        }
        depth--;
        return filter;
    }

    private ImageFilter leaf(Token token) throws ProblemException {
        if (token.key() == null) {
            var number = NUMBER_TERM.matcher(token.text());
            if (!token.quoted() && number.matches()) {
                return number.group(4) == null
                        ? comparison(token, number.group(1), number.group(2), number.group(3))
                        : range(token, number.group(1), number.group(2), number);
            }
            return new ImageFilter.Or(
                    List.of(
                            new ImageFilter.SaysWords(token.text()),
                            new ImageFilter.Named(token.text())));
        }
        if (token.text().isBlank()) {
            throw fault(token.place(), "nothing stands after " + token.key() + ":");
        }
        var all = new ArrayList<ImageFilter>();
        for (var value : token.values()) {
            if (!value.isEmpty()) {
                all.add(keyed(token, token.key(), value));
            }
        }
        return all.size() == 1 ? all.getFirst() : new ImageFilter.Or(all);
    }

    private ImageFilter keyed(Token token, String key, String value) throws ProblemException {
        return switch (key) {
            case "label" -> new ImageFilter.HasLabel(value);
            case "absent" -> new ImageFilter.CheckedAbsent(value);
            case "tag" -> new ImageFilter.Tagged(value);
            case "state" -> new ImageFilter.InState(one(token, ImageState.class, value));
            case "split" -> new ImageFilter.InSplit(one(token, Split.class, value));
            case "review" -> new ImageFilter.HasReview(one(token, ReviewState.class, value));
            case "origin" -> new ImageFilter.HasOrigin(one(token, ImageFilter.Origin.class, value));
            case "model" -> new ImageFilter.FromModel(value);
            case "prompt" -> new ImageFilter.FromPrompt(value);
            case "text" -> new ImageFilter.SaysWords(value);
            case "name" -> new ImageFilter.Named(value);
            default -> throw fault(token.place(), "there is no '" + key + ":', only " + KEYS);
        };
    }

    private <E extends Enum<E>> E one(Token token, Class<E> type, String value)
            throws ProblemException {
        String wanted = value.replace('-', '_').toUpperCase(Locale.ROOT);
        for (var constant : type.getEnumConstants()) {
            if (constant.name().equals(wanted)) {
                return constant;
            }
        }
        throw fault(
                token.place(),
                "'"
                        + value
                        + "' is none of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(constant ->
                                        constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                                .collect(Collectors.joining(", ")));
    }

    private ImageFilter comparison(Token token, String what, String sign, String number)
            throws ProblemException {
        var comparison =
                Arrays.stream(ImageFilter.Comparison.values())
                        .filter(one -> one.sign().equals(sign))
                        .findFirst()
                        .orElseThrow();
        try {
            return switch (what) {
                case "score" -> new ImageFilter.Score(comparison, Double.parseDouble(number));
                case "area" -> within(ImageFilter.Measure.AREA, comparison, number);
                case "aspect" -> within(ImageFilter.Measure.ASPECT, comparison, number);
                case "objects" -> new ImageFilter.Objects(comparison, Integer.parseInt(number));
                case "edits" -> new ImageFilter.Edits(comparison, Integer.parseInt(number));
                default -> new ImageFilter.Texts(comparison, Integer.parseInt(number));
            };
        } catch (NumberFormatException e) {
            throw fault(token.place(), "'" + number + "' is no number of " + what);
        }
    }

    private static ImageFilter within(
            ImageFilter.Measure measure, ImageFilter.Comparison comparison, String number) {
        double value = Double.parseDouble(number);
        double above = Math.nextUp(value);
        double least = Double.NEGATIVE_INFINITY;
        double most = Double.POSITIVE_INFINITY;
        return switch (comparison) {
            case LESS -> new ImageFilter.Within(measure, least, value);
            case AT_MOST -> new ImageFilter.Within(measure, least, above);
            case EQUAL -> new ImageFilter.Within(measure, value, above);
            case AT_LEAST -> new ImageFilter.Within(measure, value, most);
            case MORE -> new ImageFilter.Within(measure, above, most);
        };
    }

    private ImageFilter range(Token token, String what, String sign, Matcher numbers)
            throws ProblemException {
        if (!sign.equals("=")) {
            throw fault(token.place(), "a range is written as score=0.2..0.3");
        }
        var measure =
                Arrays.stream(ImageFilter.Measure.values())
                        .filter(one -> one.name().equalsIgnoreCase(what))
                        .findFirst();
        return measure.isPresent()
                ? new ImageFilter.Within(
                        measure.get(),
                        Double.parseDouble(numbers.group(3)),
                        Double.parseDouble(numbers.group(4)))
                : new ImageFilter.And(
                        List.of(
                                comparison(token, what, ">=", numbers.group(3)),
                                comparison(token, what, "<", numbers.group(4))));
    }

    private ProblemException unexpected(Token token) {
        return fault(token.place(), "'" + token.text() + "' does not belong here");
    }

    private ProblemException fault(int place, String words) {
        fault = new ImageFilter.Fault(place, words);
        return new ProblemException(
                "The filter cannot be read",
                "at character " + (place + 1) + " of '" + source + "': " + words,
                "An example: label:cat -tag:night score<0.5");
    }
}

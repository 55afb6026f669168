package org.palimpsest.format.yolo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads the YAML that `data.yaml` files are written in: scalars, and lists and maps of scalars, as blocks or in
/// brackets, with comments and quotes. Tags, anchors and aliases are refused; keys that do not matter are passed over.
final class YamlSubset {
    private static final Set<String> KEYS =
            Set.of("path", "train", "val", "valid", "validation", "test", "names");

    /// Why the text is none of this.
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String reason) {
            super(reason);
        }
    }

    private final List<String> lines;
    private int next;

    private YamlSubset(String text) {
        this.lines = text.lines().map(YamlSubset::withoutComment).toList();
    }

    /// The values of the keys that matter.
    static Map<String, YamlValue> parse(String text) throws Unreadable {
        return new YamlSubset(text).document();
    }

    private Map<String, YamlValue> document() throws Unreadable {
        var values = new LinkedHashMap<String, YamlValue>();
        while (next < lines.size()) {
            String line = lines.get(next++);
            int colon = line.indexOf(':');
            if (line.isBlank() || indent(line) > 0 || colon <= 0) {
                continue; // a document mark, or a part of a value that does not matter
            }
            String key = unquoted(line.substring(0, colon).strip());
            if (KEYS.contains(key)) {
                values.put(key, value(key, line.substring(colon + 1).strip()));
            }
        }
        return values;
    }

    private YamlValue value(String key, String rest) throws Unreadable {
        refuseTags(key, rest);
        if (rest.startsWith("[") || rest.startsWith("{")) {
            return new Flow(key, collectFlow(rest)).parse();
        }
        if (!rest.isEmpty()) {
            return new YamlValue.Scalar(unquoted(rest));
        }
        return block(key);
    }

    private static void refuseTags(String key, String text) throws Unreadable {
        if (text.startsWith("!") || text.startsWith("&") || text.startsWith("*")) {
            throw new Unreadable(
                    "the value of " + key + " is a tag, anchor or alias, which is not followed");
        }
    }

    /// Lines are joined until the brackets are closed.
    private String collectFlow(String first) {
        var text = new StringBuilder(first);
        while (!isClosed(text) && next < lines.size()) {
            text.append(' ').append(lines.get(next++).strip());
        }
        return text.toString();
    }

    private static boolean isClosed(CharSequence text) {
        int depth = 0;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                if (c == '\\' && quote == '"') {
                    i++;
                } else if (c == quote) {
                    quote = 0;
                }
            } else if ((c == '"' || c == '\'') && startsScalar(text, i)) {
                quote = c;
            } else if (c == '[' || c == '{') {
                depth++;
            } else if (c == ']' || c == '}') {
                depth--;
            }
        }
        return depth <= 0;
    }

    private YamlValue block(String key) throws Unreadable {
        var items = new ArrayList<String>();
        var entries = new LinkedHashMap<String, String>();
        while (next < lines.size()) {
            String line = lines.get(next);
            String stripped = line.strip();
            boolean item = stripped.equals("-") || stripped.startsWith("- ");
            if (!stripped.isEmpty() && indent(line) == 0 && !item) {
                break;
            }
            next++;
            if (stripped.isEmpty()) {
                continue;
            }
            if (item) {
                String text = stripped.substring(1).strip();
                refuseTags(key, text);
                items.add(unquoted(text));
                continue;
            }
            int colon = keyEnd(stripped);
            if (colon < 0) {
                throw new Unreadable("this line below " + key + " is no entry: " + stripped);
            }
            String text = stripped.substring(colon + 1).strip();
            refuseTags(key, text);
            entries.put(unquoted(stripped.substring(0, colon).strip()), unquoted(text));
        }
        return items.isEmpty() && !entries.isEmpty()
                ? new YamlValue.Mapping(entries)
                : new YamlValue.Sequence(items);
    }

    /// The colon behind a key, which may be quoted; negative where there is none.
    private static int keyEnd(String text) {
        char quote = text.charAt(0);
        int from = quote == '"' || quote == '\'' ? text.indexOf(quote, 1) + 1 : 0;
        return text.indexOf(':', from);
    }

    private static int indent(String line) {
        int indent = 0;
        while (indent < line.length() && Character.isWhitespace(line.charAt(indent))) {
            indent++;
        }
        return indent;
    }

    private static String withoutComment(String line) {
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != 0) {
                if (c == '\\' && quote == '"') {
                    i++;
                } else if (c == quote) {
                    quote = 0;
                }
            } else if ((c == '"' || c == '\'') && startsScalar(line, i)) {
                quote = c;
            } else if (c == '#' && (i == 0 || Character.isWhitespace(line.charAt(i - 1)))) {
                return line.substring(0, i);
            }
        }
        return line;
    }

    /// A quote inside of a word, as in `men's`, begins nothing.
    private static boolean startsScalar(CharSequence line, int at) {
        return at == 0 || " \t[{,:".indexOf(line.charAt(at - 1)) >= 0;
    }

    static String unquoted(String text) {
        int length = text.length();
        if (length >= 2 && text.startsWith("'") && text.endsWith("'")) {
            return text.substring(1, length - 1).replace("''", "'");
        }
        if (length < 2 || !text.startsWith("\"") || !text.endsWith("\"")) {
            return text;
        }
        var plain = new StringBuilder();
        for (int i = 1; i < length - 1; i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == length - 1) {
                plain.append(c);
                continue;
            }
            char escaped = text.charAt(++i);
            int digits = escaped == 'x' ? 2 : escaped == 'u' ? 4 : escaped == 'U' ? 8 : 0;
            if (digits == 0) {
                plain.append(escaped == 'n' ? '\n' : escaped == 't' ? '\t' : escaped);
            } else {
                int end = Math.min(length - 1, i + 1 + digits);
                plain.append(character(text.substring(i + 1, end)));
                i = end - 1;
            }
        }
        return plain.toString();
    }

    private static String character(String hexadecimal) {
        try {
            int point = Integer.parseInt(hexadecimal, 16);
            return Character.isValidCodePoint(point) ? Character.toString(point) : "\uFFFD";
        } catch (NumberFormatException e) {
            return "\uFFFD";
        }
    }

    /// A list or map in brackets.
    private static final class Flow {
        private final String key;
        private final String text;
        private int at;

        Flow(String key, String text) {
            this.key = key;
            this.text = text;
        }

        YamlValue parse() throws Unreadable {
            boolean map = text.charAt(at++) == '{';
            char close = map ? '}' : ']';
            var items = new ArrayList<String>();
            var entries = new LinkedHashMap<String, String>();
            while (true) {
                skipSpace();
                if (at >= text.length()) {
                    throw new Unreadable("the brackets of " + key + " are not closed");
                }
                if (text.charAt(at) == close) {
                    return map ? new YamlValue.Mapping(entries) : new YamlValue.Sequence(items);
                }
                String first = scalar(map ? ":,}" : ",]");
                if (map && at < text.length() && text.charAt(at) == ':') {
                    at++;
                    skipSpace();
                    entries.put(first, scalar(",}"));
                } else {
                    items.add(first);
                }
                if (at < text.length() && text.charAt(at) == ',') {
                    at++;
                }
            }
        }

        private void skipSpace() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }

        private String scalar(String ends) throws Unreadable {
            int start = at;
            char quote = at < text.length() ? text.charAt(at) : ' ';
            if (quote == '"' || quote == '\'') {
                at++;
                while (at < text.length() && text.charAt(at) != quote) {
                    at += text.charAt(at) == '\\' && quote == '"' ? 2 : 1;
                }
                at = Math.min(text.length(), at + 1);
            }
            while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
                if (text.charAt(at) == '[' || text.charAt(at) == '{') {
                    throw new Unreadable(key + " goes deeper than names do");
                }
                at++;
            }
            String found = text.substring(start, at).strip();
            refuseTags(key, found);
            return unquoted(found);
        }
    }
}

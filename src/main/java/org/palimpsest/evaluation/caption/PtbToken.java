package org.palimpsest.evaluation.caption;

import static java.util.Map.entry;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/// The kinds of tokens: what each looks like and how it is written. Of several that match, the longest wins, of equally long
/// ones the first.
///
/// In the patterns `%W` is a letter, mark or digit, `%L` a letter or mark, `%N` a digit, `%A` an apostrophe, and `%E` says
/// that no letter or digit follows. A group makes the token shorter than the match that competes.
enum PtbToken {
    TAG("</?[A-Za-z][^>]*>"),
    ADDRESS("(?i:https?)://[^\\s\"<>|()]+[^\\s\"<>|.!?(){},\\-]"),
    SITE(
            "(?:(?i:www)\\.(?:[^\\s\"`'<>|.!?(){},\\-_$]+\\.)+[A-Za-z]{2,4}"
                    + "|(?:[^\\s\"`'<>|.!?(){},\\-_$/]+\\.)+(?:com|net|org|edu))"
                    + "(?:/[^\\s\"<>|()]+[^\\s\"<>|.!?(){},\\-])?%E"),
    MAIL("[A-Za-z0-9][^\\s\"<>|(){}@]*@(?:[^\\s\"<>|(){}.@]+\\.)*[^\\s\"<>|(){}.,;:!?@]+"),
    USER("@[A-Za-z_][A-Za-z_0-9]*"),
    HASHTAG("#\\p{L}[%W_]*"),

    TWO_WORDS("(?i:cannot|gonna|gotta|wanna|lemme|gimme)(?!%A)%E", token -> cut(token, 3)),
    MORE_THAN("(?i:more%An)%E", token -> cut(token, 4)),
    IT_IS("'(?i:tis|twas)%E", token -> cut(token, 2)),
    BEFORE_NOT("(%W+?(?:[-_]%W+?)*)[nN][%A`][tT]%E"),
    NOT("[nN][%A`][tT]%E", PtbToken::plainApostrophes),
    CLITIC("%A(?i:s|m|d|ll|re|ve)%E", PtbToken::plainApostrophes),
    CLIPPED("%A[nN]%A|(?i:%A(?:em|till?|cause|n)|ol%A|c%Amon|somethin%A|dunkin%A)%E"),
    ELISION(
            "[lLdDjJ]%A|[yY]%A(?=%L)|(?i:[eo]%Aer|ne%Aer|ma%Aam|hawai%Ai)%E|(?:[qQ]u|c)%A%L+|s%Amores%E"),
    NAME("(?:[A-HJ-XZ]|[ndlo])%A%L{2,}(?:-%W+)*"),
    DECADE("%A%N[0-9][sS]?(?!%A|[-:.,/]%N)%E"),

    WORD("%L%W*(?:[.!?]%L%W*)*"),
    COMPOUND("%W+(?:[-_\\u2010\\u2011]%W+)*"),
    PLAIN_COMPOUND("[A-Za-z0-9][A-Za-z0-9.,]*(?:-[A-Za-z0-9]+)+"),
    ALTERNATIVES("[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*(?:/[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)+"),
    JOINED("[A-Z]+&[A-Z]+|[Cc]\\+\\+|[CcFf]#"),
    NUMBER("[-+]?(?:%N*(?:[.:,]%N+)+|%N+(?:[.:,]%N+)*)"),
    FRACTION("%N+-%N+/%N+|%N+/%N+(?:-%W+)+"),
    INITIALS("(?:[A-Za-z]\\.){2,}(?:-%W+)+|(?:[A-Za-z]\\.)+"),
    ABBREVIATION(PtbAbbreviations.PATTERN),
    WITHIN_SENTENCE("%L%W*\\.(?=[,;:])"),
    AREA_CODE("(\\(%N{3}\\)) ?%N{3}[- ]?%N{3,5}", PtbToken::brackets),

    SMILEY("[<>]?[:;=][-o*%A]?[()DPdpO\\\\{@|\\[\\]]%E", PtbToken::brackets),
    BRACKET("[()\\[\\]{}]", PtbToken::brackets),
    DASH("-{2,4}|[\\u2013\\u2014\\u2015]", _ -> List.of("--")),
    LONG_DASH("-{5,}"),
    DOTS("\\.{3,}|\\. \\. \\.|\\u2026", _ -> List.of("...")),
    EXCLAMATION("[?!]+"),
    ROW("[*]+|#+|@+|_+"),
    OPENING_QUOTE("``|[\\u201C\\u00AB]", _ -> List.of("``")),
    CLOSING_QUOTE("\"|%A%A|[\\u201D\\u00BB]|&(?i:quot);", _ -> List.of("''")),
    SINGLE_QUOTE("%A|[\\u2018\\u201B\\u2039\\u203A]", _ -> List.of("'")),
    ENTITY("&(?i:amp|lt|gt);", PtbToken::written),
    DOLLAR("[A-Z]{1,2}\\$"),
    SYMBOL("[\\u00A3\\u20AC\\u00A2\\u00BC\\u00BD\\u00BE\\u2153\\u2154]", PtbToken::written),
    INVISIBLE("[\\u2012\\u00AD\\u200B-\\u200F\\uFEFF]", _ -> List.of()),
    OTHER(".");

    /// What is written in another way than it stands in the text.
    private static final Map<String, String> WRITTEN =
            Map.ofEntries(
                    entry("\u00A3", "#"),
                    entry("\u20AC", "$"),
                    entry("\u00A2", "cents"),
                    entry("\u00BC", "1/4"),
                    entry("\u00BD", "1/2"),
                    entry("\u00BE", "3/4"),
                    entry("\u2153", "1/3"),
                    entry("\u2154", "2/3"),
                    entry("&amp;", "&"),
                    entry("&lt;", "<"),
                    entry("&gt;", ">"));

    private static final Map<String, String> BRACKETS =
            Map.of(
                    "(", "-LRB-", ")", "-RRB-", "[", "-LSB-", "]", "-RSB-", "{", "-LCB-", "}",
                    "-RCB-");

    private final Pattern pattern;
    private final Function<String, List<String>> write;

    PtbToken(String pattern) {
        this(pattern, List::of);
    }

    PtbToken(String pattern, Function<String, List<String>> write) {
        this.pattern =
                Pattern.compile(
                        pattern.replace("%E", "(?!%W)")
                                .replace("%W", "[\\p{L}\\p{M}\\p{Nd}]")
                                .replace("%L", "[\\p{L}\\p{M}]")
                                .replace("%N", "\\p{Nd}")
                                .replace("%A", "['\\u2019]"),
                        Pattern.DOTALL);
        this.write = write;
    }

    /// @param tokens as they are written, none for what vanishes
    /// @param end where the text goes on
    record Match(List<String> tokens, int end) {}

    /// The token that begins at a place which is no blank.
    static Match longest(String text, int at) {
        int longest = 0;
        var best = new Match(List.of(), at + 1);
        for (var kind : values()) {
            var matcher =
                    kind.pattern.matcher(text).region(at, text.length()).useTransparentBounds(true);
            if (matcher.lookingAt() && matcher.end() - at > longest) {
                longest = matcher.end() - at;
                int end = matcher.groupCount() > 0 ? matcher.end(1) : matcher.end();
                best = new Match(kind.write.apply(text.substring(at, end)), end);
            }
        }
        return best;
    }

    private static List<String> cut(String token, int at) {
        return List.of(token.substring(0, at), token.substring(at));
    }

    private static List<String> plainApostrophes(String token) {
        return List.of(token.replace('\u2019', '\''));
    }

    private static List<String> written(String token) {
        return List.of(WRITTEN.getOrDefault(token.toLowerCase(Locale.ENGLISH), token));
    }

    /// Round brackets and lone ones get names; square and curly ones in a smiley stay.
    private static List<String> brackets(String token) {
        return List.of(
                token.length() == 1
                        ? BRACKETS.getOrDefault(token, token)
                        : token.replace("(", "-LRB-").replace(")", "-RRB-"));
    }
}

package org.palimpsest.evaluation.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// VQAv2's normal form of an answer: no punctuation, no articles, number words as digits, contractions with their
/// apostrophe (GT-Vision-Lab/VQA PythonEvaluationTools/vqaEvaluation/vqaEval.py, a013f00), slips included.
public final class VqaNormalization {
    private static final List<String> PUNCTUATION =
            List.of(
                    ";", "/", "[", "]", "\"", "{", "}", "(", ")", "=", "+", "\\", "_", "-", ">",
                    "<", "@", "`", ",", "?", "!");

    private static final Pattern DIGIT_COMMA_DIGIT =
            Pattern.compile("\\d,\\d", Pattern.UNICODE_CHARACTER_CLASS);

    /// The script means to spare full stops behind digits as well, but says something else.
    private static final Pattern FULL_STOP =
            Pattern.compile("\\.(?!\\d)", Pattern.UNICODE_CHARACTER_CLASS);

    /// The script hands Python's flag for Unicode over in the place of a count.
    private static final int MOST_FULL_STOPS = 32;

    private static final Set<String> ARTICLES = Set.of("a", "an", "the");

    private static final List<String> NUMBERS =
            List.of(
                    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
                    "ten");

    /// Words that are found again when one of their apostrophes is missing.
    private static final String CONTRACTIONS =
            """
            'ow's'at 'twas ain't aren't can't could've couldn't couldn't've didn't doesn't
            don't hadn't hadn't've hasn't haven't he'd he'd've he's how'd how'll how's isn't
            it'd it'd've it'll ma'am might've mightn't mightn't've must've mustn't needn't
            not've o'clock oughtn't shan't she'd've should've shouldn't shouldn't've
            somebody'd've somebody'll somebody's someone'd someone'd've someone'll someone's
            something'd something'd've something'll that's there'd there'd've there're
            there's they'd they'd've they'll they're they've wasn't we'd've we've weren't
            what'll what're what's what've when's where'd where's where've who'd who'd've
            who'll who's who've why'll why're why's won't would've wouldn't wouldn't've
            y'all y'all'd've y'all'll you'd you'd've you'll you're you've
            """;

    private static final Map<String, String> REPLACEMENTS = replacements();

    private VqaNormalization() {}

    /// The answer in its normal form.
    public static String apply(String text) {
        var words = new ArrayList<String>();
        for (var word : PythonText.split(withoutPunctuation(text).toLowerCase(Locale.ROOT))) {
            if (!ARTICLES.contains(word)) {
                words.add(REPLACEMENTS.getOrDefault(word, word));
            }
        }
        return String.join(" ", words);
    }

    /// A mark vanishes where it stands beside a blank anywhere in the text, or where a comma stands between digits; else it
    /// becomes a blank.
    private static String withoutPunctuation(String text) {
        boolean hasDigitComma = DIGIT_COMMA_DIGIT.matcher(text).find();
        var result = text;
        for (var mark : PUNCTUATION) {
            boolean vanishes =
                    hasDigitComma || text.contains(mark + " ") || text.contains(" " + mark);
            result = result.replace(mark, vanishes ? "" : " ");
        }
        var matcher = FULL_STOP.matcher(result);
        var kept = new StringBuilder();
        for (int i = 0; i < MOST_FULL_STOPS && matcher.find(); i++) {
            matcher.appendReplacement(kept, "");
        }
        return matcher.appendTail(kept).toString();
    }

    private static Map<String, String> replacements() {
        var table = new HashMap<String, String>();
        for (var word : CONTRACTIONS.split("\\s+")) {
            for (int i = word.indexOf('\''); i >= 0; i = word.indexOf('\'', i + 1)) {
                table.put(word.substring(0, i) + word.substring(i + 1), word);
            }
        }
        table.put("somebody'd", "somebodyd"); // the wrong way round in the script
        for (int i = 0; i < NUMBERS.size(); i++) {
            table.put(NUMBERS.get(i), Integer.toString(i));
        }
        table.put("none", "0");
        return table;
    }
}

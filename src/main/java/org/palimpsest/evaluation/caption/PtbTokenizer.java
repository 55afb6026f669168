package org.palimpsest.evaluation.caption;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.palimpsest.evaluation.text.PythonText;

/// Splits captions into the words that the COCO caption tools count: Penn Treebank tokens as Stanford CoreNLP 3.4.1's
/// `PTBTokenizer` makes them with `-preserveLines -lowerCase`, without punctuation (salaniz/pycocoevalcap
/// tokenizer/ptbtokenizer.py, ad63453).
///
/// Written from what that program answers, not from its source: each kind of token is a row of [PtbToken], and the longest
/// match wins. Words, contractions, numbers, abbreviations, quotation marks, brackets, addresses and smileys are split as
/// there; rare kinds of text (telephone numbers without brackets, names with an exclamation mark, other entities than the
/// five of XML) may differ.
public final class PtbTokenizer {
    /// Brackets are written in lower case by then, so that they never meet the upper case of this list and stay: a slip of
    /// the caption tools that all published numbers share.
    private static final Set<String> PUNCTUATION =
            Set.of(
                    "''", "'", "``", "`", "-LRB-", "-RRB-", "-LCB-", "-RCB-", ".", "?", "!", ",",
                    ":", "-", "--", "...", ";");

    private PtbTokenizer() {}

    /// The words of a caption that are counted, in lower case.
    public static List<String> captionWords(String caption) {
        return tokens(caption.replace('\n', ' ')).stream()
                .filter(token -> !PUNCTUATION.contains(token))
                .flatMap(token -> PythonText.split(token).stream())
                .toList();
    }

    /// All tokens of a line in lower case, punctuation among them.
    ///
    /// Full stops behind an abbreviation at the end of a sentence are not doubled, which the original does.
    static List<String> tokens(String line) {
        var text = withoutSupplementary(line);
        var tokens = new ArrayList<String>();
        int at = 0;
        while (at < text.length()) {
            if (PythonText.split(text.substring(at, at + 1)).isEmpty()) {
                at++;
                continue;
            }
            var match = PtbToken.longest(text, at);
            match.tokens().forEach(token -> tokens.add(token.toLowerCase(Locale.ENGLISH)));
            at = match.end();
        }
        return tokens;
    }

    /// Characters beyond the first plane, emoji most of all, vanish and part what stands around them.
    private static String withoutSupplementary(String line) {
        var text = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            text.append(Character.isSurrogate(c) || Character.isISOControl(c) ? ' ' : c);
        }
        return text.toString();
    }
}

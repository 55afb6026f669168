package org.palimpsest.paligemma.prompt;

import java.util.ArrayList;
import java.util.List;

/// Moves through the text of an answer, token by token.
final class AnswerScanner {
    private static final List<String> IGNORED = List.of("<eos>", "<bos>", "<pad>");
    private static final int LOCATION_DIGITS = 4;
    private static final int CODE_DIGITS = 3;

    private final String text;
    private int position;

    AnswerScanner(String text) {
        this.text = text;
    }

    int position() {
        return position;
    }

    boolean atEnd() {
        return position == text.length();
    }

    boolean atLocation() {
        return locationAt(position) >= 0;
    }

    /// Skips the prompt where the answer repeats it, but never a part of a longer word.
    void skipRepeatedPrompt(String prompt) {
        skipBlanks();
        int end = position + prompt.length();
        if (!prompt.isEmpty()
                && text.startsWith(prompt, position)
                && (end == text.length()
                        || Labels.isBlank(text.charAt(end))
                        || locationAt(end) >= 0)) {
            position = end;
        }
    }

    void skipBlanks() {
        while (!atEnd()) {
            int length = blankLengthAt(position);
            if (length == 0) {
                return;
            }
            position += length;
        }
    }

    void skipSeparators() {
        skipBlanks();
        while (!atEnd() && text.charAt(position) == ';') {
            position++;
            skipBlanks();
        }
    }

    /// The bins of the location tokens here, with or without blanks between them.
    List<Integer> takeLocations(int most) {
        var bins = new ArrayList<Integer>(most);
        skipBlanks();
        int bin = locationAt(position);
        while (bin >= 0 && bins.size() < most) {
            bins.add(bin);
            position += "<loc>".length() + LOCATION_DIGITS;
            skipBlanks();
            bin = locationAt(position);
        }
        return bins;
    }

    /// The codes of all the segmentation tokens here, with or without blanks between them.
    List<Integer> takeCodes() {
        var codes = new ArrayList<Integer>(SegmentedObject.CODES_PER_MASK);
        int code = codeAt(position);
        while (code >= 0) {
            codes.add(code);
            position += "<seg>".length() + CODE_DIGITS;
            skipBlanks();
            code = codeAt(position);
        }
        return codes;
    }

    /// The words up to a `;`, a line break, a location token or the end.
    String takeLabel() {
        int start = position;
        while (!atEnd() && !endsLabel(text.charAt(position))) {
            position++;
        }
        return Labels.trim(text.substring(start, position));
    }

    private boolean endsLabel(char character) {
        return character == ';'
                || Labels.isLineBreak(character)
                || (character == '<' && (atLocation() || ignoredLengthAt(position) > 0));
    }

    private int blankLengthAt(int index) {
        return Labels.isBlank(text.charAt(index)) ? 1 : ignoredLengthAt(index);
    }

    private int ignoredLengthAt(int index) {
        for (String token : IGNORED) {
            if (text.startsWith(token, index)) {
                return token.length();
            }
        }
        return 0;
    }

    /// The bin of the location token at this index, or -1.
    private int locationAt(int index) {
        return numberAt(index, "<loc", LOCATION_DIGITS, NormalizedBox.BINS);
    }

    private int codeAt(int index) {
        return numberAt(index, "<seg", CODE_DIGITS, SegmentedObject.CODE_BOOK_SIZE);
    }

    private int numberAt(int index, String opening, int digits, int limit) {
        int end = index + opening.length() + digits;
        if (!text.startsWith(opening, index) || end >= text.length() || text.charAt(end) != '>') {
            return -1;
        }
        int number = 0;
        for (int i = index + opening.length(); i < end; i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            number = 10 * number + (digit - '0');
        }
        return number < limit ? number : -1;
    }
}

package org.palimpsest.paligemma.token;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.palimpsest.paligemma.token.SentencePieceModel.Kind;
import org.palimpsest.paligemma.token.SentencePieceModel.Piece;
import org.palimpsest.problem.ProblemException;

/// SentencePiece's byte-pair encoding, for models of Gemma's kind.
///
/// The algorithm is that of google/sentencepiece src/bpe_model.cc (v0.2.0), `SampleEncode` without
/// sampling: user-defined pieces are cut out first, longest first; of the neighbouring symbols that
/// form a piece, those of the best score are joined, the leftmost first, until none is left.
///
/// The native library behind ai.djl.sentencepiece is not used: it ends the whole process when asked
/// for an unknown id or given a damaged file, and garbles decoded characters outside the basic
/// plane.
final class SentencePieceTokenizer extends VocabularyTokenizer {
    private static final char BLANK = '\u2581';

    /// What SentencePiece writes for an unknown piece: the double question mark between blanks.
    private static final String UNKNOWN_SURFACE = " \u2047 ";

    private static final int NONE = -1;

    private final List<Piece> pieces;
    private final Map<String, Integer> mergeable = new HashMap<>();
    private final Map<Character, int[]> userDefinedLengths = new HashMap<>();
    private final Map<String, Integer> userDefined = new HashMap<>();
    private final int[] byteIds = new int[256];
    private final boolean byteFallback;
    private final int unknownId;

    private SentencePieceTokenizer(SentencePieceModel model, Vocabulary vocabulary) {
        super(vocabulary);
        this.pieces = model.pieces();
        Arrays.fill(byteIds, NONE);
        int unknown = NONE;
        for (int id = 0; id < pieces.size(); id++) {
            var piece = pieces.get(id);
            switch (piece.kind()) {
                case NORMAL, UNUSED -> mergeable.put(piece.text(), id);
                case USER_DEFINED -> {
                    mergeable.put(piece.text(), id);
                    userDefined.put(piece.text(), id);
                }
                case BYTE -> {
                    int value = byteValue(piece.text());
                    if (value != NONE) {
                        byteIds[value] = id;
                    }
                }
                case UNKNOWN -> unknown = id;
                case CONTROL -> {
                    // Never made from text.
                }
            }
        }
        this.unknownId = unknown;
        this.byteFallback =
                model.byteFallback() && IntStream.of(byteIds).noneMatch(id -> id == NONE);
        var lengths = new HashMap<Character, List<Integer>>();
        for (String text : userDefined.keySet()) {
            lengths.computeIfAbsent(text.charAt(0), _ -> new ArrayList<>()).add(text.length());
        }
        lengths.forEach((first, all) ->
                userDefinedLengths.put(
                        first,
                        all.stream()
                                .distinct()
                                .mapToInt(length -> -length)
                                .sorted()
                                .map(length -> -length)
                                .toArray()));
    }

    static SentencePieceTokenizer open(SentencePieceModel model) throws ProblemException {
        var texts = new @Nullable String[model.pieces().size()];
        var ids = new HashMap<String, Integer>(2 * texts.length);
        var special = new boolean[texts.length];
        boolean hasUnknown = false;
        for (int id = 0; id < texts.length; id++) {
            var piece = model.pieces().get(id);
            texts[id] = piece.text();
            special[id] = piece.kind() == Kind.CONTROL;
            hasUnknown |= piece.kind() == Kind.UNKNOWN;
            if (ids.put(piece.text(), id) != null) {
                throw damaged(model, "the piece '" + piece.text() + "' is there twice");
            }
            if (piece.kind() == Kind.UNUSED) {
                throw damaged(model, "the piece '" + piece.text() + "' is marked unused");
            }
        }
        if (!hasUnknown) {
            throw damaged(model, "no piece is marked as the unknown one");
        }
        return new SentencePieceTokenizer(
                model, new Vocabulary(model.file(), texts, Map.copyOf(ids), special));
    }

    private static ProblemException damaged(SentencePieceModel model, String found) {
        return new ProblemException(
                "This SentencePiece model is damaged or not one of PaliGemma",
                model.file() + ": " + found,
                TokenizerFiles.REMEDY);
    }

    private static int byteValue(String piece) {
        if (piece.length() != 6 || !piece.startsWith("<0x") || piece.charAt(5) != '>') {
            return NONE;
        }
        int high = Character.digit(piece.charAt(3), 16);
        int low = Character.digit(piece.charAt(4), 16);
        return high < 0 || low < 0 ? NONE : 16 * high + low;
    }

    @Override
    public int[] encode(String text) {
        var symbols = Symbols.split(this, WellFormedText.of(text).replace(' ', BLANK));
        symbols.joinAll();
        var ids = IntStream.builder();
        for (int symbol = 0; symbol != NONE && symbols.count > 0; symbol = symbols.next[symbol]) {
            addIds(symbols.text(symbol), ids);
        }
        return ids.build().toArray();
    }

    private void addIds(String symbol, IntStream.Builder ids) {
        Integer id = mergeable.get(symbol);
        if (id != null) {
            ids.add(id);
        } else if (byteFallback) {
            for (byte value : symbol.getBytes(StandardCharsets.UTF_8)) {
                ids.add(byteIds[value & 0xFF]);
            }
        } else {
            ids.add(unknownId);
        }
    }

    /// The length of the user-defined piece at this place, the longest if there are several; 0 for
    /// none.
    private int userDefinedLengthAt(String text, int start) {
        int[] lengths = userDefinedLengths.get(text.charAt(start));
        if (lengths == null) {
            return 0;
        }
        for (int length : lengths) {
            if (start + length <= text.length()
                    && userDefined.containsKey(text.substring(start, start + length))) {
                return length;
            }
        }
        return 0;
    }

    @Override
    public String decode(int[] ids) {
        var text = new StringBuilder();
        var bytes = new ByteRun();
        for (int id : ids) {
            if (!vocabulary.isVisible(id)) {
                continue;
            }
            var piece = pieces.get(id);
            int value = piece.kind() == Kind.BYTE ? byteValue(piece.text()) : NONE;
            if (value != NONE) {
                bytes.add(value);
                continue;
            }
            bytes.flushInto(text);
            text.append(
                    piece.kind() == Kind.UNKNOWN
                            ? UNKNOWN_SURFACE
                            : piece.text().replace(BLANK, ' '));
        }
        bytes.flushInto(text);
        return text.toString();
    }

    @Override
    public void close() {
        // Holds nothing outside the heap.
    }

    /// The text as a chain of symbols that grow together.
    private static final class Symbols {
        private final SentencePieceTokenizer tokenizer;
        private final String text;
        private final int[] start;
        private final int[] end;
        private final int[] previous;
        private final int[] next;
        private final boolean[] frozen;
        private final PriorityQueue<Pair> queue = new PriorityQueue<>();
        private int count;

        private Symbols(SentencePieceTokenizer tokenizer, String text) {
            this.tokenizer = tokenizer;
            this.text = text;
            int most = text.length();
            this.start = new int[most];
            this.end = new int[most];
            this.previous = new int[most];
            this.next = new int[most];
            this.frozen = new boolean[most];
        }

        static Symbols split(SentencePieceTokenizer tokenizer, String text) {
            var symbols = new Symbols(tokenizer, text);
            int position = 0;
            while (position < text.length()) {
                int length = tokenizer.userDefinedLengthAt(text, position);
                int symbol = symbols.count++;
                symbols.frozen[symbol] = length > 0;
                symbols.start[symbol] = position;
                position += length > 0 ? length : Character.charCount(text.codePointAt(position));
                symbols.end[symbol] = position;
                symbols.previous[symbol] = symbol - 1;
                symbols.next[symbol] = position < text.length() ? symbol + 1 : NONE;
            }
            return symbols;
        }

        String text(int symbol) {
            return text.substring(start[symbol], end[symbol]);
        }

        void joinAll() {
            for (int symbol = 1; symbol < count; symbol++) {
                offer(symbol - 1, symbol);
            }
            while (!queue.isEmpty()) {
                var pair = queue.remove();
                if (isGone(pair)) {
                    continue;
                }
                int left = pair.left();
                int right = pair.right();
                end[left] = end[right];
                next[left] = next[right];
                if (next[right] != NONE) {
                    previous[next[right]] = left;
                }
                start[right] = end[right];
                offer(previous[left], left);
                offer(left, next[left]);
            }
        }

        /// Whether one of the two has been joined with something else since the pair was found.
        private boolean isGone(Pair pair) {
            int left = pair.left();
            int right = pair.right();
            return start[left] == end[left]
                    || start[right] == end[right]
                    || end[right] - start[left] != pair.length();
        }

        private void offer(int left, int right) {
            if (left == NONE || right == NONE || frozen[left] || frozen[right]) {
                return;
            }
            Integer id = tokenizer.mergeable.get(text.substring(start[left], end[right]));
            if (id != null) {
                float score = tokenizer.pieces.get(id).score();
                queue.add(new Pair(left, right, score, end[right] - start[left]));
            }
        }
    }

    private record Pair(int left, int right, float score, int length) implements Comparable<Pair> {
        @Override
        public int compareTo(Pair other) {
            int byScore = Float.compare(other.score, score);
            return byScore != 0 ? byScore : Integer.compare(left, other.left);
        }
    }
}

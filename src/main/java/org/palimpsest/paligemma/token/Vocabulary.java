package org.palimpsest.paligemma.token;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.palimpsest.problem.ProblemException;

/// The pieces of a tokenizer by id. Immutable.
final class Vocabulary {
    static final int LOCATIONS = 1024;
    static final int CODES = 128;

    private final Path file;
    private final @Nullable String[] pieces;
    private final Map<String, Integer> ids;
    private final boolean[] special;
    private final int[] locations;
    private final int[] codes;
    private final Map<Integer, Integer> binOfToken;
    private final Map<Integer, Integer> codeOfToken;

    /// @param pieces by id, null where an id has no piece; not copied
    /// @param special whether a piece is left out of decoded text; location and segmentation tokens
    ///     never are, some published files mark them by mistake
    Vocabulary(Path file, @Nullable String[] pieces, Map<String, Integer> ids, boolean[] special) {
        this.file = file;
        this.pieces = pieces;
        this.ids = ids;
        this.special = special.clone();
        this.locations = table("<loc%04d>", LOCATIONS);
        this.codes = table("<seg%03d>", CODES);
        this.binOfToken = inverse(locations);
        this.codeOfToken = inverse(codes);
    }

    /// The ids of numbered pieces, empty unless all are there.
    private int[] table(String format, int count) {
        var table = new int[count];
        for (int i = 0; i < count; i++) {
            Integer id = ids.get(String.format(Locale.ROOT, format, i));
            if (id == null) {
                return new int[0];
            }
            table[i] = id;
            special[id] = false;
        }
        return table;
    }

    private static Map<Integer, Integer> inverse(int[] table) {
        var inverse = new HashMap<Integer, Integer>(2 * table.length);
        for (int i = 0; i < table.length; i++) {
            inverse.put(table[i], i);
        }
        return Map.copyOf(inverse);
    }

    Path file() {
        return file;
    }

    int size() {
        return pieces.length;
    }

    OptionalInt idOf(String piece) {
        Integer id = ids.get(piece);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    String piece(int id) {
        if (id < 0 || id >= pieces.length) {
            throw new IllegalArgumentException(
                    "Token " + id + " is outside the vocabulary of " + pieces.length);
        }
        String piece = pieces[id];
        return piece == null ? "" : piece;
    }

    /// Whether a token stands in decoded text: it has a piece and is not special.
    boolean isVisible(int id) {
        return id >= 0 && id < pieces.length && pieces[id] != null && !special[id];
    }

    int locToken(int bin) {
        return entry(locations, bin, "location");
    }

    int segToken(int code) {
        return entry(codes, code, "segmentation");
    }

    OptionalInt locBin(int id) {
        return optional(binOfToken.get(id));
    }

    OptionalInt segCode(int id) {
        return optional(codeOfToken.get(id));
    }

    private static OptionalInt optional(@Nullable Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    private int entry(int[] table, int index, String kind) {
        if (table.length == 0) {
            throw new IllegalStateException(file + " has no " + kind + " tokens");
        }
        if (index < 0 || index >= table.length) {
            throw new IllegalArgumentException("No " + kind + " token " + index);
        }
        return table[index];
    }

    void requireFits(int embeddingRows) throws ProblemException {
        if (pieces.length > embeddingRows) {
            throw new ProblemException(
                    "The tokenizer does not fit the model",
                    file
                            + " has token ids up to "
                            + (pieces.length - 1)
                            + ", the embedding matrix has "
                            + embeddingRows
                            + " rows",
                    "Take the tokenizer file from the same download as the weights");
        }
        if (locations.length == 0) {
            throw new ProblemException(
                    "The tokenizer is not one of PaliGemma",
                    file + " lacks some of the location tokens <loc0000> to <loc1023>",
                    "Take the tokenizer file from the same download as the weights");
        }
    }

    @Override
    public String toString() {
        return "Vocabulary of " + pieces.length + " from " + file;
    }
}

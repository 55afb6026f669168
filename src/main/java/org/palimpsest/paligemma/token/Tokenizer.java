package org.palimpsest.paligemma.token;

import java.util.OptionalInt;
import org.palimpsest.problem.ProblemException;

/// Text to token ids and back, as the checkpoint's own library does it.
///
/// Thread-safe. After [#close] only the questions about pieces may be asked.
public interface Tokenizer extends AutoCloseable {
    /// The ids of a text, without `<bos>`, `<eos>` or image tokens added.
    ///
    /// `<loc0000>` to `<loc1023>` and `<seg000>` to `<seg127>` in the text become their tokens. A
    /// literal `<bos>`, `<eos>`, `<pad>` or `<image>` becomes the special token with a
    /// `tokenizer.json`, as in the Hugging Face library, and plain characters with a SentencePiece
    /// model, as in that library. Half of a surrogate pair counts as U+FFFD.
    int[] encode(String text);

    /// The text of these ids. Special tokens (`<bos>`, `<eos>`, `<pad>`, `<image>`) and ids without
    /// a piece are left out, location and segmentation tokens stay; bytes that form no character
    /// become U+FFFD.
    String decode(int[] ids);

    /// One more than the largest id.
    int vocabularySize();

    /// The id of a piece spelled exactly so, with U+2581 for blanks.
    OptionalInt idOf(String piece);

    /// The piece of an id, with U+2581 for blanks; empty for an id that has none.
    ///
    /// @throws IllegalArgumentException unless 0 ≤ id < [#vocabularySize]
    String piece(int id);

    /// The token of a location bin from 0 to 1023.
    ///
    /// @throws IllegalStateException if the vocabulary has no location tokens
    int locToken(int bin);

    /// The token of a mask code from 0 to 127.
    ///
    /// @throws IllegalStateException if the vocabulary has no segmentation tokens
    int segToken(int code);

    /// The bin of a location token; empty for any other token.
    OptionalInt locBin(int id);

    /// The code of a segmentation token; empty for any other token.
    OptionalInt segCode(int id);

    /// Checks that every id has a row in a model's embedding matrix, and that the vocabulary is one
    /// of PaliGemma, with location tokens.
    ///
    /// @throws ProblemException if this tokenizer belongs to another model
    void requireFits(int embeddingRows) throws ProblemException;

    @Override
    void close();
}

package org.palimpsest.paligemma.token;

import java.util.OptionalInt;
import org.palimpsest.problem.ProblemException;

/// What both kinds of tokenizer know from their list of pieces.
abstract sealed class VocabularyTokenizer implements Tokenizer
        permits HuggingFaceJsonTokenizer, SentencePieceTokenizer {
    final Vocabulary vocabulary;

    VocabularyTokenizer(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    @Override
    public final int vocabularySize() {
        return vocabulary.size();
    }

    @Override
    public final OptionalInt idOf(String piece) {
        return vocabulary.idOf(piece);
    }

    @Override
    public final String piece(int id) {
        return vocabulary.piece(id);
    }

    @Override
    public final int locToken(int bin) {
        return vocabulary.locToken(bin);
    }

    @Override
    public final int segToken(int code) {
        return vocabulary.segToken(code);
    }

    @Override
    public final OptionalInt locBin(int id) {
        return vocabulary.locBin(id);
    }

    @Override
    public final OptionalInt segCode(int id) {
        return vocabulary.segCode(id);
    }

    @Override
    public final void requireFits(int embeddingRows) throws ProblemException {
        vocabulary.requireFits(embeddingRows);
    }
}

package org.palimpsest.paligemma.token;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// The contents of a SentencePiece model file (`tokenizer.model`, `vocabulary.spm`) of Gemma's
/// kind: BPE, no normalisation but blanks to U+2581, no blank put in front.
///
/// Field numbers are those of sentencepiece_model.proto (google/sentencepiece, v0.2.0).
///
/// @param pieces by id
/// @param byteFallback whether characters without a piece are spelled as bytes
record SentencePieceModel(Path file, List<Piece> pieces, boolean byteFallback) {
    private static final int BPE = 2;
    private static final int MOST_PIECES = 1 << 22;

    enum Kind {
        NORMAL,
        UNKNOWN,
        CONTROL,
        USER_DEFINED,
        UNUSED,
        BYTE
    }

    record Piece(String text, float score, Kind kind) {}

    static SentencePieceModel read(Path file) throws ProblemException {
        byte[] bytes = TokenizerFiles.readAll(file);
        try {
            return parse(file, bytes);
        } catch (ProtobufReader.BadMessageException e) {
            throw new ProblemException(
                    new Problem(
                            "This is not a SentencePiece model, or it is damaged",
                            file + ": " + e.getMessage(),
                            TokenizerFiles.REMEDY),
                    e);
        }
    }

    private static SentencePieceModel parse(Path file, byte[] bytes)
            throws ProtobufReader.BadMessageException, ProblemException {
        var pieces = new ArrayList<Piece>();
        var trainer = new Trainer();
        var normalizer = new Normalizer();
        var message = new ProtobufReader(ByteBuffer.wrap(bytes));
        while (message.next()) {
            switch (message.field()) {
                case 1 -> {
                    pieces.add(piece(new ProtobufReader(message.takeBytes())));
                    if (pieces.size() > MOST_PIECES) {
                        throw unfit(file, "more than " + MOST_PIECES + " pieces");
                    }
                }
                case 2 -> trainer.read(new ProtobufReader(message.takeBytes()));
                case 3 -> normalizer.read(new ProtobufReader(message.takeBytes()));
                default -> message.skip();
            }
        }
        if (pieces.isEmpty()) {
            throw unfit(file, "no pieces");
        }
        if (trainer.modelType != BPE || trainer.blanksAsSuffix) {
            throw unfit(file, "model type " + trainer.modelType + " instead of BPE");
        }
        if (normalizer.dummyPrefix || normalizer.removesBlanks || !normalizer.escapesBlanks) {
            throw unfit(file, "it changes the blanks of a text");
        }
        if (normalizer.changesCharacters) {
            throw unfit(file, "it changes the characters of a text");
        }
        return new SentencePieceModel(file, List.copyOf(pieces), trainer.byteFallback);
    }

    private static ProblemException unfit(Path file, String found) {
        return new ProblemException(
                "This SentencePiece model is not of the kind that PaliGemma uses",
                file + ": " + found,
                TokenizerFiles.REMEDY);
    }

    private static Piece piece(ProtobufReader message) throws ProtobufReader.BadMessageException {
        String text = "";
        float score = 0;
        Kind kind = Kind.NORMAL;
        while (message.next()) {
            switch (message.field()) {
                case 1 -> text = message.takeText();
                case 2 -> score = message.takeFloat();
                case 3 -> kind = kind(message.takeVarint());
                default -> message.skip();
            }
        }
        if (text.isEmpty() || Float.isNaN(score)) {
            throw new ProtobufReader.BadMessageException("a piece without text or score");
        }
        return new Piece(text, score, kind);
    }

    private static Kind kind(long number) throws ProtobufReader.BadMessageException {
        if (number < 1 || number > Kind.values().length) {
            throw new ProtobufReader.BadMessageException("a piece of unknown kind " + number);
        }
        return Kind.values()[(int) number - 1];
    }

    private static final class Trainer {
        private long modelType = 1;
        private boolean byteFallback;
        private boolean blanksAsSuffix;

        void read(ProtobufReader message) throws ProtobufReader.BadMessageException {
            while (message.next()) {
                switch (message.field()) {
                    case 3 -> modelType = message.takeVarint();
                    case 24 -> blanksAsSuffix = message.takeVarint() != 0;
                    case 35 -> byteFallback = message.takeVarint() != 0;
                    default -> message.skip();
                }
            }
        }
    }

    private static final class Normalizer {
        private boolean changesCharacters;
        private boolean dummyPrefix = true;
        private boolean removesBlanks = true;
        private boolean escapesBlanks = true;

        void read(ProtobufReader message) throws ProtobufReader.BadMessageException {
            while (message.next()) {
                switch (message.field()) {
                    case 2 -> changesCharacters = message.takeBytes().hasRemaining();
                    case 3 -> dummyPrefix = message.takeVarint() != 0;
                    case 4 -> removesBlanks = message.takeVarint() != 0;
                    case 5 -> escapesBlanks = message.takeVarint() != 0;
                    default -> message.skip();
                }
            }
        }
    }
}

package org.palimpsest.paligemma.token;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.palimpsest.paligemma.token.TokenizerJson.BadTokenizerException;

/// Copies the `model` object of a `tokenizer.json` field by field, and checks it on the way.
final class BpeModelCopier {
    private static final int MOST_MERGES = 1 << 22;

    private final JsonParser in;
    private final JsonGenerator out;
    private final PieceListener listener;
    private final Set<String> pieces = new HashSet<>();
    private final List<String[]> merges = new ArrayList<>();
    private @Nullable String unknownToken;
    private boolean isBpe;

    /// Is told every piece of the vocabulary.
    interface PieceListener {
        void piece(String piece, int id) throws BadTokenizerException;
    }

    BpeModelCopier(JsonParser in, JsonGenerator out, PieceListener listener) {
        this.in = in;
        this.out = out;
        this.listener = listener;
    }

    void copy() throws IOException, BadTokenizerException {
        TokenizerJson.requireToken(in.currentToken(), JsonToken.START_OBJECT, "model");
        var seen = new HashSet<String>();
        out.writeStartObject();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            if (!seen.add(name)) {
                throw new BadTokenizerException("the model has two fields '" + name + "'");
            }
            in.nextToken();
            copyField(name);
        }
        if (!isBpe || pieces.isEmpty()) {
            throw new BadTokenizerException("the model is not a BPE model with a vocabulary");
        }
        if (unknownToken != null && !pieces.contains(unknownToken)) {
            throw new BadTokenizerException("the unknown token is not in the vocabulary");
        }
        writeMerges();
        out.writeEndObject();
    }

    private void copyField(String name) throws IOException, BadTokenizerException {
        switch (name) {
            case "type" -> {
                isBpe = in.currentToken() == JsonToken.VALUE_STRING && in.getText().equals("BPE");
                out.writeStringField("type", "BPE");
            }
            case "vocab" -> copyVocabulary();
            case "merges" -> readMerges();
            case "unk_token" -> {
                if (in.currentToken() == JsonToken.VALUE_STRING) {
                    unknownToken = in.getText();
                    out.writeStringField(name, unknownToken);
                }
            }
            case "fuse_unk", "byte_fallback", "ignore_merges" -> {
                if (!in.currentToken().isBoolean()) {
                    throw new BadTokenizerException(name + " is not true or false");
                }
                out.writeBooleanField(name, in.getBooleanValue());
            }
            case "dropout" -> {
                boolean none =
                        in.currentToken() == JsonToken.VALUE_NULL
                                || (in.currentToken().isNumeric() && in.getDoubleValue() == 0);
                if (!none) {
                    throw new BadTokenizerException("the model leaves merges out at random");
                }
            }
            case "continuing_subword_prefix", "end_of_word_suffix" -> {
                boolean none =
                        in.currentToken() == JsonToken.VALUE_NULL
                                || (in.currentToken() == JsonToken.VALUE_STRING
                                        && in.getText().isEmpty());
                if (!none) {
                    throw new BadTokenizerException("the model has a " + name);
                }
            }
            default -> in.skipChildren();
        }
    }

    private void copyVocabulary() throws IOException, BadTokenizerException {
        TokenizerJson.requireToken(in.currentToken(), JsonToken.START_OBJECT, "vocab");
        out.writeObjectFieldStart("vocab");
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String piece = in.currentName();
            TokenizerJson.requireToken(in.nextToken(), JsonToken.VALUE_NUMBER_INT, "an id");
            int id = in.getIntValue();
            listener.piece(piece, id);
            if (!pieces.add(piece)) {
                throw new BadTokenizerException("the piece '" + piece + "' is there twice");
            }
            out.writeNumberField(piece, id);
        }
        out.writeEndObject();
    }

    /// Merges are either `"left right"` or `["left", "right"]`.
    private void readMerges() throws IOException, BadTokenizerException {
        TokenizerJson.requireToken(in.currentToken(), JsonToken.START_ARRAY, "merges");
        for (JsonToken token = in.nextToken();
                token != JsonToken.END_ARRAY;
                token = in.nextToken()) {
            if (merges.size() == MOST_MERGES) {
                throw new BadTokenizerException("more than " + MOST_MERGES + " merges");
            }
            if (token == JsonToken.VALUE_STRING) {
                String[] parts = in.getText().split(" ", -1);
                if (parts.length != 2) {
                    throw new BadTokenizerException("the merge '" + in.getText() + "'");
                }
                merges.add(parts);
            } else {
                TokenizerJson.requireToken(token, JsonToken.START_ARRAY, "a merge");
                String left = nextString();
                String right = nextString();
                TokenizerJson.requireToken(in.nextToken(), JsonToken.END_ARRAY, "a merge's end");
                merges.add(new String[] {left, right});
            }
        }
    }

    private String nextString() throws IOException, BadTokenizerException {
        TokenizerJson.requireToken(in.nextToken(), JsonToken.VALUE_STRING, "a merge's half");
        return in.getText();
    }

    private void writeMerges() throws IOException, BadTokenizerException {
        boolean asPairs =
                merges.stream().anyMatch(merge -> merge[0].contains(" ") || merge[1].contains(" "));
        out.writeArrayFieldStart("merges");
        for (String[] merge : merges) {
            String left = merge[0];
            String right = merge[1];
            if (!pieces.contains(left)
                    || !pieces.contains(right)
                    || !pieces.contains(left + right)) {
                throw new BadTokenizerException(
                        "the merge of '"
                                + left
                                + "' and '"
                                + right
                                + "' is not made of pieces of the vocabulary");
            }
            if (asPairs) {
                out.writeStartArray();
                out.writeString(left);
                out.writeString(right);
                out.writeEndArray();
            } else {
                out.writeString(left + " " + right);
            }
        }
        out.writeEndArray();
    }
}

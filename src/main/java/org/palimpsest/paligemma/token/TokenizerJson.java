package org.palimpsest.paligemma.token;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// A Hugging Face `tokenizer.json`, checked piece by piece.
///
/// Native code reads the file afterwards, and a fault there may end the process. So it is given
/// only what was understood here: a BPE model whose merges are made of its own pieces, the added
/// tokens, and text steps of known kinds. Padding, truncation and the step that adds `<bos>` are
/// left out.
///
/// @param json the checked contents, for the native library
record TokenizerJson(byte[] json, Vocabulary vocabulary) {
    private static final int MOST_PIECES = 1 << 22;
    private static final int MOST_ADDED_TOKENS = 100_000;

    private static final ObjectMapper MAPPER =
            new ObjectMapper(
                    JsonFactory.builder()
                            .streamReadConstraints(
                                    StreamReadConstraints.builder()
                                            .maxNestingDepth(64)
                                            .maxStringLength(1 << 20)
                                            .maxNameLength(1 << 16)
                                            .maxNumberLength(30)
                                            .maxDocumentLength(TokenizerFiles.LARGEST_FILE)
                                            .build())
                            .build());

    static TokenizerJson read(Path file) throws ProblemException {
        byte[] bytes = TokenizerFiles.readAll(file);
        try {
            return new Reader(file, bytes.length).read(bytes);
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            String where =
                    place == null
                            ? ""
                            : ", line " + place.getLineNr() + ", column " + place.getColumnNr();
            throw new ProblemException(
                    new Problem(
                            "The tokenizer file is not valid JSON",
                            file + where + ": " + e.getOriginalMessage(),
                            TokenizerFiles.REMEDY),
                    e);
        } catch (BadTokenizerException e) {
            throw new ProblemException(
                    new Problem(
                            "This tokenizer.json is damaged or not one of PaliGemma",
                            file + ": " + e.getMessage(),
                            TokenizerFiles.REMEDY),
                    e);
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "The tokenizer file cannot be read",
                            TokenizerFiles.describe(file, e),
                            TokenizerFiles.REMEDY),
                    e);
        }
    }

    /// What is wrong with the contents, in words.
    static final class BadTokenizerException extends Exception {
        BadTokenizerException(String message) {
            super(message);
        }
    }

    private static final class Reader {
        private final Path file;
        private final Map<String, Integer> ids = new HashMap<>();
        private final Map<Integer, String> pieces = new HashMap<>();
        private final HashSet<Integer> specialIds = new HashSet<>();
        private final ByteArrayOutputStream checked;
        private int largestId = -1;

        Reader(Path file, int size) {
            this.file = file;
            this.checked = new ByteArrayOutputStream(size);
        }

        TokenizerJson read(byte[] bytes) throws IOException, BadTokenizerException {
            var parts = new HashMap<String, JsonNode>();
            boolean hasModel = false;
            try (JsonParser in = MAPPER.createParser(bytes);
                    JsonGenerator out = MAPPER.createGenerator(checked)) {
                requireToken(in.nextToken(), JsonToken.START_OBJECT, "the file");
                out.writeStartObject();
                out.writeStringField("version", "1.0");
                out.writeNullField("truncation");
                out.writeNullField("padding");
                out.writeNullField("post_processor");
                while (in.nextToken() == JsonToken.FIELD_NAME) {
                    String name = in.currentName();
                    in.nextToken();
                    switch (name) {
                        case "model" -> {
                            if (hasModel) {
                                throw new BadTokenizerException("it has two models");
                            }
                            hasModel = true;
                            out.writeFieldName("model");
                            new BpeModelCopier(in, out, this::addPiece).copy();
                        }
                        case "added_tokens", "normalizer", "pre_tokenizer", "decoder" ->
                                parts.put(name, MAPPER.readTree(in));
                        default -> in.skipChildren();
                    }
                }
                if (!hasModel) {
                    throw new BadTokenizerException("it has no model");
                }
                requireToken(in.nextToken(), null, "the end of the file");
                writeParts(parts, out);
                out.writeEndObject();
            }
            return new TokenizerJson(checked.toByteArray(), vocabulary());
        }

        private void writeParts(Map<String, JsonNode> parts, JsonGenerator out)
                throws IOException, BadTokenizerException {
            addAddedTokens(parts.get("added_tokens"));
            for (String name : new String[] {"normalizer", "pre_tokenizer", "decoder"}) {
                TextSteps.require(name, parts.get(name));
            }
            for (var part : parts.entrySet()) {
                out.writeFieldName(part.getKey());
                MAPPER.writeTree(out, part.getValue());
            }
        }

        private void addAddedTokens(@Nullable JsonNode tokens) throws BadTokenizerException {
            if (tokens == null || tokens.isNull()) {
                return;
            }
            if (!tokens.isArray() || tokens.size() > MOST_ADDED_TOKENS) {
                throw new BadTokenizerException("added_tokens is not a list of tokens");
            }
            for (JsonNode token : tokens) {
                JsonNode id = token.path("id");
                JsonNode content = token.path("content");
                if (!id.isInt() || !content.isTextual()) {
                    throw new BadTokenizerException("an added token has no id or content");
                }
                for (String flag : AddedTokenFlags.NAMES) {
                    if (token.has(flag) && !token.path(flag).isBoolean()) {
                        throw new BadTokenizerException(flag + " of an added token is no boolean");
                    }
                }
                addPiece(content.textValue(), id.intValue());
                if (token.path("special").asBoolean()) {
                    specialIds.add(id.intValue());
                }
            }
        }

        private void addPiece(String piece, int id) throws BadTokenizerException {
            if (piece.isEmpty() || id < 0 || id >= MOST_PIECES) {
                throw new BadTokenizerException("the piece '" + piece + "' has the id " + id);
            }
            Integer known = ids.put(piece, id);
            if (known != null && known != id) {
                throw new BadTokenizerException(
                        "the piece '" + piece + "' has the ids " + known + " and " + id);
            }
            String other = pieces.put(id, piece);
            if (other != null && !other.equals(piece)) {
                throw new BadTokenizerException(
                        "the id " + id + " stands for '" + other + "' and '" + piece + "'");
            }
            largestId = Math.max(largestId, id);
        }

        private Vocabulary vocabulary() {
            var byId = new @Nullable String[largestId + 1];
            pieces.forEach((id, piece) -> byId[id] = piece);
            var special = new boolean[largestId + 1];
            specialIds.forEach(id -> special[id] = true);
            return new Vocabulary(file, byId, Map.copyOf(ids), special);
        }
    }

    static void requireToken(@Nullable JsonToken found, @Nullable JsonToken expected, String where)
            throws BadTokenizerException {
        if (found != expected) {
            throw new BadTokenizerException(where + " should be " + expected + " but is " + found);
        }
    }

    private static final class AddedTokenFlags {
        static final String[] NAMES = {"single_word", "lstrip", "rstrip", "normalized", "special"};
    }
}

package org.palimpsest.paligemma.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palimpsest.paligemma.token.SentencePieceModel.Kind;

/// Gemma's vocabulary of 257,152 pieces. The file is not part of the project: where it is not
/// beside it, these tests are skipped.
class FullSizeTokenizerTest {
    private static final Path FULL_SIZE = Path.of("../shared/reference/gemma");
    private static final Path GOLDEN = FULL_SIZE.resolve("tokenizer-golden.json");

    @TempDir Path folder;
    private Path model = Path.of("");

    @BeforeEach
    void unpack() throws IOException {
        Path packed = FULL_SIZE.resolve("tokenizer.model.gz");
        assumeTrue(Files.exists(packed), "the full-size tokenizer is not part of the project");
        model = folder.resolve("tokenizer.model");
        try (InputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
            Files.copy(in, model);
        }
    }

    @Test
    void theModelFileGivesTheGoldenIds() throws Exception {
        try (var tokenizer = Tokenizers.open(model)) {
            assertEquals(257_152, tokenizer.vocabularySize());
            assertEquals(256_000, tokenizer.locToken(0));
            assertEquals(257_151, tokenizer.segToken(127));
            tokenizer.requireFits(257_152);
            var items = GoldenTexts.read(GOLDEN);
            assertThat(items).hasSizeGreaterThan(100);
            for (var item : items) {
                assertArrayEquals(item.ids(), tokenizer.encode(item.text()), item.text());
                assertEquals(item.decoded(), tokenizer.decode(item.ids()));
            }
            for (JsonNode check : GoldenTexts.tree(GOLDEN).path("published_checks")) {
                assertArrayEquals(
                        GoldenTexts.ints(check.path("ids")),
                        tokenizer.encode(check.path("text").textValue()));
            }
        }
    }

    @Test
    void theSameVocabularyAsJsonGivesTheIdsOfTheHuggingFaceLibrary() throws Exception {
        Path json = folder.resolve("tokenizer.json");
        writeJson(SentencePieceModel.read(model), json);
        try (var tokenizer = Tokenizers.open(json)) {
            assertEquals(257_153, tokenizer.vocabularySize());
            for (var item : GoldenTexts.read(GOLDEN)) {
                assertArrayEquals(
                        item.huggingFaceIds(), tokenizer.encode(item.text()), item.text());
            }
        }
    }

    private record Merge(String left, String right, int leftId, int rightId, int id) {}

    /// What a `tokenizer.json` of Gemma has: the pieces, every pair of pieces that makes a third
    /// as a
    /// merge, ordered by what they make, and the user-defined pieces as added tokens.
    private static void writeJson(SentencePieceModel model, Path file) throws IOException {
        var pieces = model.pieces();
        var ids = new HashMap<String, Integer>();
        for (int id = 0; id < pieces.size(); id++) {
            ids.put(pieces.get(id).text(), id);
        }
        try (OutputStream out = Files.newOutputStream(file);
                JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("version", "1.0");
            writeAddedTokens(model, json);
            json.writeObjectFieldStart("normalizer");
            json.writeStringField("type", "Replace");
            json.writeObjectFieldStart("pattern");
            json.writeStringField("String", " ");
            json.writeEndObject();
            json.writeStringField("content", "\u2581");
            json.writeEndObject();
            json.writeObjectFieldStart("model");
            json.writeStringField("type", "BPE");
            json.writeStringField("unk_token", "<unk>");
            json.writeBooleanField("fuse_unk", true);
            json.writeBooleanField("byte_fallback", true);
            json.writeObjectFieldStart("vocab");
            for (int id = 0; id < pieces.size(); id++) {
                json.writeNumberField(pieces.get(id).text(), id);
            }
            json.writeEndObject();
            json.writeArrayFieldStart("merges");
            for (Merge merge : merges(model, ids)) {
                json.writeStartArray();
                json.writeString(merge.left());
                json.writeString(merge.right());
                json.writeEndArray();
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndObject();
        }
    }

    private static void writeAddedTokens(SentencePieceModel model, JsonGenerator json)
            throws IOException {
        json.writeArrayFieldStart("added_tokens");
        for (int id = 0; id <= model.pieces().size(); id++) {
            boolean isImage = id == model.pieces().size();
            Kind kind = isImage ? Kind.CONTROL : model.pieces().get(id).kind();
            if (kind == Kind.NORMAL || kind == Kind.BYTE) {
                continue;
            }
            json.writeStartObject();
            json.writeNumberField("id", id);
            json.writeStringField("content", isImage ? "<image>" : model.pieces().get(id).text());
            for (String flag : List.of("single_word", "lstrip", "rstrip", "normalized")) {
                json.writeBooleanField(flag, false);
            }
            json.writeBooleanField("special", kind != Kind.USER_DEFINED);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static List<Merge> merges(SentencePieceModel model, Map<String, Integer> ids) {
        var merges = new ArrayList<Merge>();
        for (int id = 0; id < model.pieces().size(); id++) {
            String text = model.pieces().get(id).text();
            if (model.pieces().get(id).kind() == Kind.BYTE) {
                continue;
            }
            for (int cut = 1; cut < text.length(); cut++) {
                Integer left = ids.get(text.substring(0, cut));
                Integer right = ids.get(text.substring(cut));
                if (left != null && right != null) {
                    merges.add(
                            new Merge(
                                    text.substring(0, cut), text.substring(cut), left, right, id));
                }
            }
        }
        // Stable: the merges of one piece stay in the order of their cuts.
        merges.sort((a, b) -> {
            float first = model.pieces().get(a.id()).score();
            float second = model.pieces().get(b.id()).score();
            return first != second ? Float.compare(second, first) : a.id() - b.id();
        });
        return merges;
    }
}

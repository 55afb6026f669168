package org.palimpsest.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/// A tokenizer.json with the layout of the real one and invented pieces: every text is spelled letter by letter.
///
/// Special pieces, bytes, location and segmentation tokens and the image token have their real ids (the table in
/// `reference/README.md`).
final class SyntheticTokenizer {
    static final int IMAGE_TOKEN = 257_152;

    private static final int NEWLINE = 108;
    private static final int FIRST_BYTE = 217;
    private static final int FIRST_PIECE = 473;
    private static final int FIRST_LOCATION = 256_000;
    private static final int FIRST_SEGMENT = 257_024;
    private static final int BLANK = 235_248;

    private final ObjectMapper json = new ObjectMapper();
    private final ArrayNode addedTokens = json.createArrayNode();

    /// The whole file.
    ObjectNode toJson() {
        ObjectNode vocabulary = json.createObjectNode();
        for (int id = 0; id < IMAGE_TOKEN; id++) {
            vocabulary.put(piece(id), id);
        }
        for (int id = 0; id < 4; id++) {
            addToken(id, piece(id), true);
        }
        addToken(NEWLINE, "\n", false);
        for (int id = FIRST_LOCATION; id < IMAGE_TOKEN; id++) {
            addToken(id, piece(id), false);
        }
        addToken(IMAGE_TOKEN, "<image>", true);

        ObjectNode root = json.createObjectNode();
        root.put("version", "1.0").putNull("truncation").putNull("padding");
        root.set("added_tokens", addedTokens);
        root.set("normalizer", replace(" ", "▁"));
        root.putNull("pre_tokenizer").putNull("post_processor");
        var decoder = root.putObject("decoder").put("type", "Sequence");
        decoder.putArray("decoders")
                .add(replace("▁", " "))
                .add(json.createObjectNode().put("type", "ByteFallback"))
                .add(json.createObjectNode().put("type", "Fuse"));
        var model = root.putObject("model").put("type", "BPE");
        model.putNull("dropout").put("unk_token", "<unk>");
        model.putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
        model.put("fuse_unk", true).put("byte_fallback", true);
        model.set("vocab", vocabulary);
        model.putArray("merges");
        return root;
    }

    private static String piece(int id) {
        if (id < 4) {
            return new String[] {"<pad>", "<eos>", "<bos>", "<unk>"}[id];
        }
        if (id == NEWLINE) {
            return "\n";
        }
        if (id >= FIRST_BYTE && id < FIRST_PIECE) {
            return String.format(Locale.ROOT, "<0x%02X>", id - FIRST_BYTE);
        }
        if (id >= FIRST_SEGMENT) {
            return String.format(Locale.ROOT, "<seg%03d>", id - FIRST_SEGMENT);
        }
        if (id >= FIRST_LOCATION) {
            return String.format(Locale.ROOT, "<loc%04d>", id - FIRST_LOCATION);
        }
        if (id == BLANK) {
            return "▁";
        }
        // The single letters that prompts are spelled with stand at the end of the pieces, as in
        // the real file.
        int letter = id - BLANK - 1;
        if (letter >= 0 && letter < 0x7F - '!') {
            return String.valueOf((char) ('!' + letter));
        }
        return "▁piece" + id;
    }

    private void addToken(int id, String content, boolean special) {
        addedTokens
                .addObject()
                .put("id", id)
                .put("content", content)
                .put("single_word", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", false)
                .put("special", special);
    }

    private ObjectNode replace(String from, String to) {
        ObjectNode replace = json.createObjectNode().put("type", "Replace");
        replace.putObject("pattern").put("String", from);
        return replace.put("content", to);
    }
}

package org.palimpsest.paligemma.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Texts with the ids that the reference libraries give for them.
final class GoldenTexts {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private GoldenTexts() {}

    /// @param ids by the SentencePiece library
    /// @param huggingFaceIds by the Hugging Face library
    record Item(String text, int[] ids, int[] huggingFaceIds, String decoded) {}

    static List<Item> read(Path file) throws IOException {
        var items = new ArrayList<Item>();
        for (JsonNode item : MAPPER.readTree(file.toFile()).path("items")) {
            int[] ids = ints(item.path("ids"));
            JsonNode other =
                    item.has("ids_huggingface_tokenizers")
                            ? item.path("ids_huggingface_tokenizers")
                            : item.path("ids_from_tokenizer_json");
            items.add(
                    new Item(
                            item.path("text").textValue(),
                            ids,
                            other.isArray() ? ints(other) : ids,
                            item.path("decoded").textValue()));
        }
        return items;
    }

    static JsonNode tree(Path file) throws IOException {
        return MAPPER.readTree(file.toFile());
    }

    static int[] ints(JsonNode array) {
        var values = new int[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).intValue();
        }
        return values;
    }
}

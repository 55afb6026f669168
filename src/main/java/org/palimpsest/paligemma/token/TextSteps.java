package org.palimpsest.paligemma.token;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.palimpsest.paligemma.token.TokenizerJson.BadTokenizerException;

/// The steps before and after the BPE model of a `tokenizer.json` that are handed on.
///
/// Regular expressions are not: their engine is native code, and Gemma's tokenizers have none.
final class TextSteps {
    private static final int DEEPEST = 4;
    private static final int LONGEST_TEXT = 100;
    private static final int MOST_STEPS = 20;

    private static final Map<String, Set<String>> KNOWN =
            Map.of(
                    "normalizer", Set.of("Replace", "Prepend", "NFC", "NFKC", "Sequence"),
                    "pre_tokenizer", Set.of("Split", "Metaspace", "Sequence"),
                    "decoder",
                            Set.of(
                                    "Replace",
                                    "ByteFallback",
                                    "Fuse",
                                    "Strip",
                                    "Metaspace",
                                    "Sequence"));

    private static final List<String> LISTS = List.of("normalizers", "pretokenizers", "decoders");

    private TextSteps() {}

    static void require(String part, @Nullable JsonNode step) throws BadTokenizerException {
        if (step != null && !step.isNull()) {
            require(part, step, KNOWN.getOrDefault(part, Set.of()), DEEPEST);
        }
    }

    private static void require(String part, JsonNode step, Set<String> known, int depth)
            throws BadTokenizerException {
        String type = step.path("type").asText("");
        if (!step.isObject() || !known.contains(type) || depth == 0) {
            throw new BadTokenizerException("the " + part + " has an unknown step '" + type + "'");
        }
        for (var field : step.properties()) {
            JsonNode value = field.getValue();
            if (LISTS.contains(field.getKey())) {
                if (!value.isArray() || value.size() > MOST_STEPS) {
                    throw new BadTokenizerException("the " + part + " has no list of steps");
                }
                for (JsonNode inner : value) {
                    require(part, inner, known, depth - 1);
                }
            } else if (field.getKey().equals("pattern")) {
                requirePattern(part, value);
            } else {
                requirePlain(part, value);
            }
        }
    }

    private static void requirePattern(String part, JsonNode pattern) throws BadTokenizerException {
        JsonNode text = pattern.path("String");
        if (pattern.size() != 1 || !text.isTextual() || text.textValue().isEmpty()) {
            throw new BadTokenizerException("the " + part + " has a pattern that is no plain text");
        }
        requirePlain(part, text);
    }

    private static void requirePlain(String part, JsonNode value) throws BadTokenizerException {
        boolean small = !value.isTextual() || value.textValue().length() <= LONGEST_TEXT;
        boolean count = !value.isNumber() || (value.isInt() && value.intValue() >= 0);
        if (value.isContainerNode() || !small || !count) {
            throw new BadTokenizerException("the " + part + " has an unknown setting");
        }
    }
}

package org.palimpsest.format.prompts;

import java.util.Optional;

/// What a prompt and its answer must not contain, whoever reads them.
public final class TextRules {
    /// Processors put the image where this stands in a text
    /// (huggingface/transformers models/paligemma/processing_paligemma.py).
    public static final String IMAGE_TOKEN = "<image>";

    private TextRules() {}

    /// Why a prompt and its answer cannot be an example, in words; empty where they can.
    public static Optional<String> reasonToRefuse(String prefix, String suffix) {
        if (prefix.indexOf('\n') >= 0 || prefix.indexOf('\r') >= 0) {
            return Optional.of("a prompt must not contain a line break: " + prefix);
        }
        if (prefix.contains(IMAGE_TOKEN) || suffix.contains(IMAGE_TOKEN)) {
            return Optional.of("a text must not contain " + IMAGE_TOKEN + ": " + prefix);
        }
        if (!isWellFormed(prefix) || !isWellFormed(suffix)) {
            return Optional.of("a text contains half of a character: " + prefix);
        }
        return Optional.empty();
    }

    /// Whether every surrogate has its other half, so that the text has a UTF-8 form.
    public static boolean isWellFormed(String text) {
        return text.codePoints().noneMatch(point -> point >= 0xD800 && point <= 0xDFFF);
    }
}

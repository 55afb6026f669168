package org.palimpsest.format.prompts;

import java.util.Locale;

/// What becomes of capital letters. Both public PaliGemma notebooks make answers lower case, one of them prompts too
/// (big_vision finetune_paligemma.ipynb and gemma-cookbook's object detection notebook).
public enum LetterCase {
    KEPT,
    LOWER_SUFFIX,
    LOWER_BOTH;

    String prefix(String text) {
        return this == LOWER_BOTH ? text.toLowerCase(Locale.ROOT) : text;
    }

    String suffix(String text) {
        return this == KEPT ? text : text.toLowerCase(Locale.ROOT);
    }
}

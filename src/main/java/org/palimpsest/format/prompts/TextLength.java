package org.palimpsest.format.prompts;

import org.palimpsest.paligemma.token.Tokenizer;

/// Counts the tokens of an example as trainers put it together: `<bos>`, the prompt with its line break, the answer,
/// `<eos>` (big_vision configs/proj/paligemma/transfers/common.py, 0127fb6). Image tokens are not among them.
public final class TextLength {
    private TextLength() {}

    public static int tokens(Tokenizer tokenizer, String prefix, String suffix) {
        return 2 + tokenizer.encode(prefix + "\n").length + tokenizer.encode(suffix).length;
    }
}

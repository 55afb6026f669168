package org.palimpsest.paligemma.token;

import java.util.Arrays;
import org.palimpsest.paligemma.config.PaliGemmaConfig;

/// The tokens of prompts and answers as the model reads and writes them, the same for asking and for training.
///
/// Image tokens are left out; they stand before the prompt. Thread-safe.
public final class PromptTokens {
    /// What other libraries let people write where the image stands; here it always stands first.
    public static final String IMAGE_MARK = "<image>";

    private final Tokenizer tokenizer;
    private final int bos;
    private final int eos;

    public PromptTokens(Tokenizer tokenizer, PaliGemmaConfig config) {
        this.tokenizer = tokenizer;
        this.bos = config.bosTokenId();
        this.eos = config.eosTokenId();
    }

    /// `<bos>`, the prompt and the line break that every PaliGemma was trained to expect behind it.
    ///
    /// @param prompt line breaks at its end and `<image>` anywhere in it do not count
    public int[] ofPrompt(String prompt) {
        String line = prompt.replace(IMAGE_MARK, "").replaceAll("[\r\n]+$", "") + "\n";
        int[] own = tokenizer.encode(line);
        var tokens = new int[own.length + 1];
        tokens[0] = bos;
        System.arraycopy(own, 0, tokens, 1, own.length);
        return tokens;
    }

    /// The answer and `<eos>`; the empty answer is `<eos>` alone.
    public int[] ofAnswer(String answer) {
        int[] own = tokenizer.encode(answer);
        int[] tokens = Arrays.copyOf(own, own.length + 1);
        tokens[own.length] = eos;
        return tokens;
    }
}

package org.palimpsest.paligemma.generation;

import java.util.List;
import java.util.concurrent.CancellationException;
import org.palimpsest.problem.ProblemException;
import org.palimpsest.runtime.CancelToken;

/// The decoder of a loaded model, whatever files it came from. Not thread-safe.
public interface LanguageModel extends AutoCloseable {

    int vocabularySize();

    /// Runs the prompts, which may differ in length, through the decoder. The caller closes the decoding.
    ///
    /// @param maxNewTokens how many tokens will follow at most
    /// @throws CancellationException if the token was cancelled meanwhile
    Decoding prefill(List<PromptSequence> prompts, int maxNewTokens, CancelToken cancel)
            throws ProblemException;

    @Override
    void close();

    /// Prompts on their way: the KV cache and the logits of the last position of each.
    interface Decoding extends AutoCloseable {

        /// Copies the logits of a prompt's last position.
        ///
        /// @param target as long as the vocabulary
        void readLogits(int prompt, float[] target);

        /// Appends one token to every prompt that is still active; the others stay as they are.
        ///
        /// @param tokenIds one for each prompt
        void step(int[] tokenIds, boolean[] active, CancelToken cancel) throws ProblemException;

        @Override
        void close();
    }
}

package org.palimpsest.paligemma.token;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// A `tokenizer.json`, run by the Hugging Face library itself (through DJL).
final class HuggingFaceJsonTokenizer extends VocabularyTokenizer {
    /// Nothing added, cut or padded, whatever the file says.
    private static final Map<String, String> OPTIONS =
            Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");

    private final HuggingFaceTokenizer library;

    private HuggingFaceJsonTokenizer(HuggingFaceTokenizer library, Vocabulary vocabulary) {
        super(vocabulary);
        this.library = library;
    }

    static HuggingFaceJsonTokenizer open(TokenizerJson contents) throws ProblemException {
        NativeTokenizerLibrary.prepare();
        try {
            var library =
                    HuggingFaceTokenizer.newInstance(
                            new ByteArrayInputStream(contents.json()), OPTIONS);
            return new HuggingFaceJsonTokenizer(library, contents.vocabulary());
        } catch (IOException | RuntimeException e) {
            throw failed(contents, e);
        } catch (LinkageError e) {
            throw new ProblemException(
                    new Problem(
                            "The library for tokenizer.json does not run here",
                            String.valueOf(e.getMessage()),
                            "Put tokenizer.model from the same download in place of "
                                    + contents.vocabulary().file()),
                    e);
        }
    }

    private static ProblemException failed(TokenizerJson contents, Exception e) {
        return new ProblemException(
                new Problem(
                        "The tokenizer file was refused by the tokenizer library",
                        TokenizerFiles.describe(contents.vocabulary().file(), e),
                        TokenizerFiles.REMEDY),
                e);
    }

    @Override
    public int[] encode(String text) {
        long[] ids = library.encode(WellFormedText.of(text), false, false).getIds();
        return Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
    }

    @Override
    public String decode(int[] ids) {
        long[] visible =
                Arrays.stream(ids).filter(vocabulary::isVisible).mapToLong(id -> id).toArray();
        return visible.length == 0 ? "" : library.decode(visible, false);
    }

    @Override
    public void close() {
        library.close();
    }
}

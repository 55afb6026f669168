package org.palimpsest.paligemma.token;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// Reads tokenizer files within a bound.
final class TokenizerFiles {
    /// Gemma's own files have 4 MB (model) and 17 to 34 MB (json).
    static final long LARGEST_FILE = 200L << 20;

    static final String REMEDY =
            "Take tokenizer.json, tokenizer.model or vocabulary.spm from the same download as the"
                    + " weights";

    private TokenizerFiles() {}

    static byte[] readAll(Path file) throws ProblemException {
        try {
            requireSize(file, Files.size(file));
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem("The tokenizer file cannot be read", describe(file, e), REMEDY), e);
        }
    }

    private static void requireSize(Path file, long size) throws ProblemException {
        if (size > LARGEST_FILE) {
            throw new ProblemException(
                    "The tokenizer file is too large to be one",
                    file + " has " + (size >> 20) + " MB, at most 200 MB are read",
                    REMEDY);
        }
    }

    static String describe(Path file, Exception e) {
        return file + " (" + e.getClass().getSimpleName() + ": " + e.getMessage() + ")";
    }
}

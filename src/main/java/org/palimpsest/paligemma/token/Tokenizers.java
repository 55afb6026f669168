package org.palimpsest.paligemma.token;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.palimpsest.problem.Problem;
import org.palimpsest.problem.ProblemException;

/// Opens the tokenizer of a checkpoint.
public final class Tokenizers {
    /// Where the files are, in the order in which they are looked for: Hugging Face and ONNX
    /// folders, big_vision, Keras presets.
    private static final List<String> PLACES =
            List.of("tokenizer.json", "tokenizer.model", "assets/tokenizer/vocabulary.spm");

    private static final int FIRST_BYTES = 4096;

    private Tokenizers() {}

    /// The tokenizer in this file or checkpoint folder; the caller closes it.
    ///
    /// @param fileOrFolder a `tokenizer.json`, a SentencePiece model (`.model`, `.spm`), or a
    /// folder
    ///     that has one of them where checkpoints have them
    public static Tokenizer open(Path fileOrFolder) throws ProblemException {
        if (Files.isDirectory(fileOrFolder)) {
            return openFolder(fileOrFolder);
        }
        if (!Files.isRegularFile(fileOrFolder)) {
            throw new ProblemException(
                    "There is no tokenizer file", fileOrFolder.toString(), TokenizerFiles.REMEDY);
        }
        if (!isJson(fileOrFolder)) {
            return SentencePieceTokenizer.open(SentencePieceModel.read(fileOrFolder));
        }
        Path vocabulary = fileOrFolder.resolveSibling("assets/tokenizer/vocabulary.spm");
        if (isKerasDescription(fileOrFolder) && Files.isRegularFile(vocabulary)) {
            return SentencePieceTokenizer.open(SentencePieceModel.read(vocabulary));
        }
        return HuggingFaceJsonTokenizer.open(TokenizerJson.read(fileOrFolder));
    }

    private static Tokenizer openFolder(Path folder) throws ProblemException {
        for (String place : PLACES) {
            Path file = folder.resolve(place);
            if (Files.isRegularFile(file)) {
                return open(file);
            }
        }
        throw new ProblemException(
                "The folder has no tokenizer",
                folder + " has none of " + String.join(", ", PLACES),
                TokenizerFiles.REMEDY);
    }

    private static boolean isJson(Path file) throws ProblemException {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".json")
                || firstText(file).stripLeading().startsWith("{");
    }

    /// Keras presets have a file of the same name that only says how the vocabulary is used.
    private static boolean isKerasDescription(Path file) throws ProblemException {
        String text = firstText(file);
        return text.contains("\"class_name\"") && !text.contains("\"added_tokens\"");
    }

    private static String firstText(Path file) throws ProblemException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(FIRST_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "The tokenizer file cannot be read",
                            TokenizerFiles.describe(file, e),
                            TokenizerFiles.REMEDY),
                    e);
        }
    }
}

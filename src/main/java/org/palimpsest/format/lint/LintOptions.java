package org.palimpsest.format.lint;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.palimpsest.paligemma.token.Tokenizer;

/// What can be chosen for a check.
///
/// @param tokenizer counts tokens; without it lengths are not checked
/// @param textLength how many tokens of prompt and answer the trainer reads; where absent, what the target says
/// @param imageFolder what image paths are relative to; where absent, they are looked up beside the file and around it
public record LintOptions(
        Optional<Tokenizer> tokenizer, OptionalInt textLength, Optional<Path> imageFolder) {
    public static final LintOptions DEFAULT =
            new LintOptions(Optional.empty(), OptionalInt.empty(), Optional.empty());

    public LintOptions withTokenizer(Tokenizer counter) {
        return new LintOptions(Optional.of(counter), textLength, imageFolder);
    }

    public LintOptions withTextLength(int tokens) {
        return new LintOptions(tokenizer, OptionalInt.of(tokens), imageFolder);
    }

    public LintOptions withImageFolder(Path folder) {
        return new LintOptions(tokenizer, textLength, Optional.of(folder));
    }
}

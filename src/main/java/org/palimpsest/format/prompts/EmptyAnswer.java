package org.palimpsest.format.prompts;

import java.util.Optional;
import org.palimpsest.problem.ProblemException;

/// What becomes of an example whose answer would name nothing.
public sealed interface EmptyAnswer {

    /// There is no such example.
    record Skipped() implements EmptyAnswer {}

    /// The answer is this text.
    ///
    /// @param text may be empty: then trainers learn the end of the answer at most
    record Text(String text) implements EmptyAnswer {}

    /// The answer to write; empty where there is to be no example.
    default Optional<String> answer() {
        return switch (this) {
            case Skipped _ -> Optional.empty();
            case Text(var text) -> Optional.of(text);
        };
    }

    /// Reads `skip`, `empty` or `text:` with words behind it.
    static EmptyAnswer parse(String value) throws ProblemException {
        if (value.equals("skip")) {
            return new Skipped();
        }
        if (value.equals("empty")) {
            return new Text("");
        }
        if (value.startsWith("text:") && value.length() > "text:".length()) {
            return new Text(value.substring("text:".length()));
        }
        throw new ProblemException(
                "The setting empty cannot be '" + value + "'",
                "",
                "Choose skip, empty or text: with the words of the answer, such as text:none");
    }
}

package org.palimpsest.format.prompts;

import java.util.Optional;
import org.palimpsest.paligemma.prompt.Language;
import org.palimpsest.paligemma.prompt.Task;

/// Which texts of an image a template takes.
public enum TextKind {
    CAPTION("caption"),
    CAP("cap"),
    DESCRIBE("describe"),
    ANSWER("answer"),
    QUESTION("question"),
    OCR("ocr"),
    /// Texts whose prompt is none of PaliGemma's.
    FREE("free"),
    /// All texts, in the order of the image.
    ANY("texts");

    private final String word;

    TextKind(String word) {
        this.word = word;
    }

    /// The name of its template: `caption`.
    public String word() {
        return word;
    }

    /// Whether prompts of this kind name a language.
    public boolean hasLanguage() {
        return switch (this) {
            case CAPTION, CAP, DESCRIBE, ANSWER, QUESTION -> true;
            case OCR, FREE, ANY -> false;
        };
    }

    /// Whether a text with this prompt is of this kind.
    ///
    /// @param language the only one to take, where there is one
    boolean takes(Task task, Optional<Language> language) {
        return switch (task) {
            case Task.Caption(var of) -> isAny() || (this == CAPTION && allows(language, of));
            case Task.ShortCaption(var of) -> isAny() || (this == CAP && allows(language, of));
            case Task.Describe(var of) -> isAny() || (this == DESCRIBE && allows(language, of));
            case Task.Answer(var of, _) -> isAny() || (this == ANSWER && allows(language, of));
            case Task.Ask(var of, _) -> isAny() || (this == QUESTION && allows(language, of));
            case Task.ReadText _ -> isAny() || this == OCR;
            case Task.FreeForm _, Task.Detect _, Task.Segment _ -> isAny() || this == FREE;
        };
    }

    private boolean isAny() {
        return this == ANY;
    }

    private static boolean allows(Optional<Language> language, Language of) {
        return language.isEmpty() || language.get() == of;
    }
}

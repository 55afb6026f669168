package org.palimpsest.ui.inspector;

import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.paligemma.prompt.Language;
import org.palimpsest.paligemma.prompt.Task;
import org.palimpsest.ui.support.Texts;

/// What a person can write about an image.
public enum TextKind {
    CAPTION,
    SHORT_CAPTION,
    DESCRIPTION,
    ANSWER,
    READ_TEXT,
    /// A sentence that means one object.
    EXPRESSION;

    /// Whether a text of this kind is of some language.
    public boolean hasLanguage() {
        return switch (this) {
            case CAPTION, SHORT_CAPTION, DESCRIPTION, ANSWER -> true;
            case READ_TEXT, EXPRESSION -> false;
        };
    }

    /// The prompt that such a text answers.
    ///
    /// @param question for an answer
    String prompt(Language language, String question) {
        return switch (this) {
            case CAPTION -> new Task.Caption(language).prompt();
            case SHORT_CAPTION -> new Task.ShortCaption(language).prompt();
            case DESCRIPTION -> new Task.Describe(language).prompt();
            case ANSWER -> new Task.Answer(language, question).prompt();
            case READ_TEXT -> new Task.ReadText().prompt();
            case EXPRESSION -> TextAnnotation.REFERRING_PROMPT;
        };
    }

    /// In the person's language.
    String title() {
        return Texts.get("inspector.kind." + name());
    }

    /// What a prompt asks for, in words: `Caption · English`.
    static String describe(String prompt) {
        if (prompt.equals(TextAnnotation.REFERRING_PROMPT)) {
            return EXPRESSION.title();
        }
        return switch (Task.parse(prompt)) {
            case Task.Caption(var language) -> in(CAPTION, language);
            case Task.ShortCaption(var language) -> in(SHORT_CAPTION, language);
            case Task.Describe(var language) -> in(DESCRIPTION, language);
            case Task.Answer(_, var question) -> question;
            case Task.ReadText _ -> READ_TEXT.title();
            case Task.Ask _, Task.Detect _, Task.Segment _, Task.FreeForm _ -> prompt;
        };
    }

    private static String in(TextKind kind, Language language) {
        return kind.title() + " · " + language.englishName();
    }
}

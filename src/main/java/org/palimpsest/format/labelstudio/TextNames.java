package org.palimpsest.format.labelstudio;

import java.util.Optional;
import org.palimpsest.dataset.TextAnnotation;
import org.palimpsest.paligemma.prompt.Task;

/// Names of the text fields for captions of each kind and language.
final class TextNames {
    private static final String ENGLISH = "caption en";
    private static final String USUAL = "caption";

    private TextNames() {}

    /// The field of a caption; empty for other texts.
    static Optional<String> of(TextAnnotation text) {
        return switch (Task.parse(text.prompt())) {
            case Task.Caption _, Task.ShortCaption _, Task.Describe _ ->
                    Optional.of(
                            text.prompt().equals(ENGLISH)
                                    ? USUAL
                                    : text.prompt().replace(' ', '_'));
            case Task.Answer _,
                    Task.ReadText _,
                    Task.Ask _,
                    Task.Detect _,
                    Task.Segment _,
                    Task.FreeForm _ ->
                    Optional.empty();
        };
    }

    /// The prompt for texts of a field; a caption in English where the name does not tell.
    static String prompt(String field) {
        return field.matches("(caption|cap|describe)_[a-zA-Z-]{2,10}")
                ? field.replace('_', ' ')
                : ENGLISH;
    }
}

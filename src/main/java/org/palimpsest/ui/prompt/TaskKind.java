package org.palimpsest.ui.prompt;

import java.util.List;
import java.util.Optional;
import org.palimpsest.paligemma.prompt.Labels;
import org.palimpsest.paligemma.prompt.Language;
import org.palimpsest.paligemma.prompt.Task;
import org.palimpsest.ui.support.Texts;

/// A kind of task as the panel offers it: which fields it needs. What it is called stands in the texts as `prompt.task.` and
/// its name.
public enum TaskKind {
    DETECT(true, false, false),
    SEGMENT(true, false, false),
    CAPTION(false, true, false),
    SHORT_CAPTION(false, true, false),
    DESCRIBE(false, true, false),
    READ_TEXT(false, false, false),
    ANSWER(false, true, true),
    ASK(false, true, true),
    FREE(false, false, true);

    private final boolean takesLabels;
    private final boolean takesLanguage;
    private final boolean takesText;

    TaskKind(boolean takesLabels, boolean takesLanguage, boolean takesText) {
        this.takesLabels = takesLabels;
        this.takesLanguage = takesLanguage;
        this.takesText = takesText;
    }

    /// The kind of a task.
    static TaskKind of(Task task) {
        return switch (task) {
            case Task.Detect _ -> DETECT;
            case Task.Segment _ -> SEGMENT;
            case Task.Caption _ -> CAPTION;
            case Task.ShortCaption _ -> SHORT_CAPTION;
            case Task.Describe _ -> DESCRIBE;
            case Task.ReadText _ -> READ_TEXT;
            case Task.Answer _ -> ANSWER;
            case Task.Ask _ -> ASK;
            case Task.FreeForm _ -> FREE;
        };
    }

    public String title() {
        return Texts.get("prompt.task." + name());
    }

    /// What the task is for, in a few words.
    public String purpose() {
        return Texts.get("prompt.task." + name() + ".purpose");
    }

    public boolean takesLabels() {
        return takesLabels;
    }

    public boolean takesLanguage() {
        return takesLanguage;
    }

    /// The name of its text field; empty if it has none.
    public String textName() {
        return takesText ? Texts.get("prompt.task." + name() + ".text") : "";
    }

    /// An example of what its text field takes; empty if it has none.
    public String example() {
        return takesText ? Texts.get("prompt.task." + name() + ".example") : "";
    }

    /// What is still missing or wrong, in words for the person; empty if the fields make a task.
    Optional<String> missing(List<String> labels, String text) {
        if (takesLabels) {
            if (labels.isEmpty()) {
                return Optional.of(Texts.get("prompt.missing.labels"));
            }
            return labels.stream()
                    .flatMap(label ->
                            Labels.reasonToRefuse(label).stream()
                                    .map(reason -> "“" + label + "”: " + reason))
                    .findFirst();
        }
        if (!takesText) {
            return Optional.empty();
        }
        if (text.isBlank()) {
            return Optional.of(Texts.get("prompt.task." + name() + ".missing"));
        }
        return text.indexOf('\n') >= 0 && this != FREE
                ? Optional.of(Texts.get("prompt.missing.oneLine"))
                : Optional.empty();
    }

    /// The task of these fields.
    ///
    /// @throws IllegalArgumentException if something is [#missing]
    Task task(List<String> labels, Language language, String text) {
        return switch (this) {
            case DETECT -> new Task.Detect(labels);
            case SEGMENT -> new Task.Segment(labels);
            case CAPTION -> new Task.Caption(language);
            case SHORT_CAPTION -> new Task.ShortCaption(language);
            case DESCRIBE -> new Task.Describe(language);
            case READ_TEXT -> new Task.ReadText();
            case ANSWER -> new Task.Answer(language, text.strip());
            case ASK -> new Task.Ask(language, text.strip());
            case FREE -> Task.parse(text.strip());
        };
    }
}

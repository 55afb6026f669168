package org.palimpsest.ui.prompt;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.palimpsest.paligemma.prompt.Labels;
import org.palimpsest.paligemma.prompt.Language;
import org.palimpsest.paligemma.prompt.Task;

/// A kind of task as the panel offers it: what it is called and which fields it needs.
public enum TaskKind {
    DETECT("Detect", "Find objects and draw a box around each", true, false, ""),
    SEGMENT("Segment", "Find objects and outline each with a mask", true, false, ""),
    CAPTION("Caption", "Describe the image in one sentence", false, true, ""),
    DESCRIBE("Describe", "Describe the image in detail", false, true, ""),
    READ_TEXT("Read text", "Read the text in the image", false, false, ""),
    ANSWER("Answer", "Answer a question about the image", false, true, "Question"),
    ASK("Ask", "Ask the question that has this answer", false, true, "Answer"),
    FREE("Free", "Write the prompt yourself", false, false, "Prompt");

    private final String title;
    private final String purpose;
    private final boolean takesLabels;
    private final boolean takesLanguage;
    private final String textName;

    TaskKind(
            String title,
            String purpose,
            boolean takesLabels,
            boolean takesLanguage,
            String textName) {
        this.title = title;
        this.purpose = purpose;
        this.takesLabels = takesLabels;
        this.takesLanguage = takesLanguage;
        this.textName = textName;
    }

    public String title() {
        return title;
    }

    /// What the task is for, in a few words.
    public String purpose() {
        return purpose;
    }

    public boolean takesLabels() {
        return takesLabels;
    }

    public boolean takesLanguage() {
        return takesLanguage;
    }

    /// The name of its text field; empty if it has none.
    public String textName() {
        return textName;
    }

    /// What is still missing or wrong, in words for the person; empty if the fields make a task.
    Optional<String> missing(List<String> labels, String text) {
        if (takesLabels) {
            if (labels.isEmpty()) {
                return Optional.of("Name at least one label");
            }
            return labels.stream()
                    .flatMap(label ->
                            Labels.reasonToRefuse(label).stream()
                                    .map(reason -> "“" + label + "”: " + reason))
                    .findFirst();
        }
        if (textName.isEmpty()) {
            return Optional.empty();
        }
        if (text.isBlank()) {
            return Optional.of("Write the " + textName.toLowerCase(Locale.ROOT) + " first");
        }
        return text.indexOf('\n') >= 0 && this != FREE
                ? Optional.of("Keep it to one line")
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
            case DESCRIBE -> new Task.Describe(language);
            case READ_TEXT -> new Task.ReadText();
            case ANSWER -> new Task.Answer(language, text.strip());
            case ASK -> new Task.Ask(language, text.strip());
            case FREE -> Task.parse(text.strip());
        };
    }
}

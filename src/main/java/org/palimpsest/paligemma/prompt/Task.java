package org.palimpsest.paligemma.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What PaliGemma is asked to do with an image, one record per kind of prompt.
///
/// The grammar is that of ai.google.dev/gemma/docs/paligemma/prompt-system-instructions. A prompt
/// here never ends in the line break that the model wants behind it: whoever makes tokens of it
/// adds that.
public sealed interface Task {
    /// Stands between the labels of a prompt and between the objects of an answer.
    String SEPARATOR = " ; ";

    /// The prompt, without a line break at its end.
    String prompt();

    /// The labels that the answer may name; empty if the prompt names none.
    default List<String> labels() {
        return List.of();
    }

    /// A very short caption as web pages have them (pretrained models only).
    record ShortCaption(Language language) implements Task {
        @Override
        public String prompt() {
            return "cap " + language.code();
        }
    }

    /// A caption in one sentence.
    record Caption(Language language) implements Task {
        @Override
        public String prompt() {
            return "caption " + language.code();
        }
    }

    /// A longer description (pretrained models only).
    record Describe(Language language) implements Task {
        @Override
        public String prompt() {
            return "describe " + language.code();
        }
    }

    /// All text in the image.
    record ReadText() implements Task {
        @Override
        public String prompt() {
            return "ocr";
        }
    }

    /// An answer to a question.
    record Answer(Language language, String question) implements Task {
        public Answer {
            requireLine("question", question);
        }

        @Override
        public String prompt() {
            return "answer " + language.code() + " " + question;
        }
    }

    /// A question that has this answer (pretrained models only).
    record Ask(Language language, String answer) implements Task {
        public Ask {
            requireLine("answer", answer);
        }

        @Override
        public String prompt() {
            return "question " + language.code() + " " + answer;
        }
    }

    /// A box around every object of these labels.
    record Detect(List<String> names) implements Task {
        public Detect {
            names = requireLabels(names);
        }

        @Override
        public String prompt() {
            return "detect " + String.join(SEPARATOR, names);
        }

        @Override
        public List<String> labels() {
            return names;
        }
    }

    /// A box and a mask for every object of these labels.
    record Segment(List<String> names) implements Task {
        public Segment {
            names = requireLabels(names);
        }

        @Override
        public String prompt() {
            return "segment " + String.join(SEPARATOR, names);
        }

        @Override
        public List<String> labels() {
            return names;
        }
    }

    /// Any other text, as a fine-tuned model may want it.
    record FreeForm(String text) implements Task {
        @Override
        public String prompt() {
            return text;
        }
    }

    /// The task that a prompt asks for; whatever has no other form is a [FreeForm].
    ///
    /// Line breaks at the end are dropped. The prompt of the result has the same words, but blanks
    /// and separators as the grammar writes them: `detect cat;dog` becomes `detect cat ; dog`. For
    /// every task but free text, `Task.parse(task.prompt())` is that task again.
    static Task parse(String prompt) {
        String text = withoutLineBreaksAtEnd(prompt);
        String line = Labels.trim(text);
        int blank = line.indexOf(' ');
        String verb = blank < 0 ? line : line.substring(0, blank);
        String rest = blank < 0 ? "" : Labels.trim(line.substring(blank));
        Optional<Task> task =
                line.chars().anyMatch(Labels::isLineBreak)
                        ? Optional.empty()
                        : switch (verb) {
                            case "cap" -> Language.ofCode(rest).map(ShortCaption::new);
                            case "caption" -> Language.ofCode(rest).map(Caption::new);
                            case "describe" -> Language.ofCode(rest).map(Describe::new);
                            case "ocr" ->
                                    rest.isEmpty() ? Optional.of(new ReadText()) : Optional.empty();
                            case "answer", "question" -> parseQuestion(verb, rest);
                            case "detect" -> labels(rest).map(Detect::new);
                            case "segment" -> labels(rest).map(Segment::new);
                            default -> Optional.empty();
                        };
        return task.orElseGet(() -> new FreeForm(text));
    }

    private static Optional<Task> parseQuestion(String verb, String rest) {
        int blank = rest.indexOf(' ');
        if (blank < 0) {
            return Optional.empty();
        }
        String words = Labels.trim(rest.substring(blank));
        if (words.isEmpty()) {
            return Optional.empty();
        }
        return Language.ofCode(rest.substring(0, blank))
                .map(language ->
                        verb.equals("answer")
                                ? new Answer(language, words)
                                : new Ask(language, words));
    }

    private static Optional<List<String>> labels(String text) {
        var labels = new ArrayList<String>();
        for (String part : text.split(";", -1)) {
            String label = Labels.trim(part);
            if (!Labels.isUsable(label)) {
                return Optional.empty();
            }
            labels.add(label);
        }
        return Optional.of(labels);
    }

    private static String withoutLineBreaksAtEnd(String text) {
        int end = text.length();
        while (end > 0 && Labels.isLineBreak(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }

    private static void requireLine(String what, String text) {
        if (text.isEmpty() || !text.equals(Labels.trim(text))) {
            throw new IllegalArgumentException(
                    "The " + what + " is empty or has blanks at its ends: '" + text + "'");
        }
        if (text.chars().anyMatch(Labels::isLineBreak)) {
            throw new IllegalArgumentException("The " + what + " has a line break: " + text);
        }
    }

    private static List<String> requireLabels(List<String> names) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("No label to look for");
        }
        for (String name : names) {
            Labels.reasonToRefuse(name)
                    .ifPresent(reason -> {
                        throw new IllegalArgumentException(reason + ": '" + name + "'");
                    });
        }
        return List.copyOf(names);
    }
}

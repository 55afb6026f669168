package org.palimpsest.format.prompts;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.palimpsest.paligemma.prompt.Language;
import org.palimpsest.problem.ProblemException;

/// A way to make examples of what is annotated in an image.
///
/// A label that was not marked exhaustively in an image ([org.palimpsest.dataset.LabelCheck#NOT_EXHAUSTIVE]) is never
/// asked for where the answer would say that there is none, and never counted.
public sealed interface PromptTemplate {
    /// The templates' names, for a message: `N` stands for a number, `LANG` for a language code.
    String NAMES =
            "detect-all, detect-each, detect-present, detect-negatives-N, detect-checked-negatives-N, the same with"
                    + " segment, caption, cap, describe, answer or question (-LANG for one language), ocr, free, texts,"
                    + " question-of-answer, count, refer";

    /// The name in a mix, such as `detect-all`.
    String name();

    /// What is asked for with objects.
    enum Verb {
        /// Boxes.
        DETECT,
        /// Boxes with masks of 16 codes.
        SEGMENT;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Objects of an image.
    record Objects(Verb verb, AskedLabels asked) implements PromptTemplate {
        @Override
        public String name() {
            return verb.word()
                    + switch (asked) {
                        case AskedLabels.All _ -> "-all";
                        case AskedLabels.Each _ -> "-each";
                        case AskedLabels.Present _ -> "-present";
                        case AskedLabels.WithAbsent(int absent, boolean checkedOnly) ->
                                (checkedOnly ? "-checked-negatives-" : "-negatives-") + absent;
                    };
        }
    }

    /// Texts as they were written: their prompt is asked, they are the answer.
    ///
    /// @param language the only one to take, where there is one
    record Texts(TextKind kind, Optional<Language> language) implements PromptTemplate {
        @Override
        public String name() {
            return kind.word() + language.map(only -> "-" + only.code()).orElse("");
        }
    }

    /// Answers turned around: the answer is given and the question asked for, `question en cat`.
    record QuestionOfAnswer() implements PromptTemplate {
        @Override
        public String name() {
            return "question-of-answer";
        }
    }

    /// How many objects of a label there are, for each label that the image has or that was checked as absent. Labels
    /// of crowd regions are not counted.
    record Count() implements PromptTemplate {
        @Override
        public String name() {
            return "count";
        }
    }

    /// Sentences that mean one object, as the RefCOCO models of PaliGemma's authors are asked: the bare sentence, answered
    /// by a box and 16 mask codes without a label (big_vision configs/proj/paligemma/transfers/refcoco.py, 0127fb6).
    record Refer() implements PromptTemplate {
        @Override
        public String name() {
            return "refer";
        }
    }

    /// The template of a name.
    static PromptTemplate parse(String name) throws ProblemException {
        return objects(name)
                .or(() -> texts(name))
                .or(() ->
                        switch (name) {
                            case "question-of-answer" -> Optional.of(new QuestionOfAnswer());
                            case "count" -> Optional.of(new Count());
                            case "refer" -> Optional.of(new Refer());
                            default -> Optional.empty();
                        })
                .orElseThrow(() ->
                        new ProblemException(
                                "There is no template called '" + name + "'",
                                "",
                                "Choose among " + NAMES));
    }

    private static Optional<PromptTemplate> objects(String name) {
        var parts = ObjectNames.FORM.matcher(name);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var verb = Verb.valueOf(parts.group(1).toUpperCase(Locale.ROOT));
        AskedLabels asked =
                switch (parts.group(2)) {
                    case "all" -> new AskedLabels.All();
                    case "each" -> new AskedLabels.Each();
                    case "present" -> new AskedLabels.Present();
                    default ->
                            new AskedLabels.WithAbsent(
                                    Integer.parseInt(parts.group(4)), parts.group(3) != null);
                };
        return Optional.of(new Objects(verb, asked));
    }

    private static Optional<PromptTemplate> texts(String name) {
        return Arrays.stream(TextKind.values())
                .<PromptTemplate>mapMulti((kind, found) -> {
                    if (name.equals(kind.word())) {
                        found.accept(new Texts(kind, Optional.empty()));
                    } else if (kind.hasLanguage() && name.startsWith(kind.word() + "-")) {
                        Language.ofCode(name.substring(kind.word().length() + 1))
                                .ifPresent(
                                        code -> found.accept(new Texts(kind, Optional.of(code))));
                    }
                })
                .findFirst();
    }

    /// How templates of objects are named.
    final class ObjectNames {
        private static final Pattern FORM =
                Pattern.compile(
                        "(detect|segment)-(all|each|present|(checked-)?negatives-([1-9][0-9]{0,3}))");

        private ObjectNames() {}
    }
}

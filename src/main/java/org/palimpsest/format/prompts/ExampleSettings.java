package org.palimpsest.format.prompts;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.palimpsest.format.FormatSetting;
import org.palimpsest.paligemma.prompt.Task;
import org.palimpsest.problem.ProblemException;

/// The choices of [ExampleOptions] as settings with a name and a text each, for command lines and windows.
public final class ExampleSettings {
    /// Boxes, masks where they can be encoded, and all texts.
    public static final String USUAL_TEMPLATES = "detect-all,segment-all,refer,texts";

    /// The prompt of counting examples where nothing else is chosen.
    public static final String COUNT_WORDING = "answer en how many {labels} are there?";

    private ExampleSettings() {}

    /// The settings, in the order in which they are offered.
    ///
    /// @param templates the default mix
    public static List<FormatSetting> table(String templates) {
        return List.of(
                new FormatSetting(
                        "templates",
                        "Which examples are made, with weights behind a colon: below 1 a share is drawn, above 1 examples"
                                + " are repeated. "
                                + PromptTemplate.NAMES,
                        templates,
                        List.of()),
                new FormatSetting(
                        "order",
                        "The order of the objects in an answer.",
                        "position",
                        List.of("drawn", "position", "area", "shuffled")),
                new FormatSetting(
                        "empty",
                        "What becomes of examples whose answer names nothing: skip, empty, or text: with the words.",
                        "skip",
                        List.of()),
                new FormatSetting(
                        "answers",
                        "Whether several texts with the same prompt give one example each, or one of them is drawn.",
                        "each",
                        List.of("each", "one")),
                new FormatSetting(
                        "lower-case",
                        "What becomes lower case.",
                        "no",
                        List.of("no", "suffix", "both")),
                new FormatSetting(
                        "separator",
                        "What stands between labels and objects: a semicolon between blanks, or a bare one.",
                        "spaced",
                        List.of("spaced", "bare")),
                new FormatSetting(
                        "count-wording",
                        "The prompt of counting examples; {label} becomes the label, {labels} its English plural.",
                        COUNT_WORDING,
                        List.of()));
    }

    /// The options that these settings stand for, with defaults for those that are not named, without masks.
    ///
    /// @throws ProblemException if a value has no meaning
    public static ExampleOptions options(Map<String, String> settings, long seed)
            throws ProblemException {
        return new ExampleOptions(
                ExampleMix.parse(settings.getOrDefault("templates", USUAL_TEMPLATES)),
                seed,
                order(settings.getOrDefault("order", "position")),
                EmptyAnswer.parse(settings.getOrDefault("empty", "skip")),
                !settings.getOrDefault("answers", "each").equals("one"),
                letterCase(settings.getOrDefault("lower-case", "no")),
                settings.getOrDefault("separator", "spaced").equals("bare") ? ";" : Task.SEPARATOR,
                wording(settings.getOrDefault("count-wording", COUNT_WORDING)),
                false,
                Optional.empty());
    }

    private static ObjectOrder order(String value) throws ProblemException {
        for (var order : ObjectOrder.values()) {
            if (order.name().toLowerCase(Locale.ROOT).equals(value)) {
                return order;
            }
        }
        throw new ProblemException(
                "The setting order cannot be '" + value + "'",
                "",
                "Choose drawn, position, area or shuffled");
    }

    private static LetterCase letterCase(String value) throws ProblemException {
        return switch (value) {
            case "no" -> LetterCase.KEPT;
            case "suffix" -> LetterCase.LOWER_SUFFIX;
            case "both" -> LetterCase.LOWER_BOTH;
            default ->
                    throw new ProblemException(
                            "The setting lower-case cannot be '" + value + "'",
                            "",
                            "Choose no, suffix or both");
        };
    }

    private static String wording(String value) throws ProblemException {
        boolean named = value.contains("{label}") || value.contains("{labels}");
        if (!named || TextRules.reasonToRefuse(value, "").isPresent()) {
            throw new ProblemException(
                    "The setting count-wording cannot be '" + value + "'",
                    "",
                    "Write one line that contains {label} or {labels}, such as " + COUNT_WORDING);
        }
        return value;
    }
}
